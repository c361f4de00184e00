"""A person's own request: what is kept of them is handed out, or erased; what was done stays."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from pult.clients.access import client_and_holders, contact_for, require
from pult.clients.actions.cards import EDITORS
from pult.clients.actions.traits import drop_kept_traits
from pult.clients.indexing import index_client
from pult.clients.logic.forgetting import Hide, hiding
from pult.clients.models import Contact, FieldChange, ImportRow, Merge, Trait
from pult.clients.personal import COLUMNS
from pult.clients.texts import count_texts, hidden, rewrite
from pult.clients.trail import as_text
from pult.kernel import clock
from pult.kernel.errors import NotVisible, Refusal
from pult.kernel.facts import acting, record
from pult.kernel.jobs import enqueue
from pult.kernel.jobs.queue import ALIVE
from pult.kernel.models import Job
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

ERASERS = ("head", "director")
NOBODY = "—"
ERASE = "clients.erased"
MANY = 2000  # texts to read; more of them the worker reads
# A person's column → what `hiding` calls such words.
TOLD = {"name": "names", "phone": "phones", "email": "emails"}
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

    What was done with them stays with the client, and names nobody: their names, phones and
    addresses are blanked out of every text of the client, of the cards merged into it and of what
    an imported file said (`pult.clients.texts`). With many texts the worker does it, and the
    person is not erased (`erased_on`) until it is done.
    """
    role = require(by, *ERASERS, act=_("erase a person"))
    contact = contact_for(by, contact_id)
    check_there(contact)
    cards = cards_of(contact)
    if count_texts(cards) > MANY:
        told = {"contact_id": contact.pk, "by_id": by.pk, "role": role}
        enqueue(ERASE, key=f"{ERASE} {contact.pk}", asked_by=by, **told)
        return contact
    with acting(*cards):
        contact.refresh_from_db()
        check_there(contact)
        hide = hiding(**told_of(contact))
        for _done in rewrite(cards, hide):
            pass
        _finish(contact, cards, hide, by, role)
    return contact


def erase_in_steps(
    *, by: "User", role: str, contact_id: int, said: Callable[[int], None]
) -> Contact:
    """The same a few hundred texts a transaction; `said` is told how many are done.

    The person goes last: a run that was broken off begins again from what is still there.
    """
    contact = Contact.objects.select_related("client").get(pk=contact_id)
    while contact.erased_on is None:
        cards, told = cards_of(contact), told_of(contact)
        hide = hiding(**told)
        for done in rewrite(cards, hide):
            said(done)
        with acting(*cards):
            contact.refresh_from_db()
            if told_of(contact) == told and contact.erased_on is None:
                _finish(contact, cards, hide, by, role)
    return contact


def is_being_erased(contact_id: int) -> bool:
    """Whether the worker is at it."""
    return Job.objects.filter(key=f"{ERASE} {contact_id}", state__in=ALIVE).exists()


def erase_change(*, by: "User", client_id: int, change_id: int) -> None:
    """Erase the words of one change of a person; who changed the field and when stays."""
    role = require(by, *ERASERS, act=_("erase a person"))
    client = client_and_holders(by, client_id, past=True)[0]
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


def cards_of(contact: Contact) -> tuple[int, ...]:
    """The clients whose texts may name this person: theirs, the cards merged into it, and those it
    was parted from, if the person went with them."""
    found = {contact.client_id}
    merges = Merge.objects.filter(Q(kept=contact.client_id) | Q(gone=contact.client_id))
    for merge in merges:
        if merge.undone_at is None or contact.pk in merge.moved.get("contact", ()):
            found |= {merge.kept_id, merge.gone_id}
    return tuple(sorted(found))


def told_of(contact: Contact) -> dict[str, frozenset[str]]:
    """Every name, phone and address they ever had, as `hiding` takes them."""
    told = {column: {getattr(contact, column)} for column in TOLD}
    changes = FieldChange.objects.filter(table="contact", row=contact.pk, field__in=TOLD)
    for column, *texts in changes.values_list("field", "old", "new"):
        told[column].update(texts)
    return {words: frozenset(told[column]) for column, words in TOLD.items()}


def check_there(contact: Contact) -> None:
    """Refuse what is asked of a person who is erased."""
    if contact.erased_on:
        raise Refusal(_("This person is erased already"))


def _finish(contact: Contact, cards: Collection[int], hide: Hide, by: "User", role: str) -> None:
    """The person themselves, last: until then the row says whom to look for."""
    _forget_files(contact, cards, hide)
    contact.refresh_from_db()
    gone = {name: EMPTY.get(name, "") for name in COLUMNS}
    for name, value in {**gone, "phone_key": "", "left": True}.items():
        setattr(contact, name, value)
    contact.erased_on = business_day()
    contact.version += 1
    contact.save()
    Trait.objects.filter(contact=contact).delete()
    drop_kept_traits(cards)
    _forget(FieldChange.objects.filter(table="contact", row=contact.pk))
    _tell("contact.erased", contact, by, role)
    index_client(contact.client)


def _forget_files(contact: Contact, cards: Collection[int], hide: Hide) -> None:
    """What an imported file said of the client names them no more."""
    names = told_of(contact)["names"]
    rows = list(ImportRow.objects.filter(client__in=cards))
    for row in rows:
        row.plan = _without(row.plan, contact.pk, names, hide)
        row.problems = hidden(row.problems, hide)
    ImportRow.objects.bulk_update(rows, ["plan", "problems"], batch_size=200)


def _without(
    plan: dict[str, Any], contact_id: int, names: Collection[str], hide: Hide
) -> dict[str, Any]:
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
    return {**kept, "card": hidden(plan.get("card", {}), hide)}


def _forget(rows: Any) -> None:
    rows.exclude(old="", new="").update(old="", new="", erased_at=clock.now())


def _tell(kind: str, contact: Contact, by: "User", role: str) -> None:
    refs = {"client": contact.client_id, "contact": contact.pk}
    record(kind, root_id=contact.client_id, refs=refs, by=by, role=role)
