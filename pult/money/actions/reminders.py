"""Reminders of payments: what the manager did is noted, Pult sends nothing by itself (1.13)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record
from pult.money.access import invoice_for
from pult.money.letters import check_reminding

if TYPE_CHECKING:
    from pult.people.models import User


def remind_of_payments(*, by: "User", invoice_ids: Sequence[int], channel: str) -> None:
    """One call or letter reminded the client of all these invoices: each has its reminder."""
    if not invoice_ids:
        raise BadInput(_("Choose the invoices you reminded of"), field="invoice")
    clients = {invoice_for(by, invoice_id).client_id for invoice_id in invoice_ids}
    with acting(*sorted(clients)):
        for invoice_id in invoice_ids:
            remind_of_payment(by=by, invoice_id=invoice_id, channel=channel)


def remind_of_payment(*, by: "User", invoice_id: int, channel: str) -> None:
    """The client was reminded: the honest next step of 1.13."""
    role = require(by, "am", "head", "accountant", "director", act=_("remind of payments"))
    invoice = invoice_for(by, invoice_id)
    check_reminding(invoice)
    with acting(invoice.client_id):
        record(
            "pay.reminded",
            root_id=invoice.client_id,
            refs={"client": invoice.client_id, "invoice": invoice.pk},
            by=by,
            role=role,
            payload={"channel": channel},
        )
