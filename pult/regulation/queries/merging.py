"""Rows of the ledger as the acts that discharge them, and where each act stands in the day."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from pult.regulation.evaluate.table import State
from pult.regulation.queries.rows import KeptRow, act_key
from pult.regulation.queries.tally import ASIDE_BANDS, band_of_flags

BANDS = ("overdue", "today", "week")
ORDER = {band: place for place, band in enumerate((*BANDS, *ASIDE_BANDS))}


class Act(NamedTuple):
    """Rows that one act discharges: the best of their bands, the earliest due on top."""

    band: str
    due: int
    root_id: int
    rows: tuple[KeptRow, ...]

    @property
    def id(self) -> int:
        """That of its first row: a row belongs to one act."""
        return self.rows[0].id


def merge(rows: Iterable[KeptRow], today: int) -> list[Act]:
    """One act a group of rows that stand by due date, the best of whose bands is the act's."""
    groups: dict[tuple[Any, ...], list[KeptRow]] = {}
    for row in rows:
        groups.setdefault(act_key(row), []).append(row)
    return [
        Act(
            band=min((_band(row, today) for row in group), key=ORDER.__getitem__),
            due=group[0].due,
            root_id=group[0].root_id,
            rows=tuple(group),
        )
        for group in groups.values()
    ]


def _band(row: KeptRow, today: int) -> str:
    aside = band_of_flags(row.flags)
    if aside:
        return aside
    if row.state == State.OVERDUE:
        return "overdue"
    return "today" if row.due <= today else "week"


def urgency(act: Act) -> tuple[Any, ...]:
    """What acts of a day are sorted by."""
    clauses = tuple(dict.fromkeys(row.clause for row in act.rows))
    return BANDS.index(act.band), act.due, act.root_id, clauses
