"""The files of P6 by PyMongo: prints wall and CPU seconds of writing them, or of reading all that are there."""

import resource
import sys
import time

from gridfs import GridFSBucket
from pymongo import MongoClient


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


uri, database, work, files, size, piece = sys.argv[1:]
files, size, piece = int(files), int(size), int(piece)
bucket = GridFSBucket(MongoClient(uri)[database])
ids = [file._id for file in bucket.find()]
content = bytes((at * 2_654_435_761 >> 13) & 0xFF for at in range(piece)) * (size // piece + 1)
pieces = [content[start : min(start + piece, size)] for start in range(0, size, piece)]

wall, used = time.perf_counter(), cpu()
if work == "upload":
    for _ in range(files):
        with bucket.open_upload_stream("file") as upload:
            for part in pieces:
                upload.write(part)
else:
    assert len(ids) == files
    for id in ids:
        with bucket.open_download_stream(id) as download:
            read = 0
            while part := download.read(piece):
                read += len(part)
        assert read == size
wall, used = time.perf_counter() - wall, cpu() - used

print(wall, used)
