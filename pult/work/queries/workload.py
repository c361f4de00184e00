"""Who has how much to do on which day (A3-17)."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, Count, IntegerField, Q, Sum, Value, When

from pult.kernel import clock
from pult.kernel.calendar.hours import day_index
from pult.people.models import Absence, User
from pult.regulation.calendars import current_calendar
from pult.work.access import ACCOUNTS, led_by
from pult.work.models import WAITING, Task, TimeEntry
from pult.work.queries.shapes import WorkloadDay, WorkloadRow

MOST_DAYS = 42


def workload(user: User, first: date, days: int, department: str = "") -> tuple[WorkloadRow, ...]:
    """The people of the departments this person leads, and their queues, day by day; one who
    leads none sees themselves. Six queries."""
    led = [code for code in led_by(user) if not department or code == department]
    zone = ZoneInfo(settings.TIME_ZONE)
    span = [first + timedelta(days=n) for n in range(min(max(1, days), MOST_DAYS))]
    tasks = Task.objects.filter(closed_at=None, state__in=WAITING)
    tasks = tasks.filter(department__in=led) if led else tasks.filter(assignee=user)
    people = _people(user, led)
    due = _due(tasks, span, zone)
    logged = _logged(people, span)
    away = _away(people, span)
    standing = _standing(tasks)
    capacity = _capacities((department, *(code for _person, code in people.values())), span)
    rows = [
        _row(person.pk, person.full_name, code, span, due, logged, away, standing, capacity)
        for person, code in people.values()
    ]
    queue = _row(None, "", department, span, due, {}, {}, standing, capacity)
    return (*rows, queue) if led and queue.open else tuple(rows)


def _people(user: User, led: list[str]) -> dict[int, tuple[User, str]]:
    if not led:
        return {user.pk: (user, user.department.code if user.department_id else "")}
    rows = User.objects.filter(is_active=True, department__code__in=led).select_related(
        "department"
    )
    return {row.pk: (row, row.department.code) for row in rows.order_by("full_name", "pk")}


def _due(tasks, span: list[date], zone: ZoneInfo) -> dict[tuple[int | None, date], tuple]:
    """(person, day) → how many are due and the minutes planned. A day is told by its bounds: to
    ask the database for dates in a zone costs it a call a row."""
    ends = [_midnight(day + timedelta(days=1), zone) for day in span]
    which = [When(due__lt=end, then=Value(number)) for number, end in enumerate(ends)]
    rows = (
        tasks.filter(due__gte=_midnight(span[0], zone), due__lt=ends[-1])
        .annotate(number=Case(*which, output_field=IntegerField()))
        .order_by()
        .values_list("assignee", "number")
        .annotate(Count("due"), Sum("estimate"))
    )
    return {
        (person, span[number]): (count, minutes or 0) for person, number, count, minutes in rows
    }


def _logged(people, span: list[date]) -> dict[tuple[int, date], int]:
    rows = TimeEntry.objects.filter(
        user__in=list(people), day__range=(span[0], span[-1]), voided_at=None
    )
    told = rows.order_by().values_list("user", "day").annotate(Sum("minutes"))
    return {(person, day): minutes for person, day, minutes in told}


def _away(people, span: list[date]) -> dict[int, list[tuple[date, date]]]:
    rows = Absence.objects.filter(user__in=list(people), since__lte=span[-1]).filter(
        Q(until=None) | Q(until__gte=span[0])
    )
    found: dict[int, list[tuple[date, date]]] = {}
    for person, since, until in rows.values_list("user", "since", "until"):
        found.setdefault(person, []).append((since, until or date.max))
    return found


def _standing(tasks) -> dict[int | None, tuple[int, int]]:
    late = Q(due__lt=clock.now())
    rows = tasks.order_by().values_list("assignee")
    return {
        person: (count, overdue)
        for person, count, overdue in rows.annotate(
            count=Count("due"), late=Count("due", filter=late)
        )
    }


def _row(pk, name, department, span, due, logged, away, standing, capacity) -> WorkloadRow:
    open_, overdue = standing.get(pk, (0, 0))
    days = []
    for day in span:
        is_away = any(since <= day <= until for since, until in away.get(pk, ()))
        count, planned = due.get((pk, day), (0, 0))
        minutes = 0 if is_away else capacity(department, day)
        days.append(WorkloadDay(day, count, planned, logged.get((pk, day), 0), minutes))
    return WorkloadRow(pk, name, department, open_, overdue, tuple(days))


def _capacities(departments: Iterable[str], span: list[date]) -> Callable[[str, date], int]:
    """Working minutes of a department on a day, reckoned once."""
    found = {}
    for code in set(departments):
        calendar = current_calendar(code or ACCOUNTS)
        for day in span:
            morning, night = (calendar.midnight(day_index(day) + n) for n in (0, 1))
            found[code, day] = int(calendar.between(morning, night))
    return lambda department, day: found[department, day]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)
