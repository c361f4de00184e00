"""A person's own request: what is kept of them is handed out, or erased; what was done stays."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import client_for, contact_for, require
from pult.clients.actions.cards import EDITORS
from pult.clients.indexing import index_client
from pult.clients.logic.forgetting import Hide, hiding
from pult.clients.models import Contact, FieldChange, ImportRow, Trait
from pult.clients.personal import COLUMNS
from pult.clients.providers import forget_with
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
    "birthday_presumed": False,
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

    What was done with them stays with the client, and names nobody: notes of talks and what an
    imported file said of the client are rewritten.
    """
    role = require(by, *ERASERS, act=_("erase a person"))
    contact = contact_for(by, contact_id)
    with acting(contact.client_id):
        contact.refresh_from_db()
        if contact.erased_on:
            raise Refusal(_("This person is erased already"))
        _name_no_more(contact)
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


def _name_no_more(contact: Contact) -> None:
    """Blank the person out of other texts, under every name, phone and address they ever had."""
    told: dict[str, set[str]] = {
        name: {getattr(contact, name)} for name in ("name", "phone", "email")
    }
    changes = FieldChange.objects.filter(table="contact", row=contact.pk, field__in=told)
    for field, *texts in changes.values_list("field", "old", "new"):
        told[field].update(texts)
    hide = hiding(names=told["name"], phones=told["phone"], emails=told["email"])
    forget_with(contact.client_id, hide)
    rows = list(ImportRow.objects.filter(client=contact.client_id))
    for row in rows:
        row.plan = _without(row.plan, contact.pk, told["name"], hide)
        row.problems = _hidden(row.problems, hide)
    ImportRow.objects.bulk_update(rows, ["plan", "problems"], batch_size=200)


def _without(plan: dict[str, Any], contact_id: int, names: set[str], hide: Hide) -> dict[str, Any]:
    """What a file said of the client, without the person. Other names stay as they are: what is
    still to be made is made under them."""
    kept = dict(plan)
    for part in ("add", "fill"):
        rows = plan.get(part, {}).get("contacts")
        if rows:
            others = [
                row for row in rows if row.get("id") != contact_id and row.get("name") not in names
            ]
            kept[part] = {**plan[part], "contacts": others}
    return {**kept, "card": _hidden(plan.get("card", {}), hide)}


def _hidden(value: Any, hide: Hide) -> Any:
    """The same JSON with every text in it rewritten."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, dict):
        return {name: _hidden(one, hide) for name, one in value.items()}
    return [_hidden(one, hide) for one in value] if isinstance(value, list) else value


def _forget(rows: Any) -> None:
    rows.filter(erased_at=None).update(old="", new="", erased_at=clock.now())


def _tell(kind: str, contact: Contact, by: "User", role: str) -> None:
    refs = {"client": contact.client_id, "contact": contact.pk}
    record(kind, root_id=contact.client_id, refs=refs, by=by, role=role)
