"""Invoices: requested by the manager, issued by the accountant alone (М4.9), sent, cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import client_for, line_for, require
from pult.clients.models import LegalEntity
from pult.kernel import clock
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput, Conflict, Refusal
from pult.kernel.facts import acting
from pult.kernel.roles import Role
from pult.kernel.texts import LONGEST_LINE, fitting
from pult.money.access import invoice_for
from pult.money.actions.paper import (
    change,
    next_month_covered,
    ready_to_send,
    tell,
    tell_lines,
    tell_sent,
    withdraw_sending,
)
from pult.money.asked import refuse_twice
from pult.money.issuers import ISSUERS, issuing
from pult.money.models import Invoice, InvoiceLine
from pult.money.numbering import (
    next_number,
    ordinal_of,
    own_entity,
    typed_number,
    vat_of,
)
from pult.money.queries.leads import due_day
from pult.people.queries import business_day
from pult.regulation.gates import gated, guard

if TYPE_CHECKING:
    from pult.people.models import User

ASKERS = ("am", "head", "sales", "director")
SENDERS = ("am", "head", "accountant", "director")
CANCELLERS = ("accountant", "director")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One line of a requested invoice: `amount` in kopecks, VAT included."""

    line_id: int
    amount: int
    purpose: str = InvoiceLine.Purpose.AD_MONEY
    title: str = ""


def request_invoice(
    *,
    by: "User",
    client_id: int,
    lines: Sequence[Wanted],
    covers_from: date | None = None,
    covers_to: date | None = None,
    payer_id: int | None = None,
    wish: str = "",
) -> Invoice:
    """Ask the accountant for an invoice (5.5). Guarded by the gates of `invoice.request`."""
    role = require(by, *ASKERS, act=_("request invoices"))
    client = client_for(by, client_id)
    services = {wanted.line_id: line_for(by, wanted.line_id) for wanted in lines}
    _check_wanted(client.pk, lines, services, covers_from, covers_to)
    payer = _payer(client.pk, payer_id, services.values())
    with gated(), acting(client.pk):
        for line_id in services:
            refs = {"client": client.pk, "line": line_id}
            guard("invoice.request", root_id=client.pk, refs=refs, by=by, role=role)
        refuse_twice(lines, services, covers_from, covers_to)
        invoice = Invoice.objects.create(
            client=client,
            payer=payer,
            contract=next((s.contract for s in services.values() if s.contract), None),
            total=sum(wanted.amount for wanted in lines),
            covers_from=covers_from,
            covers_to=covers_to,
            requested_by=by,
            requested_at=clock.now(),
            wish=wish.strip(),
        )
        vat_rate = vat_of(None, covers_from or business_day())
        InvoiceLine.objects.bulk_create(
            InvoiceLine(
                invoice=invoice,
                line_id=wanted.line_id,
                purpose=wanted.purpose,
                amount=wanted.amount,
                vat_rate=vat_rate,
                title=wanted.title.strip(),
            )
            for wanted in lines
        )
        tell_lines("invoice.requested", invoice, by, role)
    return invoice


def issue_invoice(
    *,
    by: "User",
    invoice_id: int,
    version: int,
    own_entity_id: int | None = None,
    number: str = "",
    issued_on: date | None = None,
    due_on: date | None = None,
) -> Invoice:
    """Give the invoice its number and date; М4.9 refuses an account manager.

    Without `number` the next one of the legal entity and year is taken. `due_on`
    is the day the client is to pay by, by default that of the contract's scheme. Raises
    Conflict when someone else issued it first.
    """
    role = require(by, *ISSUERS, act=_("issue invoices"))
    invoice = invoice_for(by, invoice_id)
    refs = {"client": invoice.client_id, "invoice": invoice.pk}
    with issuing(), gated(), acting(invoice.client_id, 0):
        guard("invoice.issue", root_id=invoice.client_id, refs=refs, by=by, role=role)
        if invoice.status != Invoice.Status.REQUESTED:
            raise Conflict(_("This invoice has already been issued or cancelled"))
        day = issued_on or business_day()
        _check_days(day, due_on)
        contract = invoice.contract
        due_on = due_on or due_day(invoice.contract_id, day)
        entity = own_entity(own_entity_id or (contract and contract.own_entity_id))
        place = entity, day.year
        number = typed_number(number, *place) if number.strip() else next_number(*place)
        change(
            invoice,
            version,
            own_entity=entity,
            year=day.year,
            number=number,
            ordinal=ordinal_of(number),
            issued_on=day,
            issued_by=by,
            due_on=due_on,
            status=Invoice.Status.ISSUED,
        )
        invoice.lines.update(vat_rate=vat_of(entity, day))
        tell_lines("invoice.issued", invoice, by, role)
        tell("invoice.paid", invoice, by, role, state=Invoice.Paid.NONE)
        ready_to_send(invoice, by)
    return invoice


