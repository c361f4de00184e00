"""Before the break: whose money runs out while nobody is at work, or right after."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import F, Q

from pult.clients.access import clients_of, sees_money
from pult.clients.models import ServiceLine
from pult.clients.queries import client_names
from pult.kernel.calendar import BusinessCalendar
from pult.kernel.calendar.hours import day_date, day_index
from pult.money.models import Invoice, LineForecast
from pult.people.models import DutyPerson
from pult.people.queries import business_day
from pult.regulation.calendars import current_calendar
from pult.regulation.parameters import number

if TYPE_CHECKING:
    from pult.people.models import User

LOOK_AHEAD = 60
LONG = 3  # days off in a row that make a break, longer than a weekend
AFTER = 5
NEAREST = 60
UNASKED = (Invoice.Status.REQUESTED, Invoice.Status.CANCELLED)


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
    them); None when no break of three days or more comes in the next 60. Nine queries, whatever
    the agency's size."""
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
    due = list(_due(user, first, until)) if sees_money(user) else []
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
    """One thing by its urgency: its day, then what it weighs (minus its sum)."""

    day: date
    weight: int
    client: int
    what: str
    about: int
    name: str
    sum: int | None


def _due(user: "User", first: date, until: date) -> Iterator[_Due]:
    clients = clients_of(user).values("pk")
    forecasts = LineForecast.objects.filter(
        Q(alarm_on__range=(first, until)) | Q(q50__range=(first, until)),
        current=True,
        line__client__in=clients,
        line__status=ServiceLine.Status.RUNNING,
    ).values_list("line__client", "line", "line__name", "alarm_on", "q50", "balance")
    for client, line, name, alarm, q50, balance in forecasts:
        day = alarm if alarm and first <= alarm <= until else q50
        yield _Due(day, -balance, client, "funds", line, name, balance)
    # Told by what it is not: most invoices were sent, and SQLite would go through them all.
    invoices = Invoice.objects.exclude(status__in=UNASKED).filter(
        due_on__range=(first, until), paid__lt=F("total"), client__in=clients
    )
    for client, pk, name, day, total, paid in invoices.values_list(
        "client", "pk", "number", "due_on", "total", "paid"
    ):
        yield _Due(day, paid - total, client, "invoice", pk, name, total - paid)
    periods = ServiceLine.objects.filter(
        client__in=clients,
        status=ServiceLine.Status.RUNNING,
        always_on=False,
        period_to__range=(first, until),
    )
    for client, line, name, day in periods.values_list("client", "pk", "name", "period_to"):
        yield _Due(day, 0, client, "period", line, name, None)


def _stretches(due: list[_Due], last: date, most: int | None) -> tuple[Stretch, Stretch]:
    """Inside the break and after it; one query for the names of those that are shown."""
    parts = [one for one in due if one.day <= last], [one for one in due if one.day > last]
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
        day=one.day,
        line_id=None if is_invoice else one.about,
        line="" if is_invoice else one.name,
        invoice_id=one.about if is_invoice else None,
        invoice=one.name if is_invoice else "",
        sum=one.sum,
    )


def _by_day(row: BreakRow) -> tuple[date, str]:
    return row.day, row.client
