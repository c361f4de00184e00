"""Invoices as pages show them. Sums in kopecks, VAT included."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Window

from pult.clients.access import client_for
from pult.kernel.roles import Role
from pult.kernel.search import whole
from pult.money.access import invoice_for, invoices_of
from pult.money.logic.matching.purpose import number_key
from pult.money.models import FormerNumber, Invoice, InvoiceLine
from pult.money.sums import paid_by_line
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class InvoiceLineItem:
    """One sum of an invoice and how much of it the bank has brought."""

    id: int
    line_id: int
    line: str
    purpose: str
    purpose_label: str
    title: str
    amount: int
    vat_rate: int | None
    paid: int


@dataclass(frozen=True)
class InvoiceItem:
    """An invoice; `number` is empty until it is issued, `left` is still to be paid, `version`
    goes back with an action, `on_paper` is another number the client's paper says."""

    id: int
    client_id: int
    client: str
    contract_id: int | None
    number: str
    status: str
    status_label: str
    paid_state: str
    paid_label: str
    total: int
    paid: int
    left: int
    payer: str
    payer_inn: str
    own_entity: str
    covers_from: date | None
    covers_to: date | None
    wish: str
    requested_by: str
    requested_at: datetime | None
    issued_by: str
    issued_on: date | None
    due_on: date | None
    sent_at: datetime | None
    is_overdue: bool
    version: int
    lines: tuple[InvoiceLineItem, ...]
    on_paper: str = ""


@dataclass(frozen=True)
class WaitingInvoice:
    """A request that waits to be issued; `total` in kopecks."""

    id: int
    client: str
    total: int
    requested_at: datetime | None
    requested_by: str


@dataclass(frozen=True)
class WaitingInvoices:
    """How many requests wait for this person, and the first of them."""

    count: int
    rows: tuple[WaitingInvoice, ...]


def client_invoices(user: "User", client_id: int, limit: int = 50) -> tuple[InvoiceItem, ...]:
    """A client's invoices, the newest first; nothing for a role that sees no money."""
    client = client_for(user, client_id)
    return _items(invoices_of(user).filter(client=client).order_by("-pk")[:limit])


def invoice_requests(user: "User", limit: int = 50) -> tuple[InvoiceItem, ...]:
    """What the accountant is asked for, the longest waiting first (an account manager: own)."""
    rows = invoices_of(user).filter(status=Invoice.Status.REQUESTED)
    return _items(rows.order_by("requested_at", "pk")[:limit], paid={})  # nothing is issued yet


def waiting_to_be_issued(user: "User", limit: int = 10) -> WaitingInvoices:
    """The requests that wait for whoever issues invoices, the longest waiting first; none for the
    others. One query."""
    if Role.ACCOUNTANT not in user.roles:
        return WaitingInvoices(0, ())
    rows = invoices_of(user).filter(status=Invoice.Status.REQUESTED)
    found = list(
        rows.annotate(all_rows=Window(Count("pk")))
        .select_related("client", "requested_by")
        .order_by("requested_at", "pk")[:limit]
    )
    return WaitingInvoices(
        count=found[0].all_rows if found else 0,
        rows=tuple(
            WaitingInvoice(
                id=row.pk,
                client=row.client.name,
                total=row.total,
                requested_at=row.requested_at,
                requested_by=str(row.requested_by or ""),
            )
            for row in found
        ),
    )


def invoice_card(user: "User", invoice_id: int) -> InvoiceItem:
    """One invoice; raises NotVisible for somebody else's."""
    papers = FormerNumber.objects.filter(invoice=OuterRef("pk"), replaced_at=None)
    row = Invoice.objects.filter(pk=invoice_for(user, invoice_id).pk)
    return _items(row.annotate(on_paper=Subquery(papers.values("number")[:1])))[0]


def called(number: str) -> Q:
    """Invoices of this number, and those whose paper said so before it was corrected."""
    papers = FormerNumber.objects.filter(key=number_key(number)).values("invoice")
    return Q(number__regex=whole(number)) | Q(pk__in=papers)


def _items(
    rows: QuerySet[Invoice], paid: Mapping[int, int] | None = None
) -> tuple[InvoiceItem, ...]:
    """`paid` is what `paid_by_line` says of their lines, when it is at hand."""
    found = list(rows.select_related("client", "payer", "own_entity", "requested_by", "issued_by"))
    lines: dict[int, list[InvoiceLineItem]] = {}
    ids = [row.pk for row in found]
    if paid is None:
        paid = paid_by_line(InvoiceLine.objects.filter(invoice__in=ids).values("pk"))
    sums = InvoiceLine.objects.filter(invoice__in=ids).select_related("line").order_by("pk")
    for line in sums:
        lines.setdefault(line.invoice_id, []).append(_line(line, paid.get(line.pk, 0)))
    today = business_day()
    return tuple(_item(row, tuple(lines.get(row.pk, ())), today) for row in found)


def _line(row: InvoiceLine, paid: int) -> InvoiceLineItem:
    return InvoiceLineItem(
        id=row.pk,
        line_id=row.line_id,
        line=row.line.name,
        purpose=row.purpose,
        purpose_label=row.get_purpose_display(),
        title=row.title,
        amount=row.amount,
        vat_rate=row.vat_rate,
        paid=paid,
    )


def _item(row: Invoice, lines: tuple[InvoiceLineItem, ...], today: date) -> InvoiceItem:
    left = max(row.total - row.paid, 0)
    given = row.status in (Invoice.Status.ISSUED, Invoice.Status.SENT)
    return InvoiceItem(
        id=row.pk,
        client_id=row.client_id,
        client=row.client.name,
        contract_id=row.contract_id,
        number=row.number,
        status=row.status,
        status_label=row.get_status_display(),
        paid_state=row.paid_state,
        paid_label=row.get_paid_state_display(),
        total=row.total,
        paid=row.paid,
        left=left,
        payer=row.payer.name if row.payer else "",
        payer_inn=row.payer.inn if row.payer else "",
        own_entity=row.own_entity.name if row.own_entity else "",
        covers_from=row.covers_from,
        covers_to=row.covers_to,
        wish=row.wish,
        requested_by=str(row.requested_by or ""),
        requested_at=row.requested_at,
        issued_by=str(row.issued_by or ""),
        issued_on=row.issued_on,
        due_on=row.due_on,
        sent_at=row.sent_at,
        is_overdue=bool(given and left and row.due_on and row.due_on < today),
        version=row.version,
        lines=lines,
        on_paper=getattr(row, "on_paper", None) or "",
    )
