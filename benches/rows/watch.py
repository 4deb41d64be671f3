"""The stream of P7 by PyMongo: prints wall and CPU seconds of reading the events behind a token."""

import resource
import sys
import time

from pymongo import MongoClient


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


uri, database, name, token, events = sys.argv[1:]
collection = MongoClient(uri)[database][name]
collection.find_one()

wall, used = time.perf_counter(), cpu()
seen = 0
with collection.watch(start_after={"_data": token}) as stream:
    for _ in range(int(events)):
        event = next(stream)
        seen += event["operationType"] in ("insert", "update")
wall, used = time.perf_counter() - wall, cpu() - used

assert seen == int(events)
print(wall, used)
