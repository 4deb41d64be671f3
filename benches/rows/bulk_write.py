"""The writes of P8 by PyMongo: prints wall and CPU seconds of `bulk_write`, with the making of its operations."""

import resource
import sys
import time

from pymongo import DeleteOne, InsertOne, MongoClient, ReplaceOne, UpdateOne

PART = 5_000


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def document(number):
    texts = {f"field{key}": f"text{number % 90000:05d}" for key in range(1, 8)}
    numbers = {f"field{key}": number + key for key in range(8, 14)}
    return {"_id": number, **texts, **numbers}


uri, database = sys.argv[1:]
collection = MongoClient(uri)[database]["python"]
collection.drop()
documents = [document(number) for number in range(6 * PART)]
collection.insert_many(documents[: 4 * PART])

wall, used = time.perf_counter(), cpu()
writes = [InsertOne(it) for it in documents[4 * PART :]]
writes += [UpdateOne({"_id": it["_id"]}, {"$inc": {"field8": 1}}) for it in documents[: 2 * PART]]
writes += [ReplaceOne({"_id": it["_id"]}, it) for it in documents[2 * PART : 3 * PART]]
writes += [DeleteOne({"_id": it["_id"]}) for it in documents[3 * PART : 4 * PART]]
result = collection.bulk_write(writes, ordered=False)
wall, used = time.perf_counter() - wall, cpu() - used

assert (result.inserted_count, result.matched_count, result.deleted_count) == (10_000, 15_000, 5_000)
print(wall, used)
