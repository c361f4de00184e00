"""Days about invoices: to send one by ({invoice.lead} working days before the money ends, 5.3),
and to be paid by, as the contract's scheme says."""

from collections.abc import Callable
from datetime import date, timedelta

from pult.clients.queries.schemes import scheme_on
from pult.kernel.calendar.hours import day_date, day_index
from pult.regulation import registry
from pult.regulation.parameters import number

LEAD = 7
PREPAID = 5  # working days to pay an invoice ahead


def invoice_lead() -> Callable[[date], date]:
    """The function from the day money ends to the day to invoice by, by today's parameter and the
    newest calendar. Two queries, whatever the number of calls."""
    lead, calendar = int(number("invoice.lead", LEAD)), registry.current().calendars.newest(0)

    def before(day: date) -> date:
        return day_date(calendar.add_workdays(day_index(day), -lead))

    return before


def due_day(contract_id: int | None, issued_on: date) -> date | None:
    """The day an invoice is to be paid by: 5 working days ahead of work, the scheme's days after
    it; None where no scheme says so (instalments, fee only, barter, no contract)."""
    scheme = scheme_on(contract_id, issued_on) if contract_id else None
    if scheme is None or scheme.kind not in ("prepaid", "postpaid"):
        return None
    if scheme.days:
        return issued_on + timedelta(days=scheme.days)
    calendar = registry.current().calendars.newest(0)
    return day_date(calendar.add_workdays(day_index(issued_on), PREPAID))
