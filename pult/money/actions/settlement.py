"""Settling bank documents by hand: to invoices, as an advance, as nobody's; and taking it back.

Every act locks the clients concerned, checks that the document still waits, and leaves the sums
equal: nothing is lost, nothing counted twice.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import client_for, require
from pult.clients.actions import add_payer_alias
from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.facts import acting, record, void
from pult.money.actions.asking import ask_forecast
from pult.money.actions.matching import record_drafts
from pult.money.booking import (
    Booking,
    Books,
    Share,
    book,
    facts_of_payment,
    insert_allocations,
    misfit,
    payment_facts,
    spread,
    state_facts,
)
from pult.money.booking.periods import void_periods
from pult.money.models import BankDocument, Invoice, Payment, StatementFile
from pult.money.queries.payments import client_advance
from pult.ui import formats

if TYPE_CHECKING:
    from pult.people.models import User

SETTLERS = ("accountant",)
WAITING = (BankDocument.Match.UNSETTLED, BankDocument.Match.PENDING)


def settle(
    *,
    by: "User",
    document_id: int,
    shares: Sequence[Share] = (),
    client_id: int | None = None,
    remember: bool = False,
) -> list[int]:
    """An incoming document pays these invoices; the rest is an advance of `client_id`.

    Invoices of several clients make a payment each. `remember` keeps the payer as a third party
    that pays for the client; when it cannot, nothing is settled. Returns ids of the payments.
    Raises Conflict when the document was settled meanwhile or an invoice has less left.
    """
    role = settler(by)
    document = posted_document(document_id)
    if document.direction == BankDocument.Direction.OUT:
        raise BadInput(_("This money left the account: it pays no invoice"), field="document")
    bookings = _bookings(document, shares, client_id, Payment.Kind.IN)
    for booking in bookings:
        client_for(by, booking.client_id)
    with acting(*sorted(booking.client_id for booking in bookings)):
        lines = _write(document, bookings, by, role)
        if remember and len(bookings) == 1:
            add_payer_alias(
                by=by,
                client_id=bookings[0].client_id,
                inn=document.party_inn,
                account="" if document.party_inn else document.party_account,
                name=document.party_name,
            )
    ask_forecast(lines)
    return list(document.payments.filter(voided_at=None).values_list("pk", flat=True))


def give_back(
    *, by: "User", document_id: int, client_id: int, shares: Sequence[Share] = ()
) -> None:
    """An outgoing document returned money to the client: out of these invoices, the rest out of
    the client's advance, which must hold as much."""
    role = settler(by)
    document = posted_document(document_id)
    client_for(by, client_id)
    if document.direction == BankDocument.Direction.IN:
        raise BadInput(_("This money came in: it was not given back"), field="document")
    bookings = _bookings(document, shares, client_id, Payment.Kind.RETURN)
    if len(bookings) != 1:
        raise BadInput(_("The invoices belong to another client"), field="shares")
    ask_forecast(_write(document, bookings, by, role))


def settle_not_client(*, by: "User", document_id: int) -> None:
    """The document is not client money: a fee, a loan, a transfer of our own."""
    role = settler(by)
    document = posted_document(document_id)
    with acting(0):
        _take(document, BankDocument.Match.NOT_CLIENT, by)
        tell_not_client(document.pk, "on", by, role)


def tell_not_client(document_id: int, state: str, by: "User", role: str) -> None:
    """Record that a document is called nobody's (on) or is looked at again (off)."""
    record(
        "document.not_client",
        root_id=0,
        refs={"document": document_id},
        by=by,
        role=role,
        key=str(document_id),
        state=state,
    )


def allocate_advance(*, by: "User", payment_id: int, shares: Sequence[Share]) -> None:
    """Give an advance to invoices: what the payment has left unallocated, or a part of it."""
    role = settler(by)
    payment = Payment.objects.filter(pk=payment_id, kind=Payment.Kind.IN).first()
    if payment is None:
        raise NotVisible(_("There is no such payment"))
    client_for(by, payment.client_id)
    wanted = Booking(
        client_id=payment.client_id,
        amount=sum(share.amount for share in shares),
        received_on=payment.received_on,
        shares=tuple(shares),
    )
    with acting(payment.client_id):
        rest = advance_of(payment)
        if wanted.amount > min(rest, client_advance(payment.client_id)):
            raise Conflict(_("The payment has less left than that"))
        books = fitting([wanted])
        parts = spread(wanted, books)
        now = clock.now()
        insert_allocations([(payment.pk, row.pk, part, by.pk, now) for row, part in parts])
        books.write()
        told = facts_of_payment(payment)
        advance = [fact for fact in told if "invoice" not in fact.refs]
        for fact in advance:
            void(fact, by=by, reason="advance allocated")
        whole = replace(wanted, amount=rest)
        drafts = payment_facts(
            payment.pk,
            whole,
            parts,
            by.pk,
            role,
            at=now,
            rest_at=min((fact.valid_at for fact in advance), default=None),
            telling=len(told) + payment.allocations.count(),
        )
        record_drafts([*drafts, *state_facts(books, by.pk, role)])
    ask_forecast({row.line_id for row, _part in parts})


