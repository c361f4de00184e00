"""What is asked of the accountant already: nobody asks twice for one line and period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pult.kernel.errors import Conflict
from pult.money.models import Invoice, InvoiceLine
from pult.regulation.evaluate.card import Card
from pult.regulation.labels import in_order

if TYPE_CHECKING:
    from pult.money.actions.invoices import Wanted

ASK = "invoice.request"
FEE_ONLY = "fee"  # the tag of `invoice.sent` for a line that is billed no ad money
WHOLLY_PAID = (Invoice.Paid.FULL, Invoice.Paid.OVER)
ON_THE_WAY = (Invoice.Status.REQUESTED, Invoice.Status.ISSUED)
LINES = "FROM money_invoiceline JOIN money_invoice ON money_invoice.id = invoice_id"
NOT_SENT = (
    f"SELECT line_id, purpose, status {LINES} WHERE status IN (%s, %s)"
    f" AND line_id IN (SELECT line_id {LINES} WHERE status = %s) ORDER BY invoice_id"
)


class AlreadyAsked(Conflict):
    """The request `invoice_id` waits for the accountant: it is to be opened, not repeated."""

    def __init__(self, message: Any, *, cure: Any, invoice_id: int) -> None:
        super().__init__(message, cure=cure)
        self.invoice_id = invoice_id


@dataclass(frozen=True)
class OnTheWay:
    """An invoice of a line that nobody noted as sent; `number` once it is issued. One that
    `is_paid` in full reached the client all the same: how it was sent is to be noted."""

    invoice_id: int
    number: str
    is_paid: bool = False

    @property
    def is_issued(self) -> bool:
        return bool(self.number)


@dataclass(frozen=True)
class NotSent:
    """Line → its newest invoice that the client has not got yet, and the newest that bills ad
    money; `clauses` are content with ad money alone."""

    newest: Mapping[int, OnTheWay] = field(default_factory=dict)
    ad_money: Mapping[int, OnTheWay] = field(default_factory=dict)
    clauses: frozenset[str] = frozenset()

    def that_closes(self, clause: str, line_id: int) -> OnTheWay | None:
        """The invoice that will close the row of a clause about a line once it is sent."""
        return (self.ad_money if clause in self.clauses else self.newest).get(line_id)


@dataclass(frozen=True)
class WithAccountant:
    """Lines whose newest invoice is the accountant's to issue; of each clause that is content with
    ad money alone, the lines whose newest invoice with ad money is."""

    lines: frozenset[int]
    of_clauses: Mapping[str, frozenset[int]]


def on_the_way(line_ids: Iterable[int]) -> NotSent:
    """What of these lines was asked for or issued, and not sent. One query."""
    wanted = list(line_ids)
    if not wanted:
        return NotSent()
    rows = _not_sent(wanted).order_by("invoice")
    columns = ("line", "purpose", "invoice", "invoice__number", "invoice__paid_state")
    return not_sent(
        (line, purpose, OnTheWay(pk, number, paid in WHOLLY_PAID))
        for line, purpose, pk, number, paid in rows.values_list(*columns)
    )


def not_sent(rows: Iterable[tuple[int, str, OnTheWay]]) -> NotSent:
    """Of (line, purpose, invoice), the newest invoice last."""
    newest: dict[int, OnTheWay] = {}
    ad_money: dict[int, OnTheWay] = {}
    for line, purpose, invoice in rows:
        newest[line] = invoice
        if purpose == InvoiceLine.Purpose.AD_MONEY:
            ad_money[line] = invoice
    return NotSent(newest, ad_money, _ad_money_clauses() if newest else frozenset())


def with_accountant() -> WithAccountant:
    """What was asked for and is the accountant's to issue. One query."""
    with connection.cursor() as cursor:  # on every manager's day: the ORM would cost more than it
        cursor.execute(NOT_SENT, [*ON_THE_WAY, Invoice.Status.REQUESTED])
        rows = cursor.fetchall()
    lines = _requested((line, status) for line, _purpose, status in rows)
    ad_money = _requested(
        (line, status) for line, purpose, status in rows if purpose == InvoiceLine.Purpose.AD_MONEY
    )
    return WithAccountant(lines, dict.fromkeys(_ad_money_clauses() if lines else (), ad_money))


def _requested(newest_last: Iterable[tuple[int, str]]) -> frozenset[int]:
    newest = dict(newest_last)
    return frozenset(line for line, status in newest.items() if status == Invoice.Status.REQUESTED)


def _ad_money_clauses() -> frozenset[str]:
    """Clauses in force that ask for an invoice and that one for the fee alone does not close."""
    return frozenset(card.clause for card in in_order() if card.act == ASK and _needs_ads(card))


def _needs_ads(card: Card) -> bool:
    words = (one.word for group in (card.evidence.any_of if card.evidence else ()) for one in group)
    return any(
        "invoice.sent" in word.kinds and word.states and FEE_ONLY not in word.states
        for word in words
        if word
    )


def refuse_twice(
    lines: Iterable["Wanted"],
    services: Mapping[int, Any],
    covers_from: date | None,
    covers_to: date | None,
) -> None:
    """Raise AlreadyAsked when one of these sums waits for the accountant for the same days.

    Call inside the action that asks."""
    wanted = {(row.line_id, row.purpose) for row in lines}
    rows = _not_sent(services).filter(invoice__status=Invoice.Status.REQUESTED)
    for row in rows.select_related("invoice__requested_by").order_by("pk"):
        other = row.invoice
        mine, theirs = (covers_from, covers_to), (other.covers_from, other.covers_to)
        if (row.line_id, row.purpose) in wanted and _overlap(mine, theirs):
            raise AlreadyAsked(
                _("%(who)s has already asked the accountant for an invoice for “%(line)s”")
                % {"who": other.requested_by or _("Somebody"), "line": services[row.line_id].name},
                cure=_("Open that request: wait for it, or cancel it and ask anew"),
                invoice_id=other.pk,
            )


def _not_sent(line_ids: Iterable[int]) -> QuerySet[InvoiceLine]:
    return InvoiceLine.objects.filter(line__in=list(line_ids), invoice__status__in=ON_THE_WAY)


def _overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two periods share a day; one without its ends has none of its own."""
    first, last = max(_first(one), _first(other)), min(_last(one), _last(other))
    return first <= last


def _first(period: tuple[date | None, date | None]) -> date:
    return period[0] or date.min


def _last(period: tuple[date | None, date | None]) -> date:
    return period[1] or date.max
