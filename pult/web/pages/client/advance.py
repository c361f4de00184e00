"""The accountant puts what a payment left as an advance on a later invoice of the client."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pult.kernel.access import access
from pult.kernel.errors import NotVisible
from pult.money.actions.settlement import SETTLERS, allocate_advance
from pult.money.booking import Share
from pult.money.queries import InvoiceItem, PaymentItem, client_invoices, payment_of
from pult.ui.formats import money
from pult.web.pages.client.asking import answer_form, tab_address
from pult.web.pages.client.edit_card import FORM
from pult.web.pages.client.fields import Roubles

GIVEN_OUT = ("issued", "sent")


class AdvanceForm(forms.Form):
    invoice = forms.ChoiceField(label=gettext_lazy("Invoice"))
    amount = Roubles(label=gettext_lazy("Sum"), required=True)

    def __init__(self, *args: Any, waiting: list[InvoiceItem], **looks: Any) -> None:
        super().__init__(*args, **looks)
        self.fields["invoice"].choices = [
            (str(row.id), f"№ {row.number}: {money(row.left, exact=True)}") for row in waiting
        ]


@access(*SETTLERS)
@FORM
def advance(request: HttpRequest, client_id: int, payment_id: int) -> HttpResponse:
    """What the payment has left, or a part of it, pays one of the client's invoices."""
    payment = payment_of(request.user, client_id, payment_id)
    if payment is None or payment.advance <= 0:
        raise NotVisible(_("There is no such payment"))
    waiting = [
        row
        for row in client_invoices(request.user, client_id)
        if row.left and row.status in GIVEN_OUT
    ]
    proposed = min([payment.advance, *(row.left for row in waiting[:1])])
    return answer_form(
        request,
        AdvanceForm(request.POST or None, waiting=waiting, initial={"amount": proposed}),
        lambda data: allocate_advance(
            by=request.user,
            payment_id=payment.id,
            shares=[Share(invoice_id=int(data["invoice"]), amount=data["amount"])],
        ),
        title=_("Put the advance on an invoice"),
        note=_note(payment, bool(waiting)),
        client_id=client_id,
        back=tab_address("client_money", client_id),
        tab="client_money",
    )


def _note(payment: PaymentItem, has_waiting: bool) -> str:
    if not has_waiting:
        return _("No issued invoice of this client waits for money.")
    return _("The payment has %(left)s that no invoice holds.") % {
        "left": money(payment.advance, exact=True)
    }