def advance_of(payment: Payment) -> int:
    """What a payment has not given to any invoice; 0 once it was taken back."""
    if Payment.objects.filter(pk=payment.pk, voided_at=None).exists():
        held = payment.allocations.filter(reversed_at=None).values_list("amount", flat=True)
        return payment.amount - sum(held)
    return 0


def settler(by: "User") -> str:
    return require(by, *SETTLERS, act=_("settle bank documents"))


def posted_document(document_id: int) -> BankDocument:
    posted = BankDocument.objects.filter(file__status=StatementFile.Status.POSTED)
    found = posted.filter(pk=document_id).first()
    if found is None:
        raise NotVisible(_("There is no such document"))
    return found


def _roubles(kopecks: int) -> str:
    return formats.money(kopecks, exact=True)


def _bookings(
    document: BankDocument, shares: Sequence[Share], client_id: int | None, kind: str
) -> list[Booking]:
    owners = dict(
        Invoice.objects.filter(pk__in=[s.invoice_id for s in shares]).values_list("pk", "client")
    )
    parts: dict[int, list[Share]] = {}
    for share in shares:
        if share.invoice_id not in owners:
            raise BadInput(_("There is no such invoice"), field="shares")
        parts.setdefault(owners[share.invoice_id], []).append(share)
    rest = document.amount - sum(share.amount for share in shares)
    if rest < 0:
        raise BadInput(
            _("The sums given are %(over)s more than the payment") % {"over": _roubles(-rest)},
            field="shares",
            cure=_("Make them %(sum)s together") % {"sum": _roubles(document.amount)},
        )
    if rest:
        holder = client_id or (next(iter(parts)) if len(parts) == 1 else None)
        if holder is None:
            raise BadInput(
                _("%(rest)s of the payment is left over") % {"rest": _roubles(rest)},
                field="client",
                cure=_("Choose the client whose advance it is, or give it to an invoice"),
            )
        parts.setdefault(holder, [])
    else:
        holder = None
    return [
        Booking(
            client_id=client,
            amount=sum(s.amount for s in given) + (rest if client == holder else 0),
            received_on=document.money_on or document.date,
            document_id=document.pk,
            kind=kind,
            payer_name=document.party_name,
            shares=tuple(given),
        )
        for client, given in parts.items()
    ]


def _write(document: BankDocument, bookings: list[Booking], by: "User", role: str) -> set[int]:
    """Book by hand, in one transaction; returns the service lines whose money changed."""
    with acting(*sorted(booking.client_id for booking in bookings)):
        _take(document, BankDocument.Match.SETTLED, by)
        books = fitting(bookings)
        for booking in bookings:
            _check_advance(booking)
        pairs = [(booking, spread(booking, books)) for booking in bookings]
        record_drafts(book(pairs, books, by.pk, role))
        void_periods(books, by)
    return {row.line_id for _booking, parts in pairs for row, _part in parts}


def _take(document: BankDocument, state: str, by: "User") -> None:
    """The first to settle a document has it; the second is told."""
    waiting = BankDocument.objects.filter(pk=document.pk, match__in=WAITING)
    if not waiting.update(match=state, settled_by=by, settled_at=clock.now()):
        raise Conflict(
            _("Somebody has settled this document already"),
            cure=_("Take the settlement back first"),
        )


def fitting(bookings: list[Booking]) -> Books:
    books = Books.read({share.invoice_id for b in bookings for share in b.shares})
    for booking in bookings:
        if problem := misfit(booking, books):
            raise problem
    return books


def _check_advance(booking: Booking) -> None:
    rest = booking.amount - sum(share.amount for share in booking.shares)
    if booking.kind == Payment.Kind.RETURN and rest > client_advance(booking.client_id):
        raise Refusal(
            _("The client has no such advance to give back"),
            cure=_("Choose the invoices the money is taken from"),
        )
