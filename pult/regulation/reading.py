"""Facts out of the database as the engine takes them: whole minutes, local days, plain ints."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from django.db import connection

from pult.kernel.calendar.hours import day_index
from pult.regulation.evaluate import facts_from_columns, stable_key
from pult.regulation.evaluate.table import NONE, Facts, Ints
from pult.regulation.packing import ref_columns

MINUTE = {
    "sqlite": "CAST(strftime('%%s', {column}) AS INTEGER) / 60",
    "postgresql": "floor(extract(epoch from {column}) / 60)::bigint",
}
COLUMNS = (
    "id", "kind", "at", "root", "recorded", "refs", "key", "day", "state", "value", "role", "voids"
)  # fmt: skip
NO_ROW: tuple[tuple[Any, ...], ...] = ((),) * len(COLUMNS)


def facts_of(
    root_id: int,
    kinds: Collection[str],
    agency_kinds: Collection[str] = (),
    *,
    as_known: int | None = None,
) -> Facts:
    """A client's facts of these kinds, voids included; of `agency_kinds` the agency's too.

    With `as_known`, facts recorded later count as recorded then: what is known today about how
    things stood at that minute.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_of_kinds(root_id, kinds))
        rows = cursor.fetchall()
        if agency_kinds and root_id:
            cursor.execute(*_of_kinds(0, agency_kinds))
            rows += cursor.fetchall()
    return packed(rows, as_known)


def packed(rows: Sequence[tuple[Any, ...]], as_known: int | None = None) -> Facts:
    """Rows of `select()` as columns, in any order."""
    told = dict(zip(COLUMNS, zip(*rows, strict=True) if rows else NO_ROW, strict=True))
    names = {name: tuple(dict.fromkeys(told[name])) for name in ("kind", "state", "role")}
    recorded = _ints(told["recorded"])
    return facts_from_columns(
        names["kind"],
        names["state"],
        names["role"],
        refs=ref_columns(told["refs"], np.int64),
        id=_ints(told["id"]),
        root=_ints(told["root"]),
        at=_ints(told["at"]),
        recorded=recorded if as_known is None else np.minimum(recorded, as_known),
        key=_ints([stable_key(key) if key else 0 for key in told["key"]]),
        day=_ints([NONE if day is None else local_day(day) for day in told["day"]]),
        value=_ints([value or 0 for value in told["value"]]),
        voids=_ints([void or 0 for void in told["voids"]]),
        **{name: _codes(names[name], told[name]) for name in names},
    )


def _codes(names: Sequence[str], told: Iterable[str]) -> Ints:
    code = {name: place for place, name in enumerate(names)}
    return _ints([code[name] for name in told])


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, np.int64)


def _of_kinds(root_id: int, kinds: Collection[str]) -> tuple[str, list[Any]]:
    wanted = sorted({*kinds, "void"})
    marks = ", ".join(["%s"] * len(wanted))
    return f"{select()} WHERE root_id = %s AND kind IN ({marks})", [root_id, *wanted]


def select() -> str:
    """The select list of every reading; instants leave the database as minutes."""
    minute = MINUTE[connection.vendor]
    valid, recorded = minute.format(column="valid_at"), minute.format(column="recorded_at")
    return (
        f"SELECT id, kind, {valid}, root_id, {recorded}, refs, key, day, state, value, role, "
        "voids_id FROM kernel_fact"
    )


def local_day(day: date | str) -> int:
    """Days since 1970-01-01; SQLite hands dates out as text."""
    return day_index(date.fromisoformat(day) if isinstance(day, str) else day)
