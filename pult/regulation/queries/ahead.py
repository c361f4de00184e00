"""What falls due in a stretch of days, one line an act."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from pult.kernel import clock
from pult.regulation.evaluate.table import Mode
from pult.regulation.labels import titles
from pult.regulation.models import Obligation
from pult.regulation.queries.rows import live


@dataclass(frozen=True)
class DueAct:
    """An act somebody owes a client by `due`; `clauses` are (id, title) of all it discharges.

    Names of clients are left to whoever knows them.
    """

    root_id: int
    role: str
    act: str
    title: str
    due: datetime
    clauses: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ahead:
    """The acts of a stretch, the nearest first; `is_cut` when there are more of them."""

    acts: tuple[DueAct, ...]
    is_cut: bool


def due_between(
    first: date,
    last: date,
    *,
    root_ids: Collection[int] | QuerySet[Any] | None,
    roles: Collection[str],
    most: int,
) -> Ahead:
    """Open and forecast rows of these roles and clients (None: all) due on the local days from
    `first` to `last`, the nearest `most` of them; rows of one act on one day are one. One query."""
    rows = live(Obligation.objects.filter(mode__gte=Mode.VISIBLE, role__in=roles))
    rows = rows.filter(due__gte=_midnight(first), due__lt=_midnight(last + timedelta(days=1)))
    if root_ids is not None:
        rows = rows.filter(root_id__in=root_ids)
    ordered = rows.order_by("due", "root_id", "role", "act", "clause")
    found = list(ordered.values_list("due", "root_id", "role", "act", "clause")[: most + 1])
    names, acts = titles(), []
    for (due, root, role, act), same in groupby(found[:most], key=lambda row: row[:4]):
        clauses = dict.fromkeys(row[4] for row in same)
        named = tuple((clause, names.get(clause, clause)) for clause in clauses)
        acts.append(DueAct(root, role, act, named[0][1], clock.from_minute(due), named))
    return Ahead(tuple(acts), len(found) > most)


def _midnight(day: date) -> int:
    """The minute at which a day of the agency begins."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return clock.to_minute(datetime(day.year, day.month, day.day, tzinfo=zone))
