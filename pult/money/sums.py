"""Sums over allocations that both actions and queries need."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet, Sum

from pult.money.models import Allocation, Payment


def paid_by_line(invoice_lines: Iterable[int] | QuerySet) -> dict[int, int]:
    """Invoice line → kopecks it holds: allocated from payments, less what was returned."""
    rows = (
        Allocation.objects.filter(
            invoice_line__in=invoice_lines, reversed_at=None, payment__voided_at=None
        )
        .order_by()
        .values_list("invoice_line")
        .annotate(
            came=Sum("amount", filter=Q(payment__kind=Payment.Kind.IN), default=0),
            went=Sum("amount", filter=Q(payment__kind=Payment.Kind.RETURN), default=0),
        )
    )
    return {line: came - went for line, came, went in rows}
