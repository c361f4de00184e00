"""A person's own request: what is kept of them is handed out, or erased; what was done stays."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import client_for, contact_for, require
from pult.clients.actions.cards import EDITORS
from pult.clients.indexing import index_client
from pult.clients.models import Contact, FieldChange, Trait
from pult.clients.personal import COLUMNS
from pult.clients.trail import as_text
from pult.kernel import clock
from pult.kernel.errors import NotVisible, Refusal
from pult.kernel.facts import acting, record
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

ERASERS = ("head", "director")
NOBODY = "—"
EMPTY = {
    "name": NOBODY,
    "decides": False,
    "birthday_day": None,
    "birthday_month": None,
    "birthday_year": None,
}


def export_contact(*, by: "User", contact_id: int) -> dict[str, Any]:
    """What is kept of a person, for the person alone; that it was handed out is noted.

    Their character is left out: it goes into no file.
    """
    role = require(by, *EDITORS, act=_("hand out what is kept of a person"))
    contact = contact_for(by, contact_id)
    with acting(contact.client_id):
        _tell("contact.exported", contact, by, role)
    changes = FieldChange.objects.filter(table="contact", row=contact.pk).order_by("pk")
    return {
        "client": contact.client.name,
        "person": {name: as_text(getattr(contact, name)) for name in COLUMNS},
        "changes": [
            {"field": one.field, "old": one.old, "new": one.new, "at": one.at.isoformat()}
            for one in changes
        ],
    }


def erase_contact(*, by: "User", contact_id: int) -> Contact:
    """Erase a person: their fields, character and the words of their history, for good.

    What was done with them stays with the client, and names nobody.
    """
    role = require(by, *ERASERS, act=_("erase a person"))
    contact = contact_for(by, contact_id)
    with acting(contact.client_id):
        contact.refresh_from_db()
        if contact.erased_on:
            raise Refusal(_("This person is erased already"))
        gone = {name: EMPTY.get(name, "") for name in COLUMNS}
        for name, value in {**gone, "phone_key": "", "left": True}.items():
            setattr(contact, name, value)
        contact.erased_on = business_day()
        contact.version += 1
        contact.save()
        Trait.objects.filter(contact=contact).delete()
        _forget(FieldChange.objects.filter(table="contact", row=contact.pk))
        _tell("contact.erased", contact, by, role)
        index_client(contact.client)
    return contact


def erase_change(*, by: "User", client_id: int, change_id: int) -> None:
    """Erase the words of one change of a person; who changed the field and when stays."""
    role = require(by, *ERASERS, act=_("erase a person"))
    client = client_for(by, client_id)
    rows = FieldChange.objects.filter(pk=change_id, client=client, table="contact")
    with acting(client.pk):
        row = rows.first()
        if row is None:
            raise NotVisible(_("There is no such change"))
        _forget(rows)
        refs = {"client": client.pk, "contact": row.row}
        payload = {"fields": [row.field]}
        record(
            "contact.change_erased",
            root_id=client.pk,
            refs=refs,
            by=by,
            role=role,
            payload=payload,
        )


def _forget(rows: Any) -> None:
    rows.filter(erased_at=None).update(old="", new="", erased_at=clock.now())


def _tell(kind: str, contact: Contact, by: "User", role: str) -> None:
    refs = {"client": contact.client_id, "contact": contact.pk}
    record(kind, root_id=contact.client_id, refs=refs, by=by, role=role)
