"""Many rows at once, and room for everybody else meanwhile: the one home of raw inserts.

SQLite has a single writer. Work in chunks that hold it for at most 12 ms and then rest three
times as long, and a person's save next to it takes milliseconds; one long transaction makes it
fail. What can be done before the lock (checks, conversions) is done before it. PostgreSQL needs
no rest, takes rows by COPY and is asked in larger chunks.
"""

from pult.kernel.bulk.pace import PACES, Pace, chunked_insert, in_chunks, shorten_log
from pult.kernel.bulk.rows import (
    Laid,
    Ready,
    allocate_ids,
    insert,
    lay,
    ready,
    reserve_ids,
    select,
    update,
    upsert,
)

__all__ = [
    "PACES",
    "Laid",
    "Pace",
    "Ready",
    "allocate_ids",
    "chunked_insert",
    "in_chunks",
    "insert",
    "lay",
    "ready",
    "reserve_ids",
    "select",
    "shorten_log",
    "update",
    "upsert",
]
