"""People on the client's side."""

from calendar import isleap
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import client_for, contact_for, require
from pult.clients.actions.cards import CREATORS, edited
from pult.clients.edits import change, check, only
from pult.clients.logic.people import checked_birthday, email_key, phone_key, phone_problem
from pult.clients.models import Brand, Client, Contact
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

OLDEST = 1900
EDITABLE = frozenset(
    [
        "name",
        "position",
        "phone",
        "email",
        "postal_address",
        "decides",
        "brand",
        "birthday_day",
        "birthday_month",
        "birthday_year",
        "birthday_presumed",
        "left",
    ]
)


def add_contact(*, by: "User", client_id: int, name: str, **fields: Any) -> Contact:
    """Add a person; `fields` are columns of `EDITABLE`. A year of birth may stay unknown, or be
    marked as presumed (2.16)."""
    role = require(by, *CREATORS, act=_("edit contacts"))
    client = client_for(by, client_id)
    with acting(client.pk):
        contact = Contact(client=client, **_checked({**fields, "name": name}, client))
        check(contact)
        contact.save(force_insert=True)
        edited(client, by, role, ["contacts"])
    return contact


def edit_contact(*, by: "User", contact_id: int, version: int, **changes: Any) -> Contact:
    """Change a person's columns; raises Conflict when someone else was first."""
    role = require(by, *CREATORS, act=_("edit contacts"))
    contact = contact_for(by, contact_id)
    with acting(contact.client_id):
        if contact.erased_on:
            raise Refusal(_("This person is erased already"), cure=_("Add a new person"))
        if changes.get("phone") == contact.phone:  # what was kept before it was checked so stays
            changes.pop("phone")
        if change(contact, version, _checked(changes, contact.client), by):
            edited(contact.client, by, role, ["contacts"])
    return contact


def _checked(changes: dict[str, Any], client: Client) -> dict[str, Any]:
    changes = dict(only(changes, EDITABLE))
    if phone := changes.get("phone"):
        _check_phone(phone)
        changes["phone_key"] = phone_key(phone)
    elif "phone" in changes:
        changes["phone_key"] = ""
    if changes.get("email"):
        changes["email"] = email_key(changes["email"])
        if not changes["email"]:
            raise BadInput(
                _("This is not an e-mail address"),
                field="email",
                cure=_("For example name@site.ru"),
            )
    brand: Brand | None = changes.get("brand")
    if brand and brand.client_id != client.pk:
        raise BadInput(_("This brand belongs to another client"), field="brand")
    _check_birthday(changes)
    return changes


def _check_phone(phone: str) -> None:
    problem = phone_problem(phone)
    if not phone_key(phone) or problem:
        raise BadInput(
            _("A number of +7 has eleven digits")
            if problem == "russian"
            else _("This is not a phone number"),
            field="phone",
            cure=_("For example +7 495 100-00-00"),
        )


def _check_birthday(changes: dict[str, Any]) -> None:
    day, month = changes.get("birthday_day"), changes.get("birthday_month")
    if (day or month) and not (day and month and checked_birthday(day, month)):
        raise BadInput(
            _("There is no such day of the year"), field="birthday", cure=_("For example 5 March")
        )
    if "birthday_year" not in changes:
        return
    year = changes["birthday_year"]
    if not year:
        changes["birthday_presumed"] = False
    elif not (OLDEST <= year <= business_day().year):
        raise BadInput(_("This year cannot be right"), field="birthday_year")
    elif not day or (day == 29 and month == 2 and not isleap(year)):
        raise BadInput(
            _("There was no such day in that year"),
            field="birthday_year",
            cure=_("Leave the year empty when it is unknown"),
        )
