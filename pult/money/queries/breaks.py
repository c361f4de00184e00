"""Before the break: whose money runs out while nobody is at work, or right after."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

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


@dataclass(frozen=True)
class BreakRow:
    """What falls into the break: `what` is *funds* (money ends), *invoice* (payment is due) or
    *period* (the paid period ends); `invoice_id` for an invoice, `line_id` for the others."""

    what: str
    client_id: int
    client: str
    day: date
    is_inside: bool
    line_id: int | None = None
    line: str = ""
    invoice_id: int | None = None
    invoice: str = ""
    sum: int | None = None


@dataclass(frozen=True)
class BreakOutlook:
    """The next break: days off `first`…`last`, watched until `until` ({break.after} working days
    after it); `duty` are (day, person or empty) of its days."""

    first: date
    last: date
    until: date
    last_workday: date
    rows: tuple[BreakRow, ...]
    duty: tuple[tuple[date, str], ...]


def before_break(user: "User", now: datetime | None = None) -> BreakOutlook | None:
    """The outlook for this person's clients; None when no break of three days or more comes in
    the next 60. Nine queries, whatever the agency's size."""
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
    rows = _rows(user, first, last, until) if sees_money(user) else []
    return BreakOutlook(
        first=first,
        last=last,
        until=until,
        last_workday=day_date(calendar.add_workdays(day_index(first), -1)),
        rows=tuple(sorted(rows, key=lambda row: (row.day, row.client))),
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


def _rows(user: "User", first: date, last: date, until: date) -> list[BreakRow]:
    clients = clients_of(user)
    forecasts = LineForecast.objects.filter(
        Q(alarm_on__range=(first, until)) | Q(q50__range=(first, until)),
        current=True,
        line__client__in=clients,
        line__status=ServiceLine.Status.RUNNING,
    ).values_list("line__client", "line", "line__name", "alarm_on", "q50", "balance")
    rows = [
        BreakRow("funds", client, "", day, day <= last, line, name, sum=balance)
        for client, line, name, alarm, q50, balance in forecasts
        for day in [alarm if alarm and first <= alarm <= until else q50]
    ]
    invoices = Invoice.objects.filter(
        status__in=(Invoice.Status.ISSUED, Invoice.Status.SENT),
        due_on__range=(first, until),
        paid__lt=F("total"),
        client__in=clients,
    ).values_list("client", "pk", "number", "due_on", "total", "paid")
    rows += [
        BreakRow(
            "invoice", client, "", due, due <= last, invoice_id=pk, invoice=number, sum=total - paid
        )
        for client, pk, number, due, total, paid in invoices
    ]
    periods = ServiceLine.objects.filter(
        client__in=clients,
        status=ServiceLine.Status.RUNNING,
        always_on=False,
        period_to__range=(first, until),
    ).values_list("client", "pk", "name", "period_to")
    rows += [
        BreakRow("period", client, "", day, day <= last, line, name)
        for client, line, name, day in periods
    ]
    names = client_names({row.client_id for row in rows})
    return [BreakRow(**{**vars(row), "client": names.get(row.client_id, "")}) for row in rows]
