"""Facts out of the database as the engine takes them: whole minutes, local days, plain ints."""

import json
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import connection

from pult.kernel.calendar.hours import day_index
from pult.regulation.evaluate.table import NONE, FactRow

MINUTE = {
    "sqlite": "CAST(strftime('%%s', {column}) AS INTEGER) / 60",
    "postgresql": "floor(extract(epoch from {column}) / 60)::bigint",
}


def facts_of(
    root_id: int, kinds: Collection[str], agency_kinds: Collection[str] = ()
) -> list[FactRow]:
    """A client's facts of these kinds, voids included; of `agency_kinds` the agency's too."""
    with connection.cursor() as cursor:
        cursor.execute(*_of_kinds(root_id, kinds))
        rows = cursor.fetchall()
        if agency_kinds and root_id:
            cursor.execute(*_of_kinds(0, agency_kinds))
            rows += cursor.fetchall()
    return [fact_row(row) for row in rows]


def _of_kinds(root_id: int, kinds: Collection[str]) -> tuple[str, list[Any]]:
    wanted = sorted({*kinds, "void"})
    marks = ", ".join(["%s"] * len(wanted))
    return f"{select()} WHERE root_id = %s AND kind IN ({marks})", [root_id, *wanted]


def select() -> str:
    """The select list shared by both readings; instants leave the database as minutes."""
    minute = MINUTE[connection.vendor]
    valid, recorded = minute.format(column="valid_at"), minute.format(column="recorded_at")
    return (
        f"SELECT id, kind, {valid}, root_id, {recorded}, refs, key, day, state, value, role, "
        "voids_id FROM kernel_fact"
    )


def fact_row(row: tuple[Any, ...]) -> FactRow:
    """A row of `select()` as the engine's value."""
    id_, kind, at, root, recorded, refs, key, day, state, value, role, voids = row
    return FactRow(
        id=id_,
        kind=kind,
        root=root,
        at=at,
        recorded=recorded,
        refs=json.loads(refs) if isinstance(refs, str) else refs,
        key=key,
        day=NONE if day is None else local_day(day),
        state=state,
        value=value or 0,
        role=role,
        voids=voids or 0,
    )


def local_day(day: date | str) -> int:
    """Days since 1970-01-01; SQLite hands dates out as text."""
    return day_index(date.fromisoformat(day) if isinstance(day, str) else day)
