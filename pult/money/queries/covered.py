"""What a client was asked for and whether it has come: asked before it is handed over."""

from django.db.models import Sum

from pult.clients.providers import Bill
from pult.money.models import Invoice, InvoiceLine
from pult.money.sums import paid_by_line

MOST_BILLS = 20  # a page names


def covered(client_id: int) -> tuple[int, int]:
    """(asked, came) in kopecks: issued invoices that are not cancelled, and what the bank brought
    for them; more than was asked of an invoice line counts as what was asked."""
    given = (Invoice.Status.ISSUED, Invoice.Status.SENT)
    rows = InvoiceLine.objects.filter(invoice__client=client_id, invoice__status__in=given)
    sums = dict(rows.values_list("pk", "amount"))
    paid = paid_by_line(list(sums))
    asked = Invoice.objects.filter(client=client_id, status__in=given).aggregate(all=Sum("total"))
    came = sum(min(amount, paid.get(pk, 0)) for pk, amount in sums.items())
    return asked["all"] or 0, came


def bills(client_id: int) -> tuple[Bill, ...]:
    """The client's invoices, requested ones among them, the newest first."""
    rows = Invoice.objects.filter(client=client_id).exclude(status=Invoice.Status.CANCELLED)
    told = rows.order_by("-pk").values_list("pk", "number", "total", "paid")[:MOST_BILLS]
    return tuple(Bill(pk, number, total, min(total, paid)) for pk, number, total, paid in told)
