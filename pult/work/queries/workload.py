"""Who has how much to do on which day (A3-17). Ready SQL: ten lines of the ORM took longer to
build than all of these to answer."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from itertools import pairwise

from pult.kernel import clock
from pult.kernel.calendar.hours import day_index
from pult.people.logic.hours import DayHours
from pult.people.models import Department, User
from pult.people.queries import Hours
from pult.regulation.calendars import current_calendar
from pult.work.access import ACCOUNTS, led_by
from pult.work.models import WAITING
from pult.work.queries.rows import as_day
from pult.work.queries.shapes import WorkloadDay, WorkloadRow
from pult.work.queries.wanted import (
    IS_OPEN,
    Wanted,
    among,
    asked,
    bound,
    in_states,
    marks,
    midnight,
)

MOST_DAYS = 42
MOST = 2000 * 60  # minutes a task is planned for; older rows may say anything
PEOPLE = """
    SELECT person.id, person.full_name, home.code
    FROM people_user AS person JOIN people_department AS home ON home.id = person.department_id
    WHERE person.is_active AND home.code IN ({}) ORDER BY person.full_name, person.id
"""
LOGGED = """
    SELECT user_id, day, SUM(minutes) FROM work_timeentry
    WHERE user_id IN ({}) AND day BETWEEN %s AND %s AND voided_at IS NULL GROUP BY user_id, day
"""
AWAY = """
    SELECT user_id, since, until FROM people_absence
    WHERE user_id IN ({}) AND since <= %s AND (until IS NULL OR until >= %s)
"""
PLANNED = f"CASE WHEN task.estimate > {MOST:d} THEN {MOST:d} ELSE task.estimate END"
Due = dict[tuple[int | None, int], tuple[int, int]]
Standing = dict[int | None, tuple[int, int]]


def workload(user: User, first: date, days: int, department: str = "") -> tuple[WorkloadRow, ...]:
    """The people of the departments this person leads, and their queues, day by day; one who
    leads none sees themselves. A day holds one's own hours, else the department's. Six queries."""
    led = [code for code in led_by(user) if not department or code == department]
    span = [first + timedelta(days=n) for n in range(min(max(1, days), MOST_DAYS))]
    tasks = Wanted((IS_OPEN, in_states(*WAITING)))
    tasks = tasks.where(*(among("department", led) if led else among("assignee_id", [user.pk])))
    people = _people(user, led)
    ids = [pk for pk, _name, _code in people]
    due, standing = _due(tasks, span)
    logged, away = _logged(ids, span), _away(ids, span)
    capacity = _capacities((department, *(code for _pk, _name, code in people)), span)
    own = _own_hours(people, span)
    rows = [
        _row(pk, name, code, span, due, logged, away, standing, own.get(pk, capacity))
        for pk, name, code in people
    ]
    queue = _row(None, "", department, span, due, {}, {}, standing, capacity)
    return (*rows, queue) if led and queue.open else tuple(rows)


def _people(user: User, led: list[str]) -> list[tuple[int, str, str]]:
    """(id, name, department)."""
    if led:
        return asked(PEOPLE.format(marks(led)), led)
    return [(user.pk, user.full_name, user.department.code if user.department_id else "")]


def _due(tasks: Wanted, span: list[date]) -> tuple[Due, Standing]:
    """(person, number of the day) → how many are due and the minutes planned; person → how many
    are open and overdue. A day is told by its bounds: to ask the database for dates in a zone
    costs it a call a row."""
    ends = [bound(midnight(day)) for day in (*span, span[-1] + timedelta(days=1))]
    which = " ".join(f"WHEN task.due < %s THEN {number - 1:d}" for number in range(len(ends)))
    statement, told = tasks.query(
        f"task.assignee_id, CASE {which} ELSE {len(span):d} END, COUNT(*), SUM({PLANNED}),"
        " SUM(CASE WHEN task.due < %s THEN 1 ELSE 0 END)"
    )
    due: Due = {}
    standing: Standing = {}
    now = bound(clock.now())
    for person, number, count, minutes, late in asked(
        f"{statement} GROUP BY 1, 2", [*ends, now, *told]
    ):
        due[person, number] = (count, minutes or 0)
        before = standing.get(person, (0, 0))
        standing[person] = (before[0] + count, before[1] + late)
    return due, standing


def _logged(ids: Collection[int], span: list[date]) -> dict[tuple[int, date | None], int]:
    if not ids:
        return {}
    ends = span[0].isoformat(), span[-1].isoformat()
    rows = asked(LOGGED.format(marks(ids)), [*ids, *ends])
    return {(person, as_day(day)): minutes for person, day, minutes in rows}


def _away(ids: Collection[int], span: list[date]) -> dict[int, list[tuple[date, date]]]:
    if not ids:
        return {}
    ends = span[-1].isoformat(), span[0].isoformat()
    found: dict[int, list[tuple[date, date]]] = {}
    for person, since, until in asked(AWAY.format(marks(ids)), [*ids, *ends]):
        found.setdefault(person, []).append((as_day(since), as_day(until) or date.max))
    return found


def _row(pk, name, department, span, due, logged, away, standing, capacity) -> WorkloadRow:
    open_, overdue = standing.get(pk, (0, 0))
    days = []
    for number, day in enumerate(span):
        is_away = any(since <= day <= until for since, until in away.get(pk, ()))
        count, planned = due.get((pk, number), (0, 0))
        minutes = 0 if is_away else capacity(department, day)
        days.append(WorkloadDay(day, count, planned, logged.get((pk, day), 0), minutes))
    return WorkloadRow(pk, name, department, open_, overdue, tuple(days))


def _own_hours(
    people: Collection[tuple[int, str, str]], span: list[date]
) -> dict[int, Callable[[str, date], int]]:
    """Person → working minutes by day, of those with a week or shifts of their own."""
    staff = [
        User(pk=pk, department=Department(code=code) if code else None) for pk, _n, code in people
    ]
    hours = Hours(staff, span[0], span[-1])

    def minutes(person: User) -> Callable[[str, date], int]:
        return lambda code, day: _less_breaks(hours.on(person, day), code, day)

    return {one.pk: minutes(one) for one in staff if hours.has_own(one.pk)}


def _less_breaks(hours: DayHours | None, code: str, day: date) -> int:
    """Minutes of somebody's hours without the department's breaks that fall into them."""
    if hours is None:
        return 0
    calendar, index = current_calendar(code or ACCOUNTS), day_index(day)
    start, end = clock.to_minute(hours.start), clock.to_minute(hours.end)
    midnight_of, breaks = calendar.midnight(index), 0
    if calendar.is_workday(index):
        worked = calendar.hours_on(index).stretches(short=calendar.kind(index) == "short")
        for (_from, ends), (begins, _to) in pairwise(worked):
            since, until = max(start, midnight_of + ends), min(end, midnight_of + begins)
            breaks += max(0, until - since)
    return max(0, end - start - breaks)


def _capacities(departments: Iterable[str], span: list[date]) -> Callable[[str, date], int]:
    """Working minutes of a department on a day, reckoned once."""
    found = {}
    for code in set(departments):
        calendar = current_calendar(code or ACCOUNTS)
        for day in span:
            morning, night = (calendar.midnight(day_index(day) + n) for n in (0, 1))
            found[code, day] = int(calendar.between(morning, night))
    return lambda department, day: found[department, day]
