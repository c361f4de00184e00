"""The number of an invoice corrected: of two no payer could tell apart, one gets its own."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting
from pult.money.access import invoice_for
from pult.money.actions.paper import change, keep_paper_number, tell
from pult.money.issuers import ISSUERS
from pult.money.models import Invoice
from pult.money.numbering import next_number, ordinal_of, typed_number

if TYPE_CHECKING:
    from pult.people.models import User

GIVEN = (Invoice.Status.ISSUED, Invoice.Status.SENT)


def correct_number(*, by: "User", invoice_id: int, version: int, number: str = "") -> Invoice:
    """Give an issued invoice another number, the next one by default; the old one stays in the
    history, and that of a paper the client has still matches its payments. Raises BadInput
    for a number that is taken, its own or cannot be one."""
    role = require(by, *ISSUERS, act=_("correct the numbers of invoices"))
    invoice = invoice_for(by, invoice_id)
    with acting(invoice.client_id, 0):
        invoice.refresh_from_db()
        entity, year = invoice.own_entity, invoice.year
        if invoice.status not in GIVEN or entity is None or year is None:
            raise Refusal(
                _("Only an issued invoice has a number to correct"),
                cure=_("Issue it: it gets a number of its own"),
            )
        before = invoice.number
        if number.strip():
            number = typed_number(number, entity, year, invoice.pk)
        else:
            number = next_number(entity, year)
        if number == before:
            raise BadInput(
                _("The invoice has this number already"),
                field="number",
                cure=_("Leave the number empty to take the next one"),
            )
        change(invoice, version, number=number, ordinal=ordinal_of(number))
        keep_paper_number(invoice, before)
        payload = {"before": before, "number": number}
        tell("invoice.renumbered", invoice, by, role, payload=payload)
    return invoice
