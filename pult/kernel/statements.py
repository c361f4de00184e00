"""Our own ready statements, asked past the layers that the ORM needs: for what every action asks.

A page's cursor looks through each statement for its marks, wraps it and is wrapped itself; beside
a small answer from SQLite that is most of the time. Who watches queries (tests, the debugger) sees
these too.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import connections

Rows = list[tuple[Any, ...]]

MARK = re.compile(r"(?<!%)%s")


def answer(statement: str, values: Sequence[Any]) -> Rows:
    """The rows a statement with `%s` marks gives; values come and go as the database takes them."""
    connection = connections["default"]
    if _is_watched(connection):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()
    connection.validate_no_broken_transaction()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return connection.connection.execute(_marked(statement), values).fetchall()


def carry_out(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """A statement that answers nothing, for each of a few rows."""
    connection = connections["default"]
    if _is_watched(connection):
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)
        return
    connection.validate_no_broken_transaction()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        connection.connection.executemany(_marked(statement), rows)


def _is_watched(connection: Any) -> bool:
    """Whether the ordinary cursor is needed: on PostgreSQL, and where queries are looked at."""
    return bool(
        connection.vendor != "sqlite" or connection.queries_logged or connection.execute_wrappers
    )


def answers(*asked: tuple[str, Sequence[Any]]) -> list[Rows]:
    """The rows of several statements that do not wait for one another: PostgreSQL is asked once."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        return [answer(*one) for one in asked]
    with at_once():
        cursors = [connection.cursor() for _one in asked]
        for cursor, one in zip(cursors, asked, strict=True):
            cursor.execute(*one)
        return [cursor.fetchall() for cursor in cursors]


@contextmanager
def at_once() -> Iterator[None]:
    """Statements inside go to PostgreSQL without waiting for each one's result; no COPY."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


@lru_cache(maxsize=512)
def _marked(statement: str) -> str:
    return MARK.sub("?", statement).replace("%%", "%")
