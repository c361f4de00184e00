"""Our own ready statements, asked past the layers that the ORM needs: for what every action asks.

A page's cursor looks through each statement for its marks, wraps it and is wrapped itself; beside
a small answer from SQLite that is most of the time. Who watches queries (tests, the debugger) sees
these too.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connections

Rows = list[tuple[Any, ...]]

MARK = re.compile(r"(?<!%)%s")


def answer(statement: str, values: Sequence[Any]) -> Rows:
    """The rows a statement with `%s` marks gives; values come and go as the database takes them."""
    connection = connections["default"]
    if connection.vendor != "sqlite" or connection.queries_logged or connection.execute_wrappers:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()
    connection.validate_no_broken_transaction()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return connection.connection.execute(_marked(statement), values).fetchall()


@lru_cache(maxsize=512)
def _marked(statement: str) -> str:
    return MARK.sub("?", statement).replace("%%", "%")
