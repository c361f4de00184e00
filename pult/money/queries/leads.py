"""The day to send an invoice by: {invoice.lead} working days before the money ends (5.3)."""

from collections.abc import Callable
from datetime import date

from pult.kernel.calendar.hours import day_date, day_index
from pult.regulation import registry
from pult.regulation.parameters import number

LEAD = 7


def invoice_lead() -> Callable[[date], date]:
    """The function from the day money ends to the day to invoice by, by today's parameter and the
    newest calendar. Two queries, whatever the number of calls."""
    lead, calendar = int(number("invoice.lead", LEAD)), registry.current().calendars.newest(0)

    def before(day: date) -> date:
        return day_date(calendar.add_workdays(day_index(day), -lead))

    return before
