"""The queue of bank documents that a person has to settle, with what Pult would propose."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from pult.clients.queries import client_names
from pult.kernel.errors import NotVisible
from pult.kernel.money import parse_amount
from pult.kernel.search import anywhere
from pult.money.logic.matching.purpose import number_key, parse_purpose
from pult.money.match_words import CONFIDENCES, KINDS, REASONS
from pult.money.models import BankDocument, FormerNumber, Invoice, Payment, StatementFile
from pult.money.queries.by_hand import ByHand, by_hand
from pult.money.queries.giving_back import room
from pult.money.queries.invoices import called
from pult.money.queries.proposed import proposed
from pult.money.queries.statements import reads_bank

if TYPE_CHECKING:
    from pult.people.models import User

PAGE = 50
MOST_CANDIDATES = 20
DIGITS = re.compile(r"\d+")
OPEN = (Invoice.Status.ISSUED, Invoice.Status.SENT)


@dataclass(frozen=True)
class Candidate:
    """An open invoice a document may pay: `left` is still to be paid, `share` what the proposal
    gives it (0: not proposed). Of money given back: an invoice it may be taken from, `left` being
    what was paid for it."""

    invoice_id: int
    client_id: int
    client: str
    number: str
    issued_on: date | None
    due_on: date | None
    total: int
    left: int
    share: int = 0


@dataclass(frozen=True)
class SettlementRow:
    """One bank document and the proposal for it. `kind`, `confidence` and `reasons` are words of
    `pult.money.match_words`, the labels are for people. `advance` is what no invoice would take.
    `paid` lists what it was settled to: (payment id, client, kopecks). `by_hand` of one document
    says who typed it."""

    id: int
    file_id: int
    line_no: int
    direction: str
    doc_kind: str
    number: str
    date: date | None
    money_on: date | None
    amount: int
    own_account: str
    party_name: str
    party_inn: str
    party_account: str
    purpose: str
    match: str
    match_label: str
    kind: str
    kind_label: str
    confidence: str
    confidence_label: str
    reasons: tuple[str, ...]
    client_id: int | None
    client: str
    advance: int
    candidates: tuple[Candidate, ...]
    paid: tuple[tuple[int, str, int], ...] = ()
    by_hand: ByHand | None = None


@dataclass(frozen=True)
class SettlementPage:
    """A page of the queue; `counts` by state: unsettled, pending, matched, settled, not_client."""

    rows: tuple[SettlementRow, ...]
    total: int
    page: int
    pages: int
    counts: dict[str, int]


def settlement_queue(
    user: "User",
    *,
    state: str = BankDocument.Match.UNSETTLED,
    q: str = "",
    file_id: int | None = None,
    page: int = 1,
) -> SettlementPage:
    """Documents in a state, the newest money first. `q` looks in the payer, purpose, number and
    (when it reads as one) the sum. Empty for roles that do not read the bank."""
    if not reads_bank(user):
        return SettlementPage((), 0, 1, 1, {})
    rows = _posted()
    if file_id:
        rows = rows.filter(file=file_id)
    counts = _counts(rows)
    rows = _search(rows.filter(match=state), q)
    total = counts.get(state, 0) if not q.strip() else rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    found = list(rows.order_by("-money_on", "-pk")[(page - 1) * PAGE : page * PAGE])
    return SettlementPage(_rows(found), total, page, pages, counts)


def settlement_document(user: "User", document_id: int) -> SettlementRow:
    """One document with every candidate: the proposed invoices, those the purpose names by number,
    those of the same client, and those of the same sum. Raises NotVisible for roles that do not
    read the bank."""
    rows = _posted().select_related("file__loaded_by").filter(pk=document_id)
    row = rows.first() if reads_bank(user) else None
    if row is None:
        raise NotVisible(_("There is no such document"))
    return replace(_rows([row], everything=True)[0], by_hand=by_hand(row.file))


def find_invoices(
    user: "User", q: str, limit: int = MOST_CANDIDATES, *, back: bool = False
) -> tuple[Candidate, ...]:
    """Open invoices by number, client, tax number or sum, for the search box of settlement; with
    `back` those money came for, of which a return is taken."""
    q = q.strip()
    if not reads_bank(user) or not q:
        return ()
    wanted = called(q) | Q(payer__inn=q) | Q(client__name__regex=anywhere(q))
    if (amount := _amount(q)) is not None:
        wanted |= Q(paid=amount) if back else Q(total=amount) | Q(total=amount + F("paid"))
    rows = _open(back).filter(wanted).order_by("-issued_on", "-pk")[:limit]
    return tuple(_candidate(row, back=back) for row in rows)


def _posted() -> QuerySet[BankDocument]:
    return BankDocument.objects.filter(file__status=StatementFile.Status.POSTED)


def _counts(rows: QuerySet[BankDocument]) -> dict[str, int]:
    return dict(rows.order_by().values_list("match").annotate(Count("pk")))


def _search(rows: QuerySet[BankDocument], q: str) -> QuerySet[BankDocument]:
    q = q.strip()
    if not q:
        return rows
    told = Q(party_name__regex=anywhere(q)) | Q(purpose__regex=anywhere(q))
    wanted = told | Q(number=q) | Q(party_inn=q)
    if (amount := _amount(q)) is not None:
        wanted |= Q(amount=amount)
    return rows.filter(wanted)


def _amount(text: str) -> int | None:
    try:
        return parse_amount(text)
    except ValueError:
        return None


def _open(back: bool = False) -> QuerySet[Invoice]:
    """Invoices still to be paid or, for money given `back`, those with money to take it from."""
    rows = Invoice.objects.filter(Q(paid__gt=0) if back else Q(paid__lt=F("total")))
    return rows.filter(status__in=OPEN).select_related("client")


def _rows(found: list[BankDocument], *, everything: bool = False) -> tuple[SettlementRow, ...]:
    proposals = [row.proposal or {} for row in found]
    wanted = Q(pk__in=[share[0] for p in proposals for share in p.get("shares", ())])
    clients = {p["client"] for p in proposals if p.get("client")}
    wanted |= Q(client__in=clients)
    named: set[int] = set()
    back = everything and found[0].direction == BankDocument.Direction.OUT
    if everything:
        sums = [row.amount for row in found]
        wanted |= Q(paid__in=sums) if back else Q(total__in=sums)
        named = _named({n for row in found for n in parse_purpose(row.purpose).numbers}, back)
        wanted |= Q(pk__in=named)
    invoices = {row.pk: row for row in _open(back).filter(wanted)} if found else {}
    names = _names(clients, invoices.values())
    paid: dict[int, list[tuple[int, str, int]]] = {}
    for payment in Payment.objects.filter(
        document__in=[row.pk for row in found], voided_at=None
    ).select_related("client"):
        paid.setdefault(payment.document_id, []).append(
            (payment.pk, payment.client.name, payment.amount)
        )
    return tuple(_row(row, invoices, named, names, tuple(paid.get(row.pk, ()))) for row in found)


def _named(numbers: set[str], back: bool = False) -> set[int]:
    """Open invoices of anybody that bear one of the numbers, or did on their papers. They are
    compared as matching does; the digits alone narrow what is read."""
    digits = {max(DIGITS.findall(number), key=len) for number in numbers}
    if not digits:
        return set()
    wanted = reduce(or_, (Q(number__contains=run) for run in digits))
    papers = FormerNumber.objects.filter(key__in=numbers).values("invoice")
    rows = _open(back).annotate(before=Q(pk__in=papers)).filter(wanted | Q(before=True))
    found = rows.values_list("pk", "number", "before")
    return {pk for pk, number, before in found if before or number_key(number) in numbers}


def _names(clients: set[int], invoices: Iterable[Invoice]) -> dict[int, str]:
    names = {row.client_id: row.client.name for row in invoices}
    missing = clients - names.keys()
    if missing:
        names |= client_names(missing)
    return names


def _row(
    row: BankDocument,
    invoices: dict[int, Invoice],
    named: set[int],
    names: dict[int, str],
    paid: tuple[tuple[int, str, int], ...],
) -> SettlementRow:
    found = proposed(row, invoices, named)
    back = row.direction == BankDocument.Direction.OUT
    client_id, shares = found.client_id, found.shares
    fitting = [
        invoice
        for invoice in invoices.values()
        if invoice.pk in shares
        or invoice.pk in named
        or invoice.client_id == client_id
        or room(invoice, back) == row.amount
    ]
    fitting.sort(
        key=lambda i: (
            i.pk not in shares,
            i.pk not in named,
            room(i, back) != row.amount,
            -i.pk,
        )
    )
    return SettlementRow(
        id=row.pk,
        file_id=row.file_id,
        line_no=row.line_no,
        direction=row.direction,
        doc_kind=row.kind,
        number=row.number,
        date=row.date,
        money_on=row.money_on,
        amount=row.amount,
        own_account=row.own_account,
        party_name=row.party_name,
        party_inn=row.party_inn,
        party_account=row.party_account,
        purpose=row.purpose,
        match=row.match,
        match_label=row.get_match_display(),
        kind=found.kind,
        kind_label=str(KINDS.get(found.kind, "")),
        confidence=found.confidence,
        confidence_label=str(CONFIDENCES.get(found.confidence, "")),
        reasons=tuple(str(REASONS.get(word, word)) for word in found.reasons),
        client_id=client_id,
        client=names.get(client_id, "") if client_id else "",
        advance=found.advance,
        candidates=tuple(
            _candidate(invoice, shares.get(invoice.pk, 0), back=back)
            for invoice in fitting[:MOST_CANDIDATES]
        ),
        paid=paid,
    )


def _candidate(row: Invoice, share: int = 0, *, back: bool = False) -> Candidate:
    return Candidate(
        invoice_id=row.pk,
        client_id=row.client_id,
        client=row.client.name,
        number=row.number,
        issued_on=row.issued_on,
        due_on=row.due_on,
        total=row.total,
        left=room(row, back),
        share=share,
    )
