"""Many rows at once, and room for everybody else meanwhile: the one home of raw inserts.

SQLite has a single writer. Work in chunks that hold it for at most 20 ms and then rest three
times as long, and a person's save next to it takes milliseconds; one long transaction makes it
fail. PostgreSQL needs no rest and takes rows by COPY.
"""

import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db import connection, transaction

Item = TypeVar("Item")
Result = TypeVar("Result")

HOLD = 0.020
REST = 3
FIRST_CHUNK = 200
LARGEST_CHUNK = 5000


def in_chunks(
    items: Iterable[Item], write: Callable[[list[Item]], Result], *, polite: bool = True
) -> Iterator[Result]:
    """Call `write(chunk)` in a transaction for each chunk and yield what it returns.

    Chunks grow and shrink so that one holds the writer for about 20 ms. `polite=False` leaves out
    the rest: for the demo and benchmarks, when nobody else is there. Inside a transaction there
    is nothing to share, so no rest is taken either.
    """
    rests = polite and connection.vendor == "sqlite" and not connection.in_atomic_block
    size = FIRST_CHUNK
    source = iter(items)
    while chunk := list(itertools.islice(source, size)):
        with transaction.atomic():
            began = time.perf_counter()
            result = write(chunk)
        held = time.perf_counter() - began
        yield result
        size = next_size(len(chunk), held)
        if rests:
            time.sleep(held * REST)


def next_size(size: int, held: float) -> int:
    """The chunk that would hold the writer for HOLD seconds, at most doubling."""
    fitting = int(size * HOLD / max(held, 1e-6))
    return max(1, min(fitting, size * 2, LARGEST_CHUNK))


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert ready rows in the current transaction; JSON columns come as text.

    `table` and `columns` are our own names, never input.
    """
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", [_sqlite_row(row) for row in rows]
        )


def chunked_insert(
    table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, polite: bool = True
) -> int:
    """Insert any number of rows in polite chunks; returns how many."""

    def write(chunk: list[Sequence[Any]]) -> int:
        insert(table, columns, chunk)
        return len(chunk)

    return sum(in_chunks(rows, write, polite=polite))


def upsert(
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    key: Sequence[str],
) -> None:
    """Insert rows; where `key` (a unique index) exists already, replace the other columns."""
    names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
    changes = ", ".join(f"{c} = excluded.{c}" for c in columns if c not in key)
    action = f"UPDATE SET {changes}" if changes else "NOTHING"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks}) "
            f"ON CONFLICT ({', '.join(key)}) DO {action}",
            [_sqlite_row(row) if connection.vendor == "sqlite" else row for row in rows],
        )


def update(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Set `columns` of existing rows in the current transaction; the id stands last in a row."""
    changes = ", ".join(f"{column} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {changes} WHERE id = %s",
            [_sqlite_row(row) if connection.vendor == "sqlite" else row for row in rows],
        )


def allocate_ids(table: str, count: int) -> list[int]:
    """Take `count` fresh ids of a table inside the current transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # AUTOINCREMENT never hands out an id twice: its own counter, not the largest row, rules.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    last = row[0] if row else 0
    return list(range(last + 1, last + count + 1))


def _sqlite_row(row: Sequence[Any]) -> list[Any]:
    adapt = connection.ops.adapt_datetimefield_value
    return [adapt(value) if hasattr(value, "tzinfo") else _sqlite_value(value) for value in row]


def _sqlite_value(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
