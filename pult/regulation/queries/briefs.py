"""The few columns that decide where a row stands in the day, and the acts they make."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import QuerySet

from pult.regulation.evaluate.table import State
from pult.regulation.models import Obligation
from pult.regulation.queries.rows import act_key
from pult.regulation.queries.tally import ASIDE_BANDS, band_of_flags

BANDS = ("burning", "today", "week")


class Brief(NamedTuple):
    """What decides where a row stands in the day."""

    id: int
    clause: str
    part: int
    subject_type: str
    subject_id: int
    row_key: int
    root_id: int
    role: str
    act: str
    state: int
    flags: int
    due: int

    @property
    def identity(self) -> tuple[Any, ...]:
        return self[1:6]


class Act(NamedTuple):
    """Rows that one act discharges: the best of their bands, the earliest due on top."""

    band: str
    due: int
    root_id: int
    rows: tuple[Brief, ...]


def briefs(rows: QuerySet[Obligation]) -> list[Brief]:
    """The rows of a query, that much of each."""
    return [Brief(*row) for row in rows.values_list(*Brief._fields)]


def merge(rows: Iterable[Brief], today: int) -> list[Act]:
    """One act a group, the most urgent of its rows gives the band and the due."""
    order = {band: place for place, band in enumerate((*BANDS, *ASIDE_BANDS))}
    groups: dict[tuple[Any, ...], list[Brief]] = {}
    for row in rows:
        groups.setdefault(act_key(row), []).append(row)
    return [
        Act(
            band=min((_band(row, today) for row in group), key=order.__getitem__),
            due=group[0].due,
            root_id=group[0].root_id,
            rows=tuple(group),
        )
        for group in groups.values()
    ]


def _band(row: Brief, today: int) -> str:
    aside = band_of_flags(row.flags)
    if aside:
        return aside
    if row.state == State.OVERDUE:
        return "burning"
    return "today" if row.due <= today else "week"


def urgency(act: Act) -> tuple[Any, ...]:
    """What acts of a day are sorted by."""
    clauses = tuple(dict.fromkeys(row.clause for row in act.rows))
    return BANDS.index(act.band), act.due, act.root_id, clauses
