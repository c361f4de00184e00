"""Chunks at the pace of the database: how long the writer is held, and how long it rests."""

import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection, transaction

from pult.kernel.bulk.rows import Row, insert, ready

Item = TypeVar("Item")
Result = TypeVar("Result")

# Whoever waits for SQLite's writer looks again within a tenth of a second: more rest helps nobody.
LONGEST_REST = 0.1
LOG_EVERY = 0.5  # seconds: a page of the log that is written over meanwhile is moved once


@dataclass(frozen=True)
class Pace:
    """Seconds to hold the writer, rest per second held, rows of the first and largest chunk."""

    hold: float
    rest: int
    first: int
    largest: int

    def next_size(self, size: int, held: float) -> int:
        """The chunk that would hold the writer for `hold` seconds, at most doubling."""
        fitting = int(size * self.hold / max(held, 1e-6))
        return max(1, min(fitting, size * 2, self.largest))


PACES = {
    "sqlite": Pace(hold=0.012, rest=3, first=200, largest=5_000),
    "postgresql": Pace(hold=0.250, rest=0, first=2_000, largest=20_000),
}


def in_chunks(
    items: Iterable[Item],
    write: Callable[[Any], Result],
    *,
    prepare: Callable[[list[Item]], Any] = list,
    polite: bool = True,
    least: int = 1,
    first: int = 0,
) -> Iterator[Result]:
    """Call `write(prepare(chunk))` for each chunk and yield what it returns.

    `first` is the size of the first chunk, given when an item is far more than a row.

    `prepare` runs before the transaction, `write` inside it; chunks grow and shrink to the pace
    of the database. `polite=False` leaves out the rest: for the demo and benchmarks, when nobody
    else is there. Inside a transaction there is nothing to share, so no rest is taken either.
    """
    pace = PACES[connection.vendor]
    rests = polite and pace.rest and not connection.in_atomic_block
    size = first or pace.first
    source = iter(items)
    rested = 0.0
    with _log_kept_short() as shorten:
        while chunk := list(itertools.islice(source, size)):
            prepared = prepare(chunk)
            # Getting the chunk ready was rest already: the writer was free meanwhile.
            if (left := rested - time.perf_counter()) > 0:
                time.sleep(left)
            with transaction.atomic():
                began = time.perf_counter()
                result = write(prepared)
            held = time.perf_counter() - began
            size = max(least, pace.next_size(len(chunk), held))
            if rests:
                rested = time.perf_counter() + min(held * pace.rest, LONGEST_REST)
            shorten()
            yield result


@contextmanager
def _log_kept_short() -> Iterator[Callable[[], None]]:
    """A call that moves what was written from SQLite's log into the database, between chunks.

    SQLite would do it at the end of a commit, ours or a person's, and wait there for the disk;
    between two chunks the writer is free and nobody waits for it.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield lambda: None
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint")
        (usual,) = cursor.fetchone()
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
    shortened = time.perf_counter()

    def shorten() -> None:
        nonlocal shortened
        if time.perf_counter() - shortened > LOG_EVERY:
            shorten_log()
            shortened = time.perf_counter()

    try:
        yield shorten
    finally:
        shorten_log()
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA wal_autocheckpoint = {usual}")


def shorten_log() -> None:
    """Move SQLite's log into the database as far as nobody reads it; nobody waits for that."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


def chunked_insert(
    table: str, columns: Sequence[str], rows: Iterable[Row], *, polite: bool = True
) -> int:
    """Insert any number of rows in polite chunks; returns how many."""

    def write(chunk: list[Row]) -> int:
        insert(table, columns, chunk)
        return len(chunk)

    return sum(in_chunks(rows, write, prepare=ready, polite=polite))
