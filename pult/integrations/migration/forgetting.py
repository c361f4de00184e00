"""A person of a client is erased: what came from a former system names them no more either.

Records that wait to be brought in belong to nobody here yet. Those of the client are found by what
they point to, by its names and numbers, and by the phones and addresses of its people.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from pult.clients.logic.forgetting import NOBODY
from pult.clients.logic.people import email_key, phone_key
from pult.clients.models import Client, Contact, LegalEntity
from pult.clients.texts import Texts, through
from pult.integrations.migration.marks import ERASED, erased_id
from pult.integrations.migration.models import Batch, Difference, FormerNote, Item
from pult.integrations.migration.shape import ORDER
from pult.integrations.migration.tables import key_of

OF_CLIENT = through("client")
Key = tuple[int, str, str]  # source, kind, id there


def _of_clients(client_ids: Collection[int]) -> Q:
    return Q(pk__in=_waiting(client_ids)) | Q(client_id__in=client_ids)


def _batches(client_ids: Collection[int]) -> Q:
    return Q(pk__in=Item.objects.filter(_of_clients(client_ids)).values("batch"))


def _waiting(client_ids: Collection[int]) -> list[int]:
    """Records of these clients among those that are not brought in."""
    tied = Item.objects.filter(client_id__in=client_ids)
    known: set[Key] = set(tied.values_list("source", "kind", "external_id"))
    rows = Item.objects.filter(client_id=0).exclude(data={})
    if not rows.exists():
        return []
    names, numbers = _firms(client_ids)
    people = _reached(client_ids)
    found: set[int] = set()
    for kind in (*ORDER, *ORDER):  # twice: a person's firm may be known by a deal alone
        for item in rows.filter(kind=kind):
            data = item.data
            is_theirs = (
                any((item.source_id, *link) in known for link in _links(data))
                or any(pk in names for one, pk in _links(data) if one == "company")
                or (kind == "company" and _is_firm(data, names, numbers))
                or (kind in ("company", "contact") and bool(_reach(data) & people))
            )
            if is_theirs:
                known.add((item.source_id, kind, item.external_id))
                found.add(item.pk)
    return sorted(found)


def _firms(client_ids: Collection[int]) -> tuple[set[str], set[str]]:
    """Names of the clients as exports know them by, and their tax numbers."""
    entities = list(LegalEntity.objects.filter(client__in=client_ids).values_list("name", "inn"))
    names = list(Client.objects.filter(pk__in=client_ids).values_list("name", flat=True))
    names += [name for name, _inn in entities]
    return {key_of(name) for name in names}, {inn for _name, inn in entities if inn}


def _reached(client_ids: Collection[int]) -> set[str]:
    rows = Contact.objects.filter(client__in=client_ids).values_list("phone_key", "email")
    return {one for row in rows for one in row if one}


def _is_firm(data: dict[str, Any], names: set[str], numbers: set[str]) -> bool:
    return key_of(str(data.get("name", ""))) in names or data.get("inn") in numbers


def _reach(data: dict[str, Any]) -> set[str]:
    found = phone_key(str(data.get("phone", ""))), email_key(str(data.get("email", "")))
    return {one for one in found if one}


def _links(data: dict[str, Any]) -> list[tuple[str, str]]:
    """What a record points to: (kind, id there)."""
    found = [("company", str(pk)) for pk in data.get("companies", ())]
    found += [("contact", str(pk)) for pk in data.get("contacts", ())]
    about = data.get("about") or ()
    if about and isinstance(about, list):
        links = [about] if isinstance(about[0], str) else about
        found += [(str(kind), str(pk)) for kind, pk in links]
    return found


def _drop_nameless(items: list[Item]) -> None:
    """A waiting person of whose name nothing is left is the erased one: nothing brings them in."""
    for item in items:
        if item.kind == "contact" and item.row == 0 and not _has_name(item.data):
            _forget(Item.objects.filter(pk=item.pk))


def _has_name(data: dict[str, Any]) -> bool:
    return any(letter.isalnum() for letter in str(data.get("name", "")).replace(NOBODY, ""))


def _forget(items: Any) -> None:
    for item in items:
        kept = item.external_id
        if not kept.isdecimal() and not kept.startswith(ERASED):
            kept = erased_id(item.kind, item.external_id)
            for batch in Batch.objects.filter(source=item.source_id).exclude(lines={}):
                batch.lines = _renamed(batch.lines, item.external_id, kept)
                batch.save(update_fields=["lines"])
        Item.objects.filter(pk=item.pk).update(
            state=Item.State.LEFT, why=ERASED, data={}, marks={}, external_id=kept
        )


def _renamed(lines: dict[str, list[Any]], old: str, new: str) -> dict[str, list[Any]]:
    return {line: [new if one == old else one for one in row] for line, row in lines.items()}


TEXTS = (
    Texts("migration.FormerNote", ("author", "text", "file_name"), OF_CLIENT),
    Texts("migration.FormerDeal", ("title",), OF_CLIENT),
    Texts("migration.Difference", ("theirs", "ours"), OF_CLIENT),
    Texts("migration.Batch", ("plan",), _batches),
    Texts("migration.Item", ("data",), _of_clients, rewritten=_drop_nameless, is_edited=False),
)


def forget_person(contact_id: int) -> None:
    """Nothing of an erased person stays in the records of theirs, and no reading brings them
    back."""
    items = Item.objects.filter(table="contact", row=contact_id)
    Difference.objects.filter(item__in=items).delete()
    FormerNote.objects.filter(contact=contact_id).delete()
    _forget(list(items))
