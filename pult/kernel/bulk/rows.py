"""Raw statements: many rows inserted, replaced, changed or found at once."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection, transaction

Row = Sequence[Any]

ASKED_AT_ONCE = 900  # SQLite may be built for no more than 999 values a query


class Ready(list[Row]):
    """Rows as the database takes them."""


def ready(rows: Iterable[Row]) -> Ready:
    """Turn moments, days and decimals into what the database takes, before the lock is taken."""
    if isinstance(rows, Ready):
        return rows
    if connection.vendor == "postgresql":
        return Ready(rows)
    special = _SQLITE
    return Ready(
        [special[type(value)](value) if type(value) in special else value for value in row]
        for row in rows
    )


@lru_cache(10_000)  # an import has few different moments, and each takes a while to write out
def _sqlite_moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError(f"a moment needs its time zone: {value}")
    return str(value.astimezone(UTC).replace(tzinfo=None))


_SQLITE: dict[type, Callable[[Any], Any]] = {
    datetime: _sqlite_moment,
    date: date.isoformat,
    Decimal: str,
}


class Laid(Ready):
    """Rows that SQLite has beside the database already, in a table nobody else sees."""

    turn = 0


_turns = itertools.count(1)


def lay(table: str, columns: Sequence[str], rows: Iterable[Row]) -> Ready:
    """Hand rows over before the lock is taken, for `insert` under it: reading them from Python is
    a third of what inserting them takes. They take the place of what was laid for this table
    before."""
    rows = ready(rows)
    if connection.vendor != "sqlite" or not rows:
        return rows
    laid, turn = Laid(rows), next(_turns)
    laid.turn = turn
    names, beside = ", ".join(columns), f"laid_{table}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {beside} AS "
            f"SELECT 0 AS turn, {names} FROM {table} LIMIT 0"
        )
        cursor.execute(f"DELETE FROM {beside}")
    head = f"INSERT INTO {beside} (turn, {names})"
    _sqlite_insert(head, len(columns) + 1, [(turn, *row) for row in rows])
    return laid


def _insert_laid(table: str, names: str, rows: Laid) -> None:
    beside = f"laid_{table}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM {beside} WHERE turn = %s",
            [rows.turn],
        )
        if cursor.rowcount != len(rows):
            raise RuntimeError(f"other rows were laid for {table} before these were inserted")
        cursor.execute(f"DELETE FROM {beside}")


def insert(table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows in the current transaction; JSON columns come as text.

    `table` and `columns` are our own names, never input.
    """
    names = ", ".join(columns)
    if isinstance(rows, Laid):
        _insert_laid(table, names, rows)
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Django wraps the errors of execute(), not those of psycopg's own copy().
            copying = cursor.copy(f"COPY {table} ({names}) FROM STDIN")
            with connection.wrap_database_errors, copying as copy:
                for row in rows:
                    copy.write_row(row)
        return
    _sqlite_insert(f"INSERT INTO {table} ({names})", len(columns), ready(rows))


def _sqlite_insert(head: str, width: int, rows: Sequence[Row], tail: str = "") -> None:
    """Many rows a statement: twice as fast as a statement a row, with the writer held."""
    at_once = max(1, ASKED_AT_ONCE // width)
    row = f"({', '.join('?' * width)})"
    raw = connection.connection
    with connection.wrap_database_errors:
        for start in range(0, len(rows), at_once):
            some = rows[start : start + at_once]
            sql = f"{head} VALUES {', '.join([row] * len(some))} {tail}"
            raw.execute(sql, list(itertools.chain.from_iterable(some)))


def upsert(
    table: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    *,
    key: Sequence[str],
) -> None:
    """Insert rows; where `key` (a unique index) exists already, replace the other columns."""
    names = ", ".join(columns)
    changes = ", ".join(f"{c} = excluded.{c}" for c in columns if c not in key)
    action = f"UPDATE SET {changes}" if changes else "NOTHING"
    head = f"INSERT INTO {table} ({names})"
    tail = f"ON CONFLICT ({', '.join(key)}) DO {action}"
    if connection.vendor == "sqlite":
        _sqlite_insert(head, len(columns), ready(rows), tail)
        return
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"{head} VALUES ({marks}) {tail}", ready(rows))


def update(table: str, columns: Sequence[str], rows: Sequence[Row], *, where: str = "") -> int:
    """Set `columns` of existing rows in the current transaction; the id stands last in a row.

    `where` is a further condition of our own words. Returns how many rows were changed.
    """
    further = f" AND {where}" if where else ""
    changes = ", ".join(f"{column} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {changes} WHERE id = %s{further}",
            ready(rows),
        )
        return cursor.rowcount


def select(
    table: str, columns: Sequence[str], key: str, values: Sequence[int] | Sequence[str]
) -> Iterator[Row]:
    """Rows whose `key` is one of `values`, however many; numbers and texts come as stored.

    For a statement that the ORM would build anew, value by value, for every thousand of them.
    """
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        for start in range(0, len(values), ASKED_AT_ONCE):
            some = list(values[start : start + ASKED_AT_ONCE])
            if connection.vendor == "postgresql":
                cursor.execute(f"SELECT {names} FROM {table} WHERE {key} = ANY(%s)", [some])
            else:
                marks = ", ".join(["%s"] * len(some))
                cursor.execute(f"SELECT {names} FROM {table} WHERE {key} IN ({marks})", some)
            yield from cursor.fetchall()


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


def reserve_ids(table: str, count: int) -> list[int]:
    """Take `count` fresh ids for rows of later transactions; those never used stay a gap."""
    if not count or connection.vendor == "postgresql":
        return allocate_ids(table, count)
    with transaction.atomic():
        ids = allocate_ids(table, count)
        told = [ids[-1], table]
        with connection.cursor() as cursor:
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", told)
            if not cursor.rowcount:
                cursor.execute("INSERT INTO sqlite_sequence (seq, name) VALUES (%s, %s)", told)
    return ids
