"""What a client paid and what each payment went to."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Sum

from pult.clients.access import client_for
from pult.money.models import Allocation, InvoiceLine, Payment
from pult.money.queries.funds import Opening, Paid, net_by_day

if TYPE_CHECKING:
    from pult.people.models import User

SHOWN = 50
SIGNS = {Payment.Kind.IN: 1, Payment.Kind.RETURN: -1}


@dataclass(frozen=True)
class PaymentItem:
    """Money that came (`kind` in) or went back (return). `shares` are (invoice id, number,
    kopecks); `advance` is not allocated to any invoice."""

    id: int
    kind: str
    kind_label: str
    received_on: date
    amount: int
    payer: str
    document_id: int | None
    shares: tuple[tuple[int, str, int], ...]
    advance: int


@dataclass(frozen=True)
class Share:
    """A part of a payment an invoice line holds, kopecks VAT included."""

    kind: str
    received_on: date
    amount: int
    invoice_line: int
    purpose: str
    vat_rate: int | None
    line: int


@dataclass(frozen=True)
class Payments:
    """A client's payments, the newest first and no more than a page shows; `shares` and `advance`
    are of all of them."""

    items: tuple[PaymentItem, ...]
    shares: tuple[Share, ...]
    advance: int

    def by_invoice_line(self) -> dict[int, int]:
        """What `paid_by_line` says of the client's invoices."""
        held: dict[int, int] = defaultdict(int)
        for share in self.shares:
            held[share.invoice_line] += SIGNS[share.kind] * share.amount
        return held

    def ad_money(self, began: Mapping[int, Opening]) -> Paid:
        """What `paid_days` says of the client's lines."""
        return net_by_day(
            (s.line, s.vat_rate, s.kind, s.invoice_line, s.received_on, s.amount)
            for s in self.shares
            if s.purpose == InvoiceLine.Purpose.AD_MONEY
            and s.line in began
            and ((opened := began[s.line].day) is None or s.received_on > opened)
        )


def client_payments(client_id: int) -> Payments:
    """Every payment that stands, with its shares. One query.

    A payment is of one client, and so are the invoices it pays.
    """
    rows = Payment.objects.filter(client=client_id, voided_at=None)
    rows = rows.order_by("-received_on", "-pk", "allocations__pk")
    found: dict[int, tuple] = {}
    parts: dict[int, dict[tuple[int, str], int]] = defaultdict(lambda: defaultdict(int))
    shares = []
    for pk, kind, day, amount, payer, document, part, taken_back, *of in rows.values_list(
        "pk",
        "kind",
        "received_on",
        "amount",
        "payer_name",
        "document_id",
        "allocations__amount",
        "allocations__reversed_at",
        "allocations__invoice_line",
        "allocations__invoice_line__purpose",
        "allocations__invoice_line__vat_rate",
        "allocations__invoice_line__line",
        "allocations__invoice_line__invoice",
        "allocations__invoice_line__invoice__number",
    ):
        found[pk] = (kind, day, amount, payer, document)
        if part is None or taken_back is not None:
            continue
        invoice_line, purpose, rate, line, invoice, number = of
        parts[pk][invoice, number] += part
        shares.append(Share(kind, day, part, invoice_line, purpose, rate, line))
    items = [_item(pk, row, parts[pk]) for pk, row in found.items()]
    return Payments(
        items=tuple(items[:SHOWN]),
        shares=tuple(shares),
        advance=sum(SIGNS[item.kind] * item.advance for item in items),
    )


def _item(pk: int, row: tuple, parts: Mapping[tuple[int, str], int]) -> PaymentItem:
    kind, day, amount, payer, document = row
    return PaymentItem(
        id=pk,
        kind=kind,
        kind_label=str(Payment.Kind(kind).label),
        received_on=day,
        amount=amount,
        payer=payer,
        document_id=document,
        shares=tuple((invoice, number, part) for (invoice, number), part in parts.items()),
        advance=amount - sum(parts.values()),
    )


def payment_of(user: "User", client_id: int, payment_id: int) -> PaymentItem | None:
    """One of the payments the money tab shows; raises NotVisible for somebody else's client."""
    items = client_payments(client_for(user, client_id).pk).items
    return next((item for item in items if item.id == payment_id), None)


def client_advance(client_id: int) -> int:
    """The client's money on our account that no invoice holds."""
    live = Payment.objects.filter(client=client_id, voided_at=None).order_by()
    came = dict(live.values_list("kind").annotate(Sum("amount")))
    held = dict(
        Allocation.objects.filter(payment__in=live.values("pk"), reversed_at=None)
        .order_by()
        .values_list("payment__kind")
        .annotate(Sum("amount"))
    )
    return sum(sign * (came.get(kind, 0) - held.get(kind, 0)) for kind, sign in SIGNS.items())
