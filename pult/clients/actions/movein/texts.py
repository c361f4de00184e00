"""What is said about a row that was left out: the reason and the cure, in the reader's language."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from pult.clients.logic.movein import RowProblem


@dataclass(frozen=True)
class RowError:
    """A row left out: its line in the file, the field, the column's title, what and the cure."""

    line: int
    field: str
    column: str
    message: str
    cure: str


# Code → (what is wrong, what to do); `hint` and `value` come from the row.
TEXTS: dict[str, tuple[Any, Any]] = {
    "no_client": (
        gettext_noop("The row does not say whose it is"),
        gettext_noop("Write the client's name"),
    ),
    "am_unknown": (
        gettext_noop("No account manager is called “%(value)s”"),
        gettext_noop("Invite the person first, or leave the cell empty"),
    ),
    "am_many": (
        gettext_noop("Several account managers may be “%(value)s”: %(hint)s"),
        gettext_noop("Write the full name or the e-mail"),
    ),
    "too_long": (gettext_noop("The text is too long"), gettext_noop("Shorten it")),
    "date": (gettext_noop("“%(value)s” is no date"), gettext_noop("Write it as 05.03.2026")),
    "ends_before_it_starts": (
        gettext_noop("The period ends before it begins"),
        gettext_noop("Check both dates"),
    ),
    "amount": (
        gettext_noop("“%(value)s” is no sum"),
        gettext_noop("Write it as 15000.50, without other words"),
    ),
    "negative": (gettext_noop("The sum is below zero"), gettext_noop("Remove the minus")),
    "birthday": (
        gettext_noop("There is no such day of the year"),
        gettext_noop("Write it as 05.03"),
    ),
    "yes_no": (gettext_noop("“%(value)s” is neither yes nor no"), gettext_noop("Write yes or no")),
    "phone": (
        gettext_noop("“%(value)s” is no phone number"),
        gettext_noop("For example +7 495 100-00-00"),
    ),
    "email": (
        gettext_noop("“%(value)s” is no e-mail address"),
        gettext_noop("For example name@site.ru"),
    ),
    "site": (
        gettext_noop("“%(value)s” is no address of a site"),
        gettext_noop("For example site.ru"),
    ),
    "status": (gettext_noop("There is no status “%(value)s”"), gettext_noop("Known: %(hint)s")),
    "tool": (gettext_noop("There is no tool “%(value)s”"), gettext_noop("Known: %(hint)s")),
    "money_flow": (
        gettext_noop("Who pays the platform: “%(value)s”?"),
        gettext_noop("Known: %(hint)s"),
    ),
    "inn": (gettext_noop("The tax number “%(value)s” cannot be right"), "%(hint)s"),
    "kpp": (gettext_noop("The registration code “%(value)s” cannot be right"), "%(hint)s"),
    "ogrn": (gettext_noop("The state number “%(value)s” cannot be right"), "%(hint)s"),
    "bik": (gettext_noop("The bank code “%(value)s” cannot be right"), "%(hint)s"),
    "account": (gettext_noop("The account does not belong to this bank"), "%(hint)s"),
}


def explain(problem: RowProblem) -> RowError:
    """A problem of a row in words."""
    message, cure = TEXTS[problem.code]
    given = {"value": problem.value, "hint": problem.hint}
    return RowError(
        line=problem.line,
        field=problem.field,
        column=problem.column,
        message=_(message) % given,
        cure=_(cure) % given,
    )
