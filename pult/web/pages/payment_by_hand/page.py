"""What the form of a payment by hand shows and reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse

from pult.clients.models import LegalEntity
from pult.clients.queries import open_rouble_accounts
from pult.integrations.by_hand import TEXTS, Typed, no_account
from pult.kernel.amounts import read_amount
from pult.kernel.errors import PultError
from pult.kernel.words import id_of
from pult.money.queries import settlement_queue
from pult.money.queries.statements import statement_file
from pult.people.queries import business_day
from pult.web.fields import day_of

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class FormPage:
    """The form with what was typed; `accounts` are the agency's, of which one is chosen."""

    values: Mapping[str, Any]
    accounts: tuple[tuple[str, str], ...]
    countries: tuple[tuple[str, Any], ...]
    today: str
    back: str
    problem: PultError | None = None


def carried_over(user: "User", asked: QueryDict) -> dict[str, str]:
    """What could be read of the `line` of a `statement` that was not taken; nothing without one.
    The sum is as the file has it: what is wrong with it is seen beside the rest."""
    if "statement" not in asked:
        return {}
    refused = statement_file(user, id_of(asked["statement"])).summary.get("refused", ())
    rows = (row for row in refused if str(row["line"]) == asked.get("line"))
    return carried(next(rows, {}).get("told", {}))


def carried(told: Mapping[str, str]) -> dict[str, str]:
    """What a row says, with the country its payer's account is kept in."""
    country = _country_of(told.get("account", ""))
    return {**told, "country": country} if country else dict(told)


def _country_of(account: str) -> str:
    """Where an account abroad is kept, by the letters it begins with; empty for one of Russia."""
    letters = account[:2].upper()
    if not letters.isalpha():
        return ""
    known = letters in LegalEntity.Country.values
    return letters if known else LegalEntity.Country.OTHER


def form_page(
    given: QueryDict, back: str, problem: PultError | None, carried: Mapping[str, str]
) -> FormPage:
    """The form with what was typed over what is `carried` from the row that was not taken."""
    accounts = tuple((account, account) for account in open_rouble_accounts())
    if not accounts:
        problem = problem or no_account()
    values = {"day": business_day().isoformat(), **carried, **given.dict()}
    return FormPage(
        values=values,
        accounts=accounts,
        countries=tuple(LegalEntity.Country.choices),
        today=business_day().isoformat(),
        back=back,
        problem=problem,
    )


def typed(given: QueryDict) -> Typed:
    """The form as a payment; raises BadInput at the field that cannot be read."""

    return Typed(
        day=day_of(given, "day"),
        amount=read_amount(given.get("amount", ""), field="amount"),
        country=given.get("country", "") or LegalEntity.Country.RU,
        **{name: given.get(name, "") for name in TEXTS},
    )


def landing(user: "User", file_id: int) -> str:
    """The document when it waits to be settled, else the statement that shows where it went."""
    waiting = settlement_queue(user, file_id=file_id).rows
    if waiting:
        return reverse("settlement_document", args=[waiting[0].id])
    return reverse("statement", args=[file_id])
