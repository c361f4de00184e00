"""Peculiarities of a client's people, for those who may know them."""

from typing import TYPE_CHECKING

from pult.clients.access import sees_traits
from pult.clients.models import Trait
from pult.clients.queries.shapes import TraitItem

if TYPE_CHECKING:
    from pult.people.models import User


def traits_of(user: "User", client_id: int) -> dict[int, tuple[TraitItem, ...]]:
    """Person → what is known of them, for a client already checked; nothing for other readers."""
    if not sees_traits(user):
        return {}
    labels = dict(Trait.Kind.choices)
    found: dict[int, tuple[TraitItem, ...]] = {}
    rows = Trait.objects.filter(contact__client=client_id).order_by("pk")
    for pk, contact, kind, text in rows.values_list("pk", "contact", "kind", "text"):
        item = TraitItem(pk, kind, str(labels.get(kind, kind)), text)
        found[contact] = (*found.get(contact, ()), item)
    return found
