"""Sums over allocations that both actions and queries need."""

from collections.abc import Collection, Iterable

from django.db.models import Count, Q, QuerySet, Sum

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


def live_shares(client_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Client → how many shares of payments stand, and the sum of their ids.

    Shares are never edited and a later id is larger, so equal figures mean the same shares, and
    with them the same sum on every invoice line.
    """
    rows = Allocation.objects.filter(
        payment__client__in=list(client_ids), payment__voided_at=None, reversed_at=None
    )
    rows = rows.order_by().values_list("payment__client").annotate(Count("pk"), Sum("pk"))
    return dict.fromkeys(client_ids, (0, 0)) | {pk: (n, ids) for pk, n, ids in rows}
