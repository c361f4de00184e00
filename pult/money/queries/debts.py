"""What a client owes, line by line: asked by the start of a line on trust or before payment."""

from collections import defaultdict

from pult.money.models import Invoice, InvoiceLine
from pult.money.sums import paid_by_line


def debts(client_id: int) -> dict[int, int]:
    """Line → kopecks of its issued invoices that have not been paid, VAT included."""
    given = (Invoice.Status.ISSUED, Invoice.Status.SENT)
    rows = InvoiceLine.objects.filter(invoice__client=client_id, invoice__status__in=given)
    sums = list(rows.values_list("pk", "line", "amount"))
    paid = paid_by_line([pk for pk, _line, _amount in sums])
    owed: dict[int, int] = defaultdict(int)
    for pk, line, amount in sums:
        owed[line] += max(amount - paid.get(pk, 0), 0)
    return {line: amount for line, amount in owed.items() if amount}
