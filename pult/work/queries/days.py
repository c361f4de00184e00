"""The open tasks by the day they are due, for a calendar."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from pult.people.models import User
from pult.work.access import clients_seen
from pult.work.queries.lists import MOST_OWN, SOONEST
from pult.work.queries.rows import aware, rows_of
from pult.work.queries.shapes import DueDay, TaskFilters
from pult.work.queries.wanted import Wanted, bound, counted, found, midnight

MOST_DAYS = 42
A_DAY = 4  # tasks of a day a calendar names
MOST_A_DAY = 100  # and counts


def due_days(user: User, filters: TaskFilters, first: date, days: int) -> tuple[DueDay, ...]:
    """The days from `first`, each with its soonest tasks and how many there are (of very
    many, up to a hundred). At most five queries, however many the tasks."""
    span = [first + timedelta(days=n) for n in range(min(max(1, days), MOST_DAYS))]
    fitting = found(user, replace(filters, due_from=None, due_to=None), clients_seen(user))
    ids = _few(fitting, span) or _many(fitting, span)
    shown = {row.id: row for row in rows_of(user, [pk for _n, told in ids for pk in told])}
    return tuple(
        DueDay(day, total, tuple(shown[pk] for pk in told if pk in shown))
        for day, (total, told) in zip(span, ids, strict=True)
    )


def overdue_count(user: User, filters: TaskFilters) -> int:
    """How many of the list are overdue, whatever day they were due, up to a thousand. At most two
    queries."""
    late = replace(filters, state="overdue", due_from=None, due_to=None)
    return counted([(found(user, late, clients_seen(user)), MOST_OWN)])[0]


def _few(rows: Wanted, span: list[date]) -> list[tuple[int, list[int]]]:
    """All of them read at once; nothing when they are too many for that."""
    ends = bound(midnight(span[0])), bound(midnight(span[-1] + timedelta(days=1)))
    near = rows.where("task.due >= %s AND task.due < %s", *ends)
    told = near.find("task.id, task.due", order=SOONEST, limit=MOST_OWN + 1)
    if len(told) > MOST_OWN:
        return []
    days: dict[date, list[int]] = {day: [] for day in span}
    zone = ZoneInfo(settings.TIME_ZONE)
    for pk, due in told:
        days[aware(due).astimezone(zone).date()].append(pk)
    return [(len(ids), ids[:A_DAY]) for ids in days.values()]


def _many(rows: Wanted, span: list[date]) -> list[tuple[int, list[int]]]:
    """Each day walks the index of deadlines: one statement counts, another names the soonest."""
    bounds = [(midnight(day), midnight(day + timedelta(days=1))) for day in span]
    parts = [
        rows.where("task.due >= %s AND task.due < %s", bound(start), bound(end))
        for start, end in bounds
    ]
    totals = counted([(part, MOST_A_DAY) for part in parts])
    sql, params = [], []
    for part in parts:
        text, told = part.query("task.id, task.due", order=SOONEST, limit=A_DAY)
        sql.append(f"SELECT * FROM ({text}) AS part")
        params += told
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql), params)
        soonest = [(pk, aware(due)) for pk, due in cursor.fetchall()]
    return [
        (total, _between(soonest, start, end))
        for total, (start, end) in zip(totals, bounds, strict=True)
    ]


def _between(told: list[tuple[int, datetime]], start: datetime, end: datetime) -> list[int]:
    return [pk for pk, due in sorted(told, key=lambda one: one[::-1]) if start <= due < end]
