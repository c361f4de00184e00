"""Taking a settlement back: payments voided, invoices unpaid again, facts withdrawn."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import Conflict, Refusal
from pult.kernel.facts import acting, void
from pult.money.actions.asking import ask_forecast
from pult.money.actions.matching import record_drafts
from pult.money.actions.settlement import posted_document, settler, tell_not_client
from pult.money.booking import Books, facts_of_payment, state_facts
from pult.money.booking.periods import void_periods
from pult.money.models import Allocation, BankDocument, Payment
from pult.money.queries.payments import client_advance

if TYPE_CHECKING:
    from pult.people.models import User

REASON = "settlement taken back"


def unsettle(*, by: "User", document_id: int) -> None:
    """Take a settlement back, by hand or by matching: payments voided, invoices unpaid again.

    Raises Refusal when money of it has been given back since.
    """
    role = settler(by)
    document = posted_document(document_id)
    clients = sorted(set(document.payments.values_list("client", flat=True)))
    with acting(*clients or (0,)):
        taken = (BankDocument.Match.MATCHED, BankDocument.Match.SETTLED)
        done = (*taken, BankDocument.Match.NOT_CLIENT)
        rows = BankDocument.objects.filter(pk=document.pk, match__in=done)
        was_nobodys = rows.filter(match=BankDocument.Match.NOT_CLIENT).exists()
        if not rows.update(
            match=BankDocument.Match.UNSETTLED, settled_by=by, settled_at=clock.now()
        ):
            raise Conflict(_("This document is not settled"))
        if was_nobodys:
            tell_not_client(document.pk, "off", by, role)
        payments = list(document.payments.filter(voided_at=None))
        if not {payment.client_id for payment in payments} <= set(clients):
            raise Conflict(
                _("Somebody settled this document meanwhile"), cure=_("Open it and look again")
            )
        lines = _unbook(payments, by, role)
    ask_forecast(lines)


def _unbook(payments: list[Payment], by: "User", role: str) -> set[int]:
    """Void payments inside the action; returns the service lines whose money changed."""
    shares = list(
        Allocation.objects.filter(payment__in=payments, reversed_at=None).select_related(
            "invoice_line", "payment"
        )
    )
    books = Books.read({share.invoice_line.invoice_id for share in shares})
    for share in shares:
        row = share.invoice_line
        sign = 1 if share.payment.kind == Payment.Kind.RETURN else -1
        books.add(row, sign * share.amount)
    if any(paid < 0 for paid in books.paid.values()):
        raise Refusal(
            _("Money of this payment has been given back since"),
            cure=_("Take the return back first"),
        )
    for payment in payments:
        for fact in facts_of_payment(payment):
            void(fact, by=by, reason=REASON)
    void_periods(books, by)
    Allocation.objects.filter(pk__in=[share.pk for share in shares]).update(reversed_at=clock.now())
    Payment.objects.filter(pk__in=[payment.pk for payment in payments]).update(
        voided_at=clock.now()
    )
    for client_id in {payment.client_id for payment in payments}:
        if client_advance(client_id) < 0:
            raise Refusal(
                _("The client's advance has been spent or given back since"),
                cure=_("Take that back first"),
            )
    books.write()
    record_drafts(state_facts(books, by.pk, role))
    return {share.invoice_line.line_id for share in shares}
