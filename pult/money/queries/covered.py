"""What a client was asked for and whether it has come: asked before it is handed over."""

from pult.clients.providers import Bill
from pult.money.models import Invoice
from pult.money.sums import paid_by_line

MOST_BILLS = 20  # a page names


def covered(client_id: int) -> tuple[int, int]:
    """(asked, came) in kopecks: issued invoices that are not cancelled, and what the bank brought
    for them; more than was asked of an invoice line counts as what was asked."""
    given = (Invoice.Status.ISSUED, Invoice.Status.SENT)
    rows = Invoice.objects.filter(client=client_id, status__in=given)
    told = list(rows.values_list("pk", "total", "lines", "lines__amount"))
    sums = {line: amount for _pk, _total, line, amount in told if line}
    paid = paid_by_line(list(sums))
    asked = sum({pk: total for pk, total, _line, _amount in told}.values())
    return asked, sum(min(amount, paid.get(line, 0)) for line, amount in sums.items())


def bills(client_id: int) -> tuple[Bill, ...]:
    """The client's invoices, requested ones among them, the newest first."""
    rows = Invoice.objects.filter(client=client_id).exclude(status=Invoice.Status.CANCELLED)
    told = rows.order_by("-pk").values_list("pk", "number", "total", "paid")[:MOST_BILLS]
    return tuple(Bill(pk, number, total, min(total, paid)) for pk, number, total, paid in told)
