"""Facts read from the database in batches, for the packed columns."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from pult.regulation.reading import select

BATCH = 10_000
ROOTS = 500

Batch = list[tuple[Any, ...]]


def after(fact_id: int) -> Iterator[Batch]:
    """Facts with a greater id, in the order of ids."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"{select()} WHERE id > %s ORDER BY id LIMIT {BATCH}", [fact_id])
            rows = cursor.fetchall()
        if rows:
            yield rows
            fact_id = rows[-1][0]
        if len(rows) < BATCH:
            return


def of_roots(roots: list[int]) -> Iterator[Batch]:
    """Every fact of these clients."""
    for start in range(0, len(roots), ROOTS):
        some = roots[start : start + ROOTS]
        marks = ", ".join(["%s"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(f"{select()} WHERE root_id IN ({marks}) ORDER BY id", some)
            yield cursor.fetchall()
