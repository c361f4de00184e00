"""*Мой день*: what the regulation asks of somebody now, one row an act, within the noise budget."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from pult.kernel import clock
from pult.regulation import registry
from pult.regulation.calendars import local_day
from pult.regulation.evaluate.table import Flag, Mode, State
from pult.regulation.models import Obligation, Postponement
from pult.regulation.parameters import number
from pult.regulation.queries.rows import FIELDS, LedgerRow, act_key, live, named

NOISE_ROWS = ("noise.rows", 25)
WEEK = 5
BANDS = ("burning", "today", "week")


@dataclass(frozen=True)
class DayRow:
    """One thing to do: an act for a client, with every clause it discharges.

    `due` is the earliest; `rows` stand by due date. `band` is burning, today, week, waiting,
    disputed or no_data.
    """

    root_id: int
    client: str
    act: str
    role: str
    band: str
    due: datetime | None
    clauses: tuple[str, ...]
    rows: tuple[LedgerRow, ...]

    @property
    def first(self) -> LedgerRow:
        """The most urgent of the rows."""
        return self.rows[0]

    @property
    def is_breach(self) -> bool:
        return any(row.is_breach for row in self.rows)


@dataclass(frozen=True)
class Folded:
    """What the noise budget left out, by client."""

    root_id: int
    client: str
    count: int
    due: datetime | None


@dataclass(frozen=True)
class Day:
    """A person's day. `later` and `postponed` are how many rows are not shown yet."""

    burning: tuple[DayRow, ...]
    today: tuple[DayRow, ...]
    week: tuple[DayRow, ...]
    waiting: tuple[DayRow, ...]
    disputed: tuple[DayRow, ...]
    no_data: tuple[DayRow, ...]
    folded: tuple[Folded, ...]
    later: int
    postponed: int

    @property
    def count(self) -> int:
        """How many things are asked for, folded ones included."""
        shown = len(self.burning) + len(self.today) + len(self.week)
        return shown + sum(fold.count for fold in self.folded)


def day_rows(
    root_ids: Collection[int] | None,
    roles: Collection[str],
    now: datetime,
    *,
    shadow: bool = False,
) -> Day:
    """The day of somebody who holds these clients (None: all) and acts in these roles.

    Shadow rows are for nobody's day unless the head asks for them.
    """
    minute = clock.to_minute(now)
    today, week_end = _horizons(minute)
    asked = _live(root_ids, roles, Mode.SHADOW if shadow else Mode.VISIBLE)
    near = list(asked.filter(due__lte=week_end).order_by("due", "id").values_list(*FIELDS))
    hidden = _postponed(root_ids, minute)
    shown = [row for row in named(near) if row.identity not in hidden]
    rows = sorted(
        _merge(shown, lambda row: _band(row, minute, today)),
        key=lambda row: (row.due or now, row.root_id, row.clauses),
    )
    visible, folded = _within_budget([row for row in rows if row.band in BANDS])
    bands = {band: tuple(row for row in visible if row.band == band) for band in BANDS}
    aside = {
        band: tuple(row for row in rows if row.band == band)
        for band in ("waiting", "disputed", "no_data")
    }
    return Day(
        **bands,
        **aside,
        folded=folded,
        later=asked.filter(due__gt=week_end).count(),
        postponed=len(near) - len(shown),
    )


def _horizons(minute: int) -> tuple[int, int]:
    calendar = registry.current().calendars.newest(0)
    day = int(calendar.day_of(minute))
    last = int(calendar.add_workdays(day, WEEK))
    return int(calendar.midnight(day + 1)) - 1, int(calendar.midnight(last + 1)) - 1


def _live(
    root_ids: Collection[int] | None, roles: Collection[str], mode: Mode
) -> QuerySet[Obligation]:
    rows = live(Obligation.objects.filter(role__in=roles, mode__gte=mode))
    rows = rows.exclude(state=State.FORECAST)
    return rows if root_ids is None else rows.filter(root_id__in=root_ids)


def _postponed(root_ids: Collection[int] | None, minute: int) -> set[tuple[Any, ...]]:
    rows = Postponement.objects.filter(until__gt=local_day(minute))
    if root_ids is not None:
        rows = rows.filter(root_id__in=root_ids)
    return set(rows.values_list("clause", "part", "subject_type", "subject_id", "row_key"))


def _band(row: LedgerRow, minute: int, today: int) -> str:
    due = clock.to_minute(row.due) if row.due else minute
    if row.flags & Flag.DISPUTED:
        return "disputed"
    if row.flags & Flag.NO_DATA:
        return "no_data"
    if row.flags & Flag.WAITS_CLIENT:
        return "waiting"
    if row.state == State.OVERDUE:
        return "burning"
    return "today" if due <= today else "week"


def _merge(rows: Iterable[LedgerRow], band_of: Any) -> list[DayRow]:
    """One row an act: the most urgent of its rows gives the band and the due."""
    order = {band: place for place, band in enumerate((*BANDS, "waiting", "disputed", "no_data"))}
    groups: dict[tuple[Any, ...], list[LedgerRow]] = {}
    for row in rows:
        groups.setdefault(act_key(row), []).append(row)
    return [
        DayRow(
            root_id=group[0].root_id,
            client=group[0].client,
            act=group[0].act,
            role=group[0].role,
            band=min((band_of(row) for row in group), key=order.__getitem__),
            due=group[0].due,
            clauses=tuple(dict.fromkeys(row.clause for row in group)),
            rows=tuple(group),
        )
        for group in groups.values()
    ]


def _within_budget(rows: list[DayRow]) -> tuple[list[DayRow], tuple[Folded, ...]]:
    budget = number(*NOISE_ROWS)
    rows = sorted(rows, key=lambda row: BANDS.index(row.band))
    rest = sorted(rows[budget:], key=lambda row: row.root_id)
    folded = []
    for root_id, group in groupby(rest, key=lambda row: row.root_id):
        left = list(group)
        first = min((row.due for row in left if row.due), default=None)
        folded.append(Folded(root_id, left[0].client, len(left), first))
    return rows[:budget], tuple(folded)
