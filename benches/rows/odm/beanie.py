"""The tasks of P9 by Beanie: prints the name of each with its wall and CPU seconds. Models are made before the clock starts."""

import asyncio
import resource
import sys
import time

from beanie import Document, Link, init_beanie
from pydantic import BaseModel, create_model
from pymongo import AsyncMongoClient

OPERATIONS, LARGE, STREAMED = 250, 10, 30_000

texts = lambda count, first=1, name="field": {f"{name}{key}": (str, ...) for key in range(first, first + count)}
numbers = lambda count, first=1, name="field": {f"{name}{key}": (int, ...) for key in range(first, first + count)}

Flat = create_model("Flat", __base__=Document, **texts(7), **numbers(6, 8))
Streamed = create_model("Streamed", __base__=Document, **texts(7), **numbers(6, 8))
Large = create_model("Large", __base__=Document, binary=(bytes, ...), **texts(25, name="text"), **numbers(25, name="number"))
Texts = create_model("Texts", __base__=BaseModel, **texts(15))
Integers = create_model("Integers", __base__=BaseModel, **numbers(15))


class Post(Document):
    title: str
    author: Link[Flat]

    class Settings:
        indexes = ["author.$id"]


class Nested(Document):
    embedded_1: Texts
    embedded_2: Texts
    embedded_3: Texts
    embedded_4: Texts
    embedded_5: Texts
    embedded_array: list[Texts]
    embedded_6: Integers
    embedded_7: Integers
    embedded_8: Integers
    embedded_9: Integers
    embedded_10: Integers
    embedded_11: Integers
    embedded_12: Integers

    class Settings:
        indexes = ["embedded_1.field2", "embedded_array.0.field2"]


def flat(model, number):
    return model(
        **{f"field{key}": f"text{number:05d}" for key in range(1, 8)},
        **{f"field{key}": number + key for key in range(8, 14)},
    )


def large(number):
    return Large(
        binary=bytes(2_400_000),
        **{f"text{key}": f"text{number:05d}" for key in range(1, 26)},
        **{f"number{key}": number + key for key in range(1, 26)},
    )


def nested(number):
    text = lambda place: Texts(**{f"field{key}": f"{place:04d}{key:02d}{number:038d}" for key in range(1, 16)})
    integers = lambda: Integers(**{f"field{key}": number + key for key in range(1, 16)})
    return Nested(
        **{f"embedded_{place}": text(place) for place in range(1, 6)},
        embedded_array=[text(6), text(7)],
        **{f"embedded_{place}": integers() for place in range(6, 13)},
    )


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def timed(name, items, work):
    wall, used = time.perf_counter(), cpu()
    for item in items:
        assert await work(item)
    print(name, time.perf_counter() - wall, cpu() - used)


async def stream():
    wall, used, found = time.perf_counter(), cpu(), 0
    async for _ in Streamed.find_all():
        found += 1
    assert found == STREAMED
    print("stream", time.perf_counter() - wall, cpu() - used)


async def main(uri, name):
    client = AsyncMongoClient(uri)
    await client.drop_database(name)
    await init_beanie(database=client[name], document_models=[Flat, Streamed, Large, Post, Nested])
    flats = [flat(Flat, number) for number in range(OPERATIONS)]
    larges = [large(number) for number in range(LARGE)]
    nesteds = [nested(number) for number in range(OPERATIONS)]

    await timed("flat_create", flats, lambda it: it.insert())
    await timed("flat_update", flats, lambda it: it.set({"field8": 1}))
    await timed("flat_find", flats, lambda it: Flat.get(it.id))
    await Post.insert_many([Post(title="A post", author=it) for it in flats])
    by_author = lambda it: Post.find(Post.author.id == it.id, fetch_links=True).to_list()
    await timed("flat_join", flats, by_author)
    await timed("large_create", larges, lambda it: it.insert())
    await timed("large_update", larges, lambda it: it.set({"text1": "new"}))
    await timed("nested_create", nesteds, lambda it: it.insert())
    await timed("nested_update", nesteds, lambda it: it.set({"embedded_1.field1": "new"}))
    by_embedded = lambda it: Nested.find_one({"embedded_1.field2": it.embedded_1.field2})
    await timed("nested_find", nesteds, by_embedded)
    in_array = lambda it: Nested.find_one({"embedded_array.0.field2": it.embedded_array[0].field2})
    await timed("nested_find_array", nesteds, in_array)
    await Streamed.insert_many([flat(Streamed, number) for number in range(STREAMED)])
    await stream()
    await client.drop_database(name)
    await client.close()


asyncio.run(main(*sys.argv[1:]))
