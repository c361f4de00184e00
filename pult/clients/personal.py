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


WORKS = _("While the person works with us for the client, and three years after")
YEAR = _("While the person works with us for the client")
STAFF = _("Everybody who works on the client")
REGISTER = (
    Personal("name", _("name"), ("name",), _("To know who speaks for the client"), WORKS, STAFF),
    Personal(
        "position",
        _("position"),
        ("position", "decides"),
        _("To know who decides and who signs"),
        WORKS,
        STAFF,
    ),
    Personal("phone", _("phone"), ("phone",), _("To talk about the work"), WORKS, STAFF),
    Personal("email", _("e-mail"), ("email",), _("To write about the work"), WORKS, STAFF),
    Personal(
        "postal_address",
        _("postal address"),
        ("postal_address",),
        _("To send documents and cards"),
        YEAR,
        STAFF,
    ),
    Personal(
        "birthday",
        _("birthday"),
        ("birthday_day", "birthday_month", "birthday_year", "birthday_presumed"),
        _("To congratulate; the year may stay unknown"),
        YEAR,
        STAFF,
    ),
    Personal(
        "traits",
        _("character"),
        (),
        _("To talk as suits the person"),
        YEAR,
        _("The client department; no file, portal or search"),
    ),
)
COLUMNS = tuple(column for one in REGISTER for column in one.columns)
