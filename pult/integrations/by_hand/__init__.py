"""A payment typed by hand, for the row of a statement that could not be read.

It goes the way of a statement with one document: what is known already is not counted twice, and
matching looks for its invoice. Named as in the bank (number, account of the payer), it is the same
document when a later file brings it; without one of them its payer tells it from others like it.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.checks import check_requisites
from pult.clients.models import LegalEntity
from pult.clients.queries import open_rouble_accounts
from pult.integrations.statement.model import BankDocument, Party, Statement
from pult.kernel.errors import BadInput, Conflict
from pult.kernel.texts import fitting
from pult.kernel.words import is_plain, line_of
from pult.money.actions.statements import import_statement
from pult.money.queries.by_hand import instead_of
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

FORMAT = "by_hand"
KIND = "Платежное поручение"
# Letters each of them has at most, as `pult.money.models.BankDocument` keeps them.
TEXTS = {"own_account": 34, "payer": 255, "purpose": 1000, "inn": 20, "account": 40, "number": 40}
# Nobody is asked for money older than that (Civil Code, article 196): a slip of the keyboard.
DAYS_BACK = 3 * 366
_ACCOUNT = re.compile(r"[0-9]{20}|[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")


@dataclass(frozen=True, kw_only=True)
class Typed:
    """Client money that came on `day`: `amount` in kopecks, to `own_account` of the agency.

    `inn` is the tax number of the payer's `country`: УНП in Belarus, БИН or ИИН in Kazakhstan.
    """

    day: date
    amount: int
    own_account: str
    payer: str
    purpose: str
    inn: str = ""
    account: str = ""
    number: str = ""
    country: str = LegalEntity.Country.RU


def enter_payment(*, by: "User", payment: Typed, statement_id: int = 0, line: str = "") -> int:
    """Take the payment in; returns the id of the statement file that holds it alone. `line` is the
    row of the statement that it stands for, `statement_id` the statement it is missing from.

    Raises BadInput for what cannot be a payment, Conflict when Pult has this document already.
    """
    payment = _tidy(payment)
    _check(payment)
    document = BankDocument(
        line=1,
        kind=KIND,
        number=payment.number,
        date=payment.day,
        amount=payment.amount,
        payer=Party(payment.payer, payment.inn, account=payment.account),
        payee=Party(account=payment.own_account),
        purpose=payment.purpose,
        credited_on=payment.day,
        bank_ref=_stand_in(payment),
    )
    place = (statement_id, line, payment.own_account, payment.amount)
    told = import_statement(
        by=by,
        statement=Statement(format=FORMAT, documents=[document]),
        name=_("A payment by hand: %(payer)s") % {"payer": payment.payer},
        sha256=hashlib.sha256(repr(payment).encode()).hexdigest(),
        about=instead_of(*place) if statement_id else None,
    )
    if told.file_id is None:
        raise Conflict(
            _("Pult has this payment already"), cure=_("Look for it among the settled documents")
        )
    return told.file_id


def no_account() -> BadInput:
    """The agency has no account that money could have come to."""
    return BadInput(
        _("The agency has no open rouble account yet"),
        field="own_account",
        cure=_("Add it on the page “Agency” first"),
    )


def _stand_in(payment: Typed) -> str:
    """Who paid, where the bank's own names of the document were not typed: two payers may pay the
    same on one day."""
    if payment.number and payment.account:
        return ""
    return f"{payment.payer.casefold()}\x1e{payment.inn}"


def _tidy(payment: Typed) -> Typed:
    """One line each; BadInput for one too long, or a number, ИНН or account that is none."""
    texts = {name: line_of(getattr(payment, name)) for name in TEXTS}
    for name, most in TEXTS.items():
        fitting(texts[name], name, most)
    if not is_plain(texts["number"]) or (payment.number.strip() and not texts["number"]):
        raise BadInput(
            _("This cannot be the number of a document"),
            field="number",
            cure=_("Write it in plain letters and digits, as in the bank"),
        )
    texts |= _tax_number(texts["inn"], payment.country)
    texts["account"] = texts["account"].replace(" ", "").upper()
    if texts["account"] and not _ACCOUNT.fullmatch(texts["account"]):
        raise BadInput(
            _("This cannot be an account"),
            field="account",
            cure=_("An account has 20 digits; one abroad begins with the letters of its country"),
        )
    return replace(payment, **texts)


def _tax_number(number: str, country: str) -> dict[str, str]:
    if country not in LegalEntity.Country.values:
        raise BadInput(_("Choose a country that is offered"), field="country")
    if not is_plain(number):
        raise BadInput(_("A tax number is plain letters and digits"), field="inn")
    return check_requisites({"inn": number}, country)


def _check(payment: Typed) -> None:
    accounts = open_rouble_accounts()
    if not accounts:
        raise no_account()
    for field, value in (
        ("own_account", payment.own_account),
        ("payer", payment.payer),
        ("purpose", payment.purpose),
    ):
        if not value:
            raise BadInput(_("This cannot be left empty"), field=field)
    if payment.own_account not in accounts:
        raise BadInput(
            _("This is not an open rouble account of the agency"),
            field="own_account",
            cure=_("Choose one, or add it on the page “Agency” first"),
        )
    if payment.amount <= 0:
        raise BadInput(_("The sum must be above zero"), field="amount")
    today = business_day()
    cure = _("Write the day the money came")
    if payment.day > today:
        raise BadInput(_("This day is still ahead"), field="day", cure=cure)
    if payment.day < today - timedelta(days=DAYS_BACK):
        raise BadInput(_("This day is more than three years ago"), field="day", cure=cure)
