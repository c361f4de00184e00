"""What an invoice is worth to the regulation when it is issued, sent, and cancelled."""

from datetime import date
from typing import TYPE_CHECKING

from pult.kernel.facts import void
from pult.kernel.models import Fact
from pult.money.models import Invoice
from pult.people.queries import business_day
from pult.regulation.actions import resume

if TYPE_CHECKING:
    from pult.people.models import User

CANCELLED = "the invoice is cancelled"


def ready_to_send(invoice: Invoice, by: "User") -> None:
    """Rows put off until the accountant issues the invoice are in the manager's day again."""
    lines = invoice.lines.values_list("line_id", flat=True)
    subjects = {("client", invoice.client_id), *(("line", pk) for pk in lines)}
    resume(root_id=invoice.client_id, act="invoice.request", subjects=subjects, by=by)


def withdraw_sending(invoice: Invoice, by: "User") -> None:
    """A cancelled invoice is no invoice the client has: 5.1, 5.3 and 5.4 ask anew.

    Where another one of the line was sent with it or later, or the month it was for has begun, what
    it was good for is over and stays. Call once the invoice is cancelled.
    """
    sent = Invoice.objects.filter(client=invoice.client_id, status=Invoice.Status.SENT)
    replaced = set(
        sent.filter(sent_at__gte=invoice.sent_at).values_list("lines__line", flat=True)
        if invoice.sent_at
        else ()
    )
    month = f"{business_day():%Y-%m}"
    told = Fact.objects.filter(
        root_id=invoice.client_id,
        kind__in=("invoice.sent", "invoice.next_month"),
        refs__invoice=invoice.pk,
        voided_by=None,
    )
    for fact in told:
        is_over = fact.key <= month if fact.key else fact.refs.get("line") in replaced
        if not is_over:
            void(fact, by=by, reason=CANCELLED)


def next_month_covered(invoice: Invoice, today: date) -> str:
    """ "2026-12" when the invoice covers days of the month after `today`'s, else empty."""
    following = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    first, last = invoice.covers_from, invoice.covers_to or invoice.covers_from
    if first is None or last is None or last < following:
        return ""
    return (
        f"{following:%Y-%m}"
        if (first.year, first.month) <= (following.year, following.month)
        else ""
    )