def send_invoice(
    *, by: "User", invoice_id: int, version: int, channel: str, at: datetime | None = None
) -> Invoice:
    """The client was given the invoice; stops the clock of 5.4, with ad money that of 5.3 too, and
    starts the reminders of 1.13: nobody reminds of a paper the client has not got. Sent after the
    day it was to be paid by, it gets as many days from now. Sending again is only one fact more."""
    role = require(by, *SENDERS, act=_("send invoices"))
    invoice = invoice_for(by, invoice_id)
    at = at or clock.now()
    with acting(invoice.client_id):
        invoice.refresh_from_db(fields=["status"])  # somebody may have cancelled it meanwhile
        if invoice.status not in (Invoice.Status.ISSUED, Invoice.Status.SENT):
            raise Refusal(
                _("Only an issued invoice can be sent"),
                cure=_("Ask the accountant to issue it"),
                clause="М4.9",
            )
        if invoice.status == Invoice.Status.ISSUED:
            due_on = _day_to_pay(invoice, business_day(at))
            change(invoice, version, status=Invoice.Status.SENT, sent_at=at, due_on=due_on)
            if due_on:
                tell("invoice.due", invoice, by, role, at=at, key=str(invoice.pk), day=due_on)
        else:
            invoice.former_numbers.filter(replaced_at=None).update(replaced_at=at)
        tell_sent(invoice, by, role, at=at, payload={"channel": channel})
        if month := next_month_covered(invoice, business_day(at)):
            tell("invoice.next_month", invoice, by, role, at=at, key=month)
    return invoice


def cancel_invoice(*, by: "User", invoice_id: int, version: int, reason_code: str) -> Invoice:
    """Cancel an invoice nobody has paid; its number stays used."""
    invoice = invoice_for(by, invoice_id)
    requested = invoice.status == Invoice.Status.REQUESTED
    role = require(by, *(ASKERS if requested else CANCELLERS), act=_("cancel invoices"))
    with acting(invoice.client_id):
        invoice.refresh_from_db()
        if invoice.paid:
            raise Refusal(
                _("Money has already come for this invoice"),
                cure=_("Move the payment to another invoice first"),
                who=Role.ACCOUNTANT.label,
            )
        if invoice.status == Invoice.Status.CANCELLED:
            return invoice
        change(invoice, version, status=Invoice.Status.CANCELLED, cancelled_at=clock.now())
        payload = {"reason_code": reason_code}
        withdraw_sending(invoice, by)
        tell("invoice.cancelled", invoice, by, role, payload=payload)
    return invoice


def move_due(*, by: "User", invoice_id: int, version: int, due_on: date) -> Invoice:
    """The client is to pay by another day, not before that of the invoice; the reminders of 1.13
    move with it."""
    role = require(by, "accountant", "head", "director", act=_("move payment days"))
    invoice = invoice_for(by, invoice_id)
    if invoice.status not in (Invoice.Status.ISSUED, Invoice.Status.SENT):
        raise Refusal(_("Only an issued invoice has a day to pay by"))
    _check_days(invoice.issued_on, due_on)
    with acting(invoice.client_id):
        change(invoice, version, due_on=due_on)
        kind = "invoice.due" if invoice.status == Invoice.Status.SENT else "invoice.due_moved"
        tell(kind, invoice, by, role, key=str(invoice.pk), day=due_on)
    return invoice


def _day_to_pay(invoice: Invoice, sent_on: date) -> date | None:
    due_on, issued_on = invoice.due_on, invoice.issued_on
    if due_on is None or issued_on is None or due_on >= sent_on:
        return due_on
    return sent_on + (due_on - issued_on)


def _check_days(issued_on: date, due_on: date | None) -> None:
    check_day(issued_on, "issued_on")
    check_day(due_on, "due_on")
    if due_on and due_on < issued_on:
        raise BadInput(
            _("The invoice would be due before it is issued"),
            field="due_on",
            cure=_("Choose a day on or after the day of the invoice"),
        )


def _check_wanted(
    client_id: int,
    lines: Sequence[Wanted],
    services: dict[int, Any],
    covers_from: date | None,
    covers_to: date | None,
) -> None:
    if not lines:
        raise BadInput(_("An invoice needs at least one line"), field="lines")
    if any(service.client_id != client_id for service in services.values()):
        raise BadInput(_("The service line belongs to another client"), field="lines")
    if any(wanted.amount <= 0 for wanted in lines):
        raise BadInput(_("The sum must be above zero"), field="amount")
    for wanted in lines:
        fitting(wanted.title, "title", LONGEST_LINE)
    check_day(covers_from, "covers_from")
    check_day(covers_to, "covers_to")
    if covers_from and covers_to and covers_to < covers_from:
        raise BadInput(_("The period ends before it begins"), field="covers_to")
    for service in services.values():
        if service.money_flow == type(service).MoneyFlow.PLATFORM and any(
            wanted.line_id == service.pk and wanted.purpose == InvoiceLine.Purpose.AD_MONEY
            for wanted in lines
        ):
            raise BadInput(
                _("The client pays the platform directly for “%(line)s”") % {"line": service.name},
                field="lines",
                cure=_("Leave only the fee in the invoice"),
            )


def _payer(client_id: int, payer_id: int | None, services: Any) -> LegalEntity | None:
    if payer_id is None:
        return next((service.payer for service in services if service.payer), None)
    payer = LegalEntity.objects.filter(pk=payer_id, client=client_id).first()
    if payer is None:
        raise BadInput(_("This payer belongs to another client"), field="payer")
    return payer
