"""How the money of lines came and went by day: what a chart of the balance is drawn from."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Sum

from pult.kernel.money import without_vat
from pult.money.models import Allocation, InvoiceLine, Payment, SpendDay
from pult.money.queries.funds import _after_opening


def daily_flows(line_ids: Collection[int], since: date) -> dict[int, dict[date, int]]:
    """Line → day → kopecks net of VAT: ad money paid less ad money spent, from `since` on.

    Top-ups move money between the two balances and leave their sum alone. Two queries.
    """
    flows: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    paid = Allocation.objects.filter(
        _after_opening("payment__received_on", "invoice_line__line__"),
        invoice_line__line__in=line_ids,
        invoice_line__purpose=InvoiceLine.Purpose.AD_MONEY,
        payment__kind=Payment.Kind.IN,
        payment__voided_at=None,
        payment__received_on__gte=since,
        reversed_at=None,
    ).order_by()
    columns = ("invoice_line__line", "payment__received_on", "invoice_line__vat_rate")
    for line, day, rate, amount in paid.values_list(*columns).annotate(Sum("amount")):
        flows[line][day] += without_vat(amount, rate)
    spent = SpendDay.objects.filter(
        _after_opening("day", "line__"), line__in=line_ids, day__gte=since
    ).order_by()
    for line, day, cost in spent.values_list("line", "day").annotate(Sum("cost")):
        flows[line][day] -= cost
    return flows
