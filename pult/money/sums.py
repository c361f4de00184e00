"""Sums over allocations that both actions and queries need."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from pult.kernel.models import Fact
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


@dataclass(frozen=True)
class Stamp:
    """Where the money of some clients stood: the newest fact of all, or their shares."""

    clients: frozenset[int]
    fact: int | None = None
    shares: dict[int, tuple[int, int]] = field(default_factory=dict)


def money_stamp(client_ids: Collection[int]) -> Stamp:
    """What `money_moved` compares with.

    No money moves without a fact, and SQLite's one writer numbers facts in the order they become
    visible: there the newest one tells all. Elsewhere the shares themselves are looked at.
    """
    clients = frozenset(client_ids)
    if connection.vendor != "sqlite":
        return Stamp(clients, shares=_live_shares(clients))
    return Stamp(clients, Fact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)


def money_moved(stamp: Stamp) -> bool:
    """Whether, under the clients' locks, anything may differ from when the stamp was taken."""
    if stamp.fact is None:
        return stamp.shares != _live_shares(stamp.clients)
    since = Fact.objects.filter(pk__gt=stamp.fact).values_list("root_id", flat=True)
    return not stamp.clients.isdisjoint(since)


def _live_shares(client_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Client → how many shares of payments stand, and the sum of their ids.

    Shares are never edited and a later id is larger, so equal figures mean the same shares, and
    with them the same sum on every invoice line.
    """
    rows = Allocation.objects.filter(
        payment__client__in=list(client_ids), payment__voided_at=None, reversed_at=None
    )
    rows = rows.order_by().values_list("payment__client").annotate(Count("pk"), Sum("pk"))
    return dict.fromkeys(client_ids, (0, 0)) | {pk: (n, ids) for pk, n, ids in rows}
