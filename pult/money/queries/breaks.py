"""Before the break: whose money runs out while nobody is at work, or right after."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from pult.clients.access import SEE_ALL, clients_of, roles_of, sees_money
from pult.clients.queries import client_names
from pult.kernel.calendar import BusinessCalendar
from pult.kernel.calendar.hours import day_date, day_index
from pult.people.models import DutyPerson
from pult.people.queries import business_day
from pult.regulation.calendars import current_calendar
from pult.regulation.parameters import number

if TYPE_CHECKING:
    from pult.people.models import User

LOOK_AHEAD = 60
LONG = 3  # days off in a row that make a break, longer than a weekend
AFTER = 5
NEAREST = 40


@dataclass(frozen=True)
class BreakRow:
    """What falls into the break: `what` is *funds* (money ends), *invoice* (payment is due) or
    *period* (the paid period ends); `invoice_id` for an invoice, `line_id` for the others."""

    what: str
    client_id: int
    client: str
    day: date
    line_id: int | None = None
    line: str = ""
    invoice_id: int | None = None
    invoice: str = ""
    sum: int | None = None


@dataclass(frozen=True)
class Stretch:
    """What falls into a stretch of days: `count` things, the nearest of them (of one day the
    largest) as `rows`, and how many each client has."""

    rows: tuple[BreakRow, ...] = ()
    count: int = 0
    clients: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class BreakOutlook:
    """The next break: days off `first`…`last`, watched until `until` ({break.after} working days
    after it); `duty` are (day, person or empty) of its days."""

    first: date
    last: date
    until: date
    last_workday: date
    inside: Stretch
    after: Stretch
    duty: tuple[tuple[date, str], ...]


def before_break(
    user: "User", now: datetime | None = None, *, most: int | None = NEAREST
) -> BreakOutlook | None:
    """The outlook for this person's clients, at most so many rows of a stretch (None: all of
    them); None when no break of three days or more comes in the next 60. Five queries."""
    calendar, today = current_calendar(), business_day(now)
    found = next_break(calendar, today)
    if found is None:
        return None
    first, last = found
    after = int(number("break.after", AFTER))
    until = day_date(calendar.add_workdays(day_index(last), after))
    duty = dict(
        DutyPerson.objects.filter(day__range=(first, last)).values_list("day", "user__full_name")
    )
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    due = _due(user, first, until) if sees_money(user) else []
    inside, later = _stretches(due, last, most)
    return BreakOutlook(
        first=first,
        last=last,
        until=until,
        last_workday=day_date(calendar.add_workdays(day_index(first), -1)),
        inside=inside,
        after=later,
        duty=tuple((day, duty.get(day, "")) for day in days),
    )


def next_break(calendar: BusinessCalendar, today: date) -> tuple[date, date] | None:
    """First and last day of the nearest run of three days off or more that is not over yet."""
    start = None
    begin = day_index(today)
    while not calendar.is_workday(begin - 1) and day_index(today) - begin < LOOK_AHEAD:
        begin -= 1
    for day in range(begin, begin + 2 * LOOK_AHEAD):
        if calendar.is_workday(day):
            if start is not None and day - start >= LONG:
                return day_date(start), day_date(day - 1)
            start = None
            if day > day_index(today) + LOOK_AHEAD:
                return None
        elif start is None:
            start = day
    return None


class _Due(NamedTuple):
    """One thing by its urgency: its day (as text), then what it weighs (minus its sum)."""

    day: str
    weight: int
    client: int
    what: str
    about: int
    name: str
    sum: int | None


# One question in plain SQL, days as text: it brings thousands of things of which forty are shown.
# Told so that SQLite goes by the days: most lines run and most invoices were sent, so it must not
# set out from their status.
DUE = """
SELECT CAST(CASE WHEN money.alarm_on BETWEEN %s AND %s THEN money.alarm_on
                 ELSE money.q50 END AS text),
       -money.balance, client_id, 'funds', line.id, line.name, money.balance
  FROM money_lineforecast AS money JOIN clients_serviceline AS line ON line.id = money.line_id
 WHERE money.current AND (money.alarm_on BETWEEN %s AND %s OR money.q50 BETWEEN %s AND %s)
   AND line.status || '' = 'running' AND {mine}
UNION ALL
SELECT CAST(due_on AS text), paid - total, client_id, 'invoice', id, number, total - paid
  FROM money_invoice
 WHERE due_on BETWEEN %s AND %s AND paid < total AND {mine}
   AND status NOT IN ('requested', 'cancelled')
UNION ALL
SELECT CAST(period_to AS text), 0, client_id, 'period', id, name, NULL
  FROM clients_serviceline
 WHERE period_to BETWEEN %s AND %s AND {mine} AND status = 'running' AND NOT always_on
"""
RANGES = 5  # how often DUE names the days


def _due(user: "User", first: date, until: date) -> list[_Due]:
    clients, given = clients_of(user).values("pk").query.sql_with_params()
    # The plus leads SQLite by the days, not through all that each client has.
    plus = "+" if roles_of(user) & SEE_ALL else ""
    mine = DUE.format(mine=f"{plus}client_id IN (SELECT id FROM mine)")
    question = f"WITH mine (id) AS ({clients}) {mine}"
    values = [*given, *[first, until] * RANGES]
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(map(_Due._make, cursor.fetchall()))


def _stretches(due: list[_Due], last: date, most: int | None) -> tuple[Stretch, Stretch]:
    """Inside the break and after it; one query for the names of those that are shown."""
    end = last.isoformat()
    parts = [one for one in due if one.day <= end], [one for one in due if one.day > end]
    shown = [nsmallest(len(part) if most is None else most, part) for part in parts]
    names = client_names({one.client for part in shown for one in part})
    inside, after = (
        Stretch(
            rows=tuple(sorted((_row(one, names) for one in near), key=_by_day)),
            count=len(part),
            clients=Counter(one.client for one in part),
        )
        for part, near in zip(parts, shown, strict=True)
    )
    return inside, after


def _row(one: _Due, names: Mapping[int, str]) -> BreakRow:
    is_invoice = one.what == "invoice"
    return BreakRow(
        what=one.what,
        client_id=one.client,
        client=names.get(one.client, ""),
        day=date.fromisoformat(one.day),
        line_id=None if is_invoice else one.about,
        line="" if is_invoice else one.name,
        invoice_id=one.about if is_invoice else None,
        invoice=one.name if is_invoice else "",
        sum=one.sum,
    )


def _by_day(row: BreakRow) -> tuple[date, str]:
    return row.day, row.client
