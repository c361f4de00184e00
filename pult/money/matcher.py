"""Matching against the tables: the index of open invoices, and what becomes of a document."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from django.db.models import F

from pult.clients.models import LegalEntity, OwnEntity
from pult.clients.queries import payer_index
from pult.clients.queries.payers import whose
from pult.kernel.money import vat_inside
from pult.money.booking import OPEN, Booking, Share
from pult.money.logic.bank import Party, Placed
from pult.money.logic.matching import InvoiceIndex, Match, OpenInvoice, match
from pult.money.models import BankDocument, FormerNumber, Invoice, InvoiceLine

SURE = ("certain", "likely")
COLUMNS = (
    "pk",
    "kind",
    "amount",
    "direction",
    "money_on",
    "own_account",
    "party_name",
    "party_inn",
    "party_account",
    "purpose",
    "currency",
)


class Side(NamedTuple):
    """A side of a stored payment as matching reads it; a connector's own party will do as well."""

    name: str = ""
    inn: str = ""
    account: str = ""
    settlement: str = ""


@dataclass(slots=True)
class Paper:
    """A bank document as matching reads it; `pk` is 0 until it is stored."""

    pk: int
    kind: str
    amount: int
    direction: str
    money_on: date
    purpose: str
    payer: Party
    payee: Party
    currency: str = "RUB"
    op_code: str = ""


@dataclass(slots=True)
class Decision:
    """The state a document goes to, the proposal kept with it, and the payments to book now."""

    state: str
    proposal: dict
    bookings: tuple[Booking, ...] = field(default=())

    def of(self, document_id: int) -> "Decision":
        """The same about a document that has been stored since."""
        bookings = (replace(booking, document_id=document_id) for booking in self.bookings)
        return Decision(self.state, self.proposal, tuple(bookings))


def open_invoices(today: date) -> InvoiceIndex:
    """Everything a payment may be for, as of now. Eight queries."""
    vat: dict[int, int] = defaultdict(int)
    lines = InvoiceLine.objects.filter(invoice__status__in=OPEN, invoice__paid=0)
    for invoice, amount, rate in lines.values_list("invoice", "amount", "vat_rate"):
        vat[invoice] += vat_inside(amount, rate)
    rows = Invoice.objects.filter(status__in=OPEN, paid__lt=F("total"))
    numbers = FormerNumber.objects.filter(invoice__in=rows).values_list("invoice", "number")
    old: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for invoice, number in numbers:
        old[invoice] += (number,)
    columns = ("pk", "client", "number", "total", "paid", "issued_on")
    payers = payer_index(today)
    names: dict[str, set[int]] = defaultdict(set)
    entities = LegalEntity.objects.filter(client__staged=False).exclude(inn="")
    for name, client in entities.values_list("name", whose("client")):
        names[name].add(client)
    for client, name in payers.names.items():
        names[name].add(client)
    return InvoiceIndex(
        (
            OpenInvoice(pk, client, number, total - paid, issued_on, vat.get(pk), old[pk])
            for pk, client, number, total, paid, issued_on in rows.values_list(*columns)
        ),
        payers=_joined(payers.by_inn, payers.third_by_inn),
        accounts=_joined(payers.by_account, payers.third_by_account),
        names=names,
        own_inns=set(OwnEntity.objects.exclude(inn="").values_list("inn", flat=True)),
    )


def _joined(*indexes: dict[str, frozenset[int]]) -> dict[str, tuple[int, ...]]:
    """A third party once remembered pays for its client like the client itself."""
    joined: dict[str, set[int]] = defaultdict(set)
    for index in indexes:
        for key, clients in index.items():
            joined[key] |= clients
    return {key: tuple(sorted(clients)) for key, clients in joined.items()}


def papers(rows: Iterable[tuple]) -> Iterable[Paper]:
    """Documents from `values_list(*COLUMNS)`."""
    for pk, kind, amount, way, money_on, own, name, inn, account, purpose, currency in rows:
        party, ours = Side(name, inn, account), Side(account=own)
        out = way == BankDocument.Direction.OUT
        sides = (ours, party) if out else (party, ours)
        yield Paper(pk, kind, amount, way, money_on, purpose, *sides, currency)


def paper_of(placed: Placed) -> Paper:
    """A document not stored yet, as matching reads it."""
    document = placed.document
    return Paper(
        0,
        document.kind,
        document.amount,
        placed.direction,
        placed.money_on,
        document.purpose,
        document.payer,
        document.payee,
        document.currency,
    )


def decide(paper: Paper, index: InvoiceIndex) -> Decision:
    """Match one document and take what it pays off the index, if that is sure enough to book."""
    found = match(paper, index, paper.direction)
    if found.kind == "not_client_money":
        return Decision(BankDocument.Match.NOT_CLIENT, plain(found))
    if found.confidence in SURE and found.invoices and not found.advance:
        bookings = tuple(bookings_of(paper, found, index))
        for invoice, amount in found.invoices:
            index.pay(invoice, amount)
        return Decision(BankDocument.Match.MATCHED, plain(found), bookings)
    return Decision(BankDocument.Match.UNSETTLED, plain(found))


def bookings_of(paper: Paper, found: Match, index: InvoiceIndex) -> Iterable[Booking]:
    """A payment for each client whose invoices the document pays."""
    shares: dict[int, list[Share]] = defaultdict(list)
    for invoice, amount in found.invoices:
        shares[index.owner[invoice]].append(Share(invoice_id=invoice, amount=amount))
    for client, parts in shares.items():
        yield Booking(
            client_id=client,
            amount=sum(part.amount for part in parts),
            received_on=paper.money_on,
            document_id=paper.pk,
            payer_name=paper.payer.name,
            shares=tuple(parts),
        )


def plain(found: Match) -> dict:
    """The proposal as it is kept in JSON."""
    return {
        "kind": found.kind,
        "confidence": found.confidence,
        "client": found.client_id,
        "shares": [list(share) for share in found.invoices],
        "advance": found.advance,
        "reasons": list(found.reasons),
    }
