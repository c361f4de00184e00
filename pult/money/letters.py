"""Letters about money: drafted here, edited and sent by a person. Pult sends nothing by itself."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from pult.clients.models import OwnAccount
from pult.kernel.errors import Refusal
from pult.kernel.money import format_money
from pult.money.access import invoice_for
from pult.money.models import Invoice
from pult.ui.formats import short_day

if TYPE_CHECKING:
    from pult.people.models import User

LANGUAGES = ("ru", "en")


@dataclass(frozen=True)
class Letter:
    """A draft in the client's language."""

    subject: str
    text: str
    language: str


def reminder_letter(user: "User", invoice_id: int, language: str = "ru") -> Letter:
    """A polite reminder of an invoice the client has: its number, the sum, the day to pay by, the
    account to pay to. Raises Refusal for an invoice there is nothing to remind of."""
    invoice = invoice_for(user, invoice_id)
    check_reminding(invoice)
    language = language if language in LANGUAGES else LANGUAGES[0]
    with override(language):
        words = _words(invoice, language) | {"name": user.full_name}
        due = _("It was to be paid by %(due)s.") % words if invoice.due_on else ""
        subject = _("Invoice %(number)s of %(day)s: a reminder of the payment") % words
        text = _(
            "Good day!\n\n"
            "We remind you of invoice %(number)s of %(day)s; %(left)s is left to pay. %(due)s\n\n"
            "Pay to: %(account)s. Please name the number of the invoice in the purpose.\n\n"
            "If you have paid already, let us know the day: we will find the payment.\n\n"
            "With respect,\n%(name)s"
        ) % {**words, "due": due}
        return Letter(subject, text.replace(" \n", "\n"), language)


def check_reminding(invoice: Invoice) -> None:
    """Raise Refusal unless the client has this invoice and owes something of it."""
    if invoice.status == Invoice.Status.ISSUED:
        raise Refusal(
            _("The client has not got this invoice yet"), cure=_("Send it first, then remind")
        )
    if invoice.status != Invoice.Status.SENT or invoice.paid >= invoice.total:
        raise Refusal(_("There is nothing to remind the client of"))


def _words(invoice: Invoice, language: str) -> dict[str, str]:
    return {
        "number": invoice.number,
        "day": short_day(invoice.issued_on),
        "due": short_day(invoice.due_on) if invoice.due_on else "",
        "left": format_money(invoice.total - invoice.paid, language=language),
        "account": _account(invoice),
    }


def _account(invoice: Invoice) -> str:
    entity = invoice.own_entity
    if entity is None:
        return _("the account named in the invoice")
    account = OwnAccount.objects.filter(entity=entity, closed=False).order_by("pk").first()
    parts = [entity.name, _("ИНН %(inn)s") % {"inn": entity.inn} if entity.inn else ""]
    if account:
        parts.append(_("account %(account)s") % {"account": account.account})
        parts.append(_("%(bank)s, БИК %(bik)s") % {"bank": account.bank, "bik": account.bik})
    return ", ".join(filter(None, parts))
