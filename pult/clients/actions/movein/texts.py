"""What is said about a row that was left out: the reason and the cure, in the reader's language."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

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
        _("The row does not say whose it is"),
        _("Write the client's name"),
    ),
    "am_unknown": (
        _("No account manager is called “%(value)s”"),
        _(
            "Write one of them: %(hint)s. Or invite the person on the page “People”, or leave the "
            "cell empty"
        ),
    ),
    "am_nobody": (
        _("No account manager is called “%(value)s”: there is none in Pult yet"),
        _("Invite the person on the page “People”, or leave the cell empty"),
    ),
    "am_many": (
        _("Several account managers may be “%(value)s”: %(hint)s"),
        _("Write the full name or the e-mail"),
    ),
    "too_long": (_("The text is too long"), _("Shorten it")),
    "date": (_("“%(value)s” is no date"), _("Write it as 05.03.2026")),
    "far_day": (_("The day “%(value)s” is too far away"), "%(hint)s"),
    "ends_before_it_starts": (
        _("The period ends before it begins"),
        _("Check both dates"),
    ),
    "amount": (
        _("“%(value)s” is no sum"),
        _("Write it as 15000.50, without other words"),
    ),
    "negative": (_("The sum is below zero"), _("Remove the minus")),
    "birthday": (
        _("There is no such day of the year"),
        _("Write it as 05.03"),
    ),
    "yes_no": (_("“%(value)s” is neither yes nor no"), _("Write yes or no")),
    "phone": (
        _("“%(value)s” is no phone number"),
        _("For example +7 495 100-00-00"),
    ),
    "email": (
        _("“%(value)s” is no e-mail address"),
        _("For example name@site.ru"),
    ),
    "site": (
        _("“%(value)s” is no address of a site"),
        _("For example site.ru"),
    ),
    "status": (_("There is no status “%(value)s”"), _("Known: %(hint)s")),
    "tool": (_("There is no tool “%(value)s”"), _("Known: %(hint)s")),
    "money_flow": (
        _("Who pays the platform: “%(value)s”?"),
        _("Known: %(hint)s"),
    ),
    "inn": (_("The tax number “%(value)s” cannot be right"), "%(hint)s"),
    "kpp": (_("The registration code “%(value)s” cannot be right"), "%(hint)s"),
    "ogrn": (_("The state number “%(value)s” cannot be right"), "%(hint)s"),
    "bik": (_("The bank code “%(value)s” cannot be right"), "%(hint)s"),
    "feed_taken": (
        _("“%(value)s” feeds a line of %(hint)s already"),
        _("Correct the number or the login, or take it off that line first"),
    ),
    "account": (_("The account does not belong to this bank"), "%(hint)s"),
}


def explain(problem: RowProblem) -> RowError:
    """A problem of a row in words."""
    message, cure = TEXTS[problem.code]
    given = {"value": problem.value, "hint": problem.hint}
    return RowError(
        line=problem.line,
        field=problem.field,
        column=problem.column,
        message=str(message) % given,
        cure=str(cure) % given,
    )
