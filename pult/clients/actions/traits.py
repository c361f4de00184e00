"""Peculiarities of the client's people: what the work needs, for the department alone."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import contact_for, require
from pult.clients.actions.cards import EDITORS, edited
from pult.clients.card_access import trait_for
from pult.clients.edits import check
from pult.clients.models import HandoverItem, Trait
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User


def note_trait(*, by: "User", contact_id: int, kind: str, text: str) -> Trait:
    """Note a peculiarity under the purpose it is needed for (`Trait.Kind`); there is no other."""
    role = require(by, *EDITORS, act=_("note a person's character"))
    contact = contact_for(by, contact_id)
    if kind not in Trait.Kind.values:
        raise BadInput(
            _("Choose what the work needs it for"),
            field="kind",
            cure=_("What fits none of these is not kept: health, family, religion, views"),
        )
    if not text.strip():
        raise BadInput(_("Write what was noticed"), field="text")
    with acting(contact.client_id):
        trait = Trait(contact=contact, kind=kind, text=text, by=by, noted_on=business_day())
        check(trait)
        trait.save(force_insert=True)
        edited(contact.client, by, role, ["traits"])
    return trait


def drop_trait(*, by: "User", trait_id: int) -> None:
    """Forget a peculiarity: its words are gone for good."""
    role = require(by, *EDITORS, act=_("note a person's character"))
    trait = trait_for(by, trait_id)
    client = trait.contact.client
    with acting(client.pk):
        drop_kept_traits([client.pk])
        if Trait.objects.filter(pk=trait.pk).delete()[0]:
            edited(client, by, role, ["traits"])


def drop_kept_traits(client_ids: Collection[int]) -> None:
    """Handovers finished before traits were left out of what they keep hold them no more."""
    kept = HandoverItem.objects.filter(handover__client__in=client_ids, code="traits")
    kept.exclude(known="").update(known="")
