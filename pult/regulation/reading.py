"""Facts out of the database as the engine takes them: whole minutes, local days, plain ints."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from sqlite3 import sqlite_version_info
from typing import Any

import numpy as np
from django.db import connection

from pult.kernel.calendar.hours import day_index
from pult.kernel.statements import answers
from pult.regulation.evaluate import stable_key
from pult.regulation.evaluate.table import NONE, Facts, Ints
from pult.regulation.packing import ref_columns

MINUTE = {
    "sqlite": (
        "unixepoch({column}) / 60"
        if sqlite_version_info >= (3, 38)
        else "CAST(strftime('%%s', {column}) AS INTEGER) / 60"
    ),
    "postgresql": "floor(extract(epoch from {column}) / 60)::bigint",
}
COLUMNS = (
    "id", "kind", "at", "root", "recorded", "refs", "key", "day", "state", "value", "role", "voids"
)  # fmt: skip
IN_ORDER = itemgetter(COLUMNS.index("root"), COLUMNS.index("at"), COLUMNS.index("id"))
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
    asked = asking(root_id, frozenset(kinds), frozenset(agency_kinds))
    return packed(list(chain.from_iterable(answers(*asked))), as_known)


def asking(
    root_id: int, kinds: frozenset[str], agency_kinds: frozenset[str]
) -> list[tuple[str, list[Any]]]:
    """The statements whose rows, together, are what `facts_of` packs."""
    asked = [_of_kinds(root_id, kinds)]
    if agency_kinds and root_id:
        asked.append(_of_kinds(0, agency_kinds))
    return asked


def packed(rows: Sequence[tuple[Any, ...]], as_known: int | None = None) -> Facts:
    """Rows of `select()` as columns, in any order."""
    columns = zip(*sorted(rows, key=IN_ORDER), strict=True) if rows else NO_ROW
    told = dict(zip(COLUMNS, columns, strict=True))
    names = {name: tuple(dict.fromkeys(told[name])) for name in ("kind", "state", "role")}
    root, recorded = _ints(told["root"]), _ints(told["recorded"])
    return Facts(
        names["kind"],
        names["state"],
        names["role"],
        refs={"client": root, **ref_columns(told["refs"], np.int64)},
        id=_ints(told["id"]),
        root=root,
        at=_ints(told["at"]),
        recorded=recorded if as_known is None else np.minimum(recorded, as_known),
        key=_numbers(told["key"], 0, stable_key),
        day=_numbers(told["day"], NONE, local_day),
        value=_numbers(told["value"], 0, int),
        voids=_numbers(told["voids"], 0, int),
        **{name: _codes(names[name], told[name]) for name in names},
    )


def _codes(names: Sequence[str], told: Sequence[str]) -> Ints:
    if len(names) < 2:
        return np.zeros(len(told), np.int64)
    code = {name: place for place, name in enumerate(names)}
    return _ints([code[name] for name in told])


def _numbers(told: Sequence[Any], nothing: int, number: Callable[[Any], int]) -> Ints:
    """`number` of each value, `nothing` of those that are empty; most columns are."""
    if not any(told):
        return np.full(len(told), nothing, np.int64)
    return _ints([number(value) if value else nothing for value in told])


def _ints(values: Sequence[int]) -> Ints:
    return np.fromiter(values, np.int64, len(values))


def _of_kinds(root_id: int, kinds: frozenset[str]) -> tuple[str, list[Any]]:
    statement, wanted = _statement(connection.vendor, kinds)
    return statement, [root_id, *wanted]


@lru_cache(maxsize=256)
def _statement(vendor: str, kinds: frozenset[str]) -> tuple[str, list[str]]:
    wanted = sorted({*kinds, "void"})
    marks = ", ".join(["%s"] * len(wanted))
    return f"{select()} WHERE root_id = %s AND kind IN ({marks})", wanted


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
