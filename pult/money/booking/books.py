"""Invoices as they stand in a transaction, and bookings that fit them or do not."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from datetime import date

from django.utils.translation import gettext as _

from pult.kernel import bulk
from pult.kernel.errors import BadInput, Conflict
from pult.kernel.money import split
from pult.money.models import Invoice, InvoiceLine, Payment
from pult.money.sums import Stamp, money_moved, money_stamp, paid_by_line

OPEN = (Invoice.Status.ISSUED, Invoice.Status.SENT)


@dataclass(frozen=True, kw_only=True)
class Share:
    """`amount` kopecks of a payment for an invoice; `lines` are (invoice line, kopecks) when the
    parts are not in proportion to what is left on each line."""

    invoice_id: int
    amount: int
    lines: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Booking:
    """One payment to be written (`kind` in or return); what `shares` leave is an advance."""

    client_id: int
    amount: int
    received_on: date
    document_id: int | None = None
    kind: str = Payment.Kind.IN
    payer_name: str = ""
    shares: tuple[Share, ...] = ()


@dataclass(slots=True)
class Account:
    """An invoice as booking needs it: `paid` and `paid_state` move with what is entered."""

    pk: int
    client_id: int
    number: str
    status: str
    total: int
    paid: int
    paid_state: str
    issued_on: date | None
    covers_from: date | None
    covers_to: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an invoice and the tool of its service line."""

    pk: int
    invoice_id: int
    line_id: int
    amount: int
    tool: str


@dataclass
class Books:
    """The invoices touched, as they stood when read; `paid` is by invoice line."""

    invoices: dict[int, Account]
    lines: dict[int, list[Row]]
    paid: dict[int, int]
    touched: set[int] = field(default_factory=set)
    before: dict[int, str] = field(default_factory=dict)
    seen: dict[int, tuple[int, str]] = field(default_factory=dict)
    stamp: Stamp = field(default_factory=lambda: Stamp(frozenset()))

    @classmethod
    def read(cls, invoice_ids: Collection[int], client_ids: Collection[int] = ()) -> "Books":
        """Read under the clients' locks, or before them and compared by `are_stale` under them.
        `client_ids` are those whose money is compared then. At most three queries for every 500
        invoices."""
        books = cls({}, defaultdict(list), {})
        wanted = sorted(set(invoice_ids))
        books.stamp = money_stamp(client_ids)
        columns = [name.name for name in fields(Account)]
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            for values in Invoice.objects.filter(pk__in=part).values_list(*columns):
                books.invoices[values[0]] = Account(*values)
            rows = InvoiceLine.objects.filter(invoice__in=part).order_by("pk")
            for values in rows.values_list("pk", "invoice", "line", "amount", "line__tool"):
                books.lines[values[1]].append(Row(*values))
            begun = [pk for pk in part if pk in books.invoices and books.invoices[pk].paid]
            if begun:
                rows = InvoiceLine.objects.filter(invoice__in=begun)
                books.paid |= paid_by_line(rows.values("pk"))
        books.before = {pk: account.paid_state for pk, account in books.invoices.items()}
        books.seen = {pk: (row.paid, row.status) for pk, row in books.invoices.items()}
        return books

    def are_stale(self) -> bool:
        """Whether money of these clients moved, line by line, or these invoices changed since."""
        return money_moved(self.stamp) or self._changed()

    def _changed(self) -> bool:
        if self.stamp.fact is not None:
            return False
        rows = Invoice.objects.filter(pk__in=list(self.seen)).values_list("pk", "paid", "status")
        return self.seen != {pk: (paid, status) for pk, paid, status in rows}

    def left(self, row: Row) -> int:
        return row.amount - self.paid.get(row.pk, 0)

    def add(self, row: Row | InvoiceLine, amount: int) -> None:
        """Money came to (negative: left) an invoice line."""
        invoice = self.invoices[row.invoice_id]
        self.paid[row.pk] = self.paid.get(row.pk, 0) + amount
        invoice.paid += amount
        invoice.paid_state = paid_state(invoice.paid, invoice.total)
        self.touched.add(invoice.pk)

    def write(self) -> None:
        rows = [(i.paid, i.paid_state, i.pk) for i in map(self.invoices.get, sorted(self.touched))]
        bulk.update("money_invoice", ("paid", "paid_state"), rows)


def paid_state(paid: int, total: int) -> str:
    """none, part, full or over."""
    if paid <= 0:
        return Invoice.Paid.NONE
    if paid < total:
        return Invoice.Paid.PART
    return Invoice.Paid.FULL if paid == total else Invoice.Paid.OVER


def misfit(booking: Booking, books: Books) -> BadInput | Conflict | None:
    """Why this booking cannot be written as the invoices stand now."""
    if sum(share.amount for share in booking.shares) > booking.amount:
        return BadInput(_("The shares are more than the payment"), field="shares")
    if named_twice(booking.shares):
        return BadInput(
            _("An invoice is named twice"), field="shares", cure=_("Add the sums up in one row")
        )
    for share in booking.shares:
        invoice = books.invoices.get(share.invoice_id)
        if invoice is None or invoice.client_id != booking.client_id:
            return BadInput(_("The invoice belongs to another client"), field="shares")
        room = invoice.paid if booking.kind == Payment.Kind.RETURN else invoice.total - invoice.paid
        if share.amount <= 0:
            return BadInput(_("The sum must be above zero"), field="shares")
        if booking.kind == Payment.Kind.IN and invoice.status not in OPEN:
            return Conflict(_("Invoice %(number)s is not open") % {"number": invoice.number})
        if share.amount > room:
            return Conflict(
                _("Invoice %(number)s has less left than that") % {"number": invoice.number},
                cure=_(
                    "Give it what is left of it, and the rest to another invoice or to the"
                    " client's advance"
                ),
            )
        if problem := _misfit_lines(share, books, booking.kind):
            return problem
    return None


def named_twice(shares: Sequence[Share]) -> bool:
    """Each share is checked against what is left: two of one invoice would both seem to fit."""
    return len({share.invoice_id for share in shares}) < len(shares)


def _misfit_lines(share: Share, books: Books, kind: str) -> BadInput | None:
    if not share.lines:
        return None
    rows = {row.pk: row for row in books.lines[share.invoice_id]}
    if sum(amount for _row, amount in share.lines) != share.amount:
        return BadInput(_("The parts of an invoice do not add up to its share"), field="shares")
    for pk, amount in share.lines:
        row = rows.get(pk)
        if row is None or amount < 0:
            return BadInput(_("This line is not of this invoice"), field="shares")
        room = books.paid.get(pk, 0) if kind == Payment.Kind.RETURN else books.left(row)
        if amount > room:
            return BadInput(_("A line of the invoice has less left than that"), field="shares")
    return None


def spread(booking: Booking, books: Books) -> list[tuple[Row, int]]:
    """The booking's shares by invoice line, entered into the books."""
    sign = -1 if booking.kind == Payment.Kind.RETURN else 1
    parts = []
    for share in booking.shares:
        rows = books.lines[share.invoice_id]
        if share.lines:
            amounts = dict(share.lines)
            pairs = [(row, amounts.get(row.pk, 0)) for row in rows]
        else:
            weights = [books.left(row) if sign > 0 else books.paid.get(row.pk, 0) for row in rows]
            pairs = list(zip(rows, split(share.amount, weights), strict=True))
        for row, amount in pairs:
            if amount:
                books.add(row, sign * amount)
                parts.append((row, amount))
    return parts
