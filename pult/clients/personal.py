"""What is kept of a person on the client's side: what for, how long, and who sees it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Personal:
    """A field of a person; `columns` are those of the contact it stands in."""

    code: str
    label: Any
    columns: tuple[str, ...]
    purpose: Any
    retention: Any
    audience: Any


# No job erases by itself: a term that nobody keeps would be no term.
KEPT = _("Until the head erases it: when the person asks for it or no longer works with us")
STAFF = _("Everybody who works on the client")
REGISTER = (
    Personal("name", _("name"), ("name",), _("To know who speaks for the client"), KEPT, STAFF),
    Personal(
        "position",
        _("position"),
        ("position", "decides"),
        _("To know who decides and who signs"),
        KEPT,
        STAFF,
    ),
    Personal("phone", _("phone"), ("phone",), _("To talk about the work"), KEPT, STAFF),
    Personal("email", _("e-mail"), ("email",), _("To write about the work"), KEPT, STAFF),
    Personal(
        "postal_address",
        _("postal address"),
        ("postal_address",),
        _("To send documents and cards"),
        KEPT,
        STAFF,
    ),
    Personal(
        "birthday",
        _("birthday"),
        ("birthday_day", "birthday_month", "birthday_year", "birthday_presumed"),
        _("To congratulate; the year may stay unknown"),
        KEPT,
        STAFF,
    ),
    Personal(
        "traits",
        _("character"),
        (),
        _("To talk as suits the person"),
        KEPT,
        _("The client department; no file, portal or search"),
    ),
)
COLUMNS = tuple(column for one in REGISTER for column in one.columns)
