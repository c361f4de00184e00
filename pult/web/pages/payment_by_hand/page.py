"""What the form of a payment by hand shows and reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse

from pult.clients.models import LegalEntity
from pult.clients.queries import open_rouble_accounts
from pult.integrations.by_hand import TEXTS, Typed, no_account
from pult.kernel.amounts import read_amount
from pult.kernel.errors import BadInput, PultError
from pult.kernel.words import id_of
from pult.money.queries import settlement_queue
from pult.money.queries.by_hand import EnteredRow, entered_rows
from pult.money.queries.statements import statement_file
from pult.people.queries import business_day
from pult.web.answers import attempt
from pult.web.fields import day_of

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class FormPage:
    """The form with what was typed and what is wrong with it by field; `accounts` are the
    agency's, of which one is chosen; `entered` stands for the same row already."""

    values: Mapping[str, Any]
    errors: Mapping[str, str]
    accounts: tuple[tuple[str, str], ...]
    countries: tuple[tuple[str, Any], ...]
    today: str
    back: str
    entered: EnteredRow | None = None
    problem: PultError | None = None


@dataclass(frozen=True)
class Source:
    """The statement a payment is missing from and its row there that was not taken, 0 and empty
    for neither; `told` is what could be read of the row."""

    statement_id: int = 0
    line: str = ""
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the rows of the statement that were not taken are; the queue without one."""
        if not self.statement_id:
            return reverse("settlement")
        return f"{reverse('statement', args=[self.statement_id])}#refused"

    @property
    def entered(self) -> EnteredRow | None:
        """The payment that stands for the row already, the newest of several."""
        if not self.line:
            return None
        rows = (row for row in entered_rows(self.statement_id) if row.line == self.line)
        return max(rows, key=lambda row: row.document_id, default=None)


def source_of(user: "User", asked: QueryDict) -> Source:
    """The `line` of a `statement` that was not taken. The sum is as the file has it: what is wrong
    with it is seen beside the rest."""
    if "statement" not in asked:
        return Source()
    file = statement_file(user, id_of(asked["statement"]))
    for row in file.summary.get("refused", ()):
        if str(row["line"]) == asked.get("line"):
            return Source(file.id, str(row["line"]), carried(row.get("told", {})))
    return Source(file.id)


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


def form_page(given: QueryDict, source: Source, problem: PultError | None) -> FormPage:
    """The form with what was typed over what is known of the row that was not taken."""
    accounts = tuple((account, account) for account in open_rouble_accounts())
    if not accounts:
        problem = problem or no_account()
    values = {"day": business_day().isoformat(), **source.told, **given.dict()}
    return FormPage(
        values=values,
        errors=_errors(given, source, problem),
        accounts=accounts,
        countries=tuple(LegalEntity.Country.choices),
        today=business_day().isoformat(),
        back=source.address,
        entered=source.entered,
        problem=problem,
    )


def _errors(given: QueryDict, source: Source, problem: PultError | None) -> dict[str, str]:
    """What is wrong, by field: with what was typed, or with the sum a row brought along."""
    if isinstance(problem, BadInput):
        return {problem.field: str(problem.message)}
    if not given and source.told.get("amount"):
        unreadable = attempt(lambda: read_amount(source.told["amount"]))
        return {"amount": str(unreadable.message)} if unreadable else {}
    return {}


def typed(given: QueryDict) -> Typed:
    """The form as a payment; raises BadInput at the field that cannot be read."""

    return Typed(
        day=day_of(given, "day"),
        amount=read_amount(given.get("amount", ""), field="amount"),
        country=given.get("country", "") or LegalEntity.Country.RU,
        **{name: given.get(name, "") for name in TEXTS},
    )


def landing(user: "User", file_id: int, source: Source) -> str:
    """The document when it waits to be settled, else the statement whose row it stands for, or the
    one that shows where it went."""
    waiting = settlement_queue(user, file_id=file_id).rows
    if waiting:
        return reverse("settlement_document", args=[waiting[0].id])
    return source.address if source.line else reverse("statement", args=[file_id])
