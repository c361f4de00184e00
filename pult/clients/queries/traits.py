"""The client's people, with what is known of their character for those who may know it."""

from itertools import groupby
from typing import TYPE_CHECKING

from pult.clients.access import sees_traits
from pult.clients.models import Contact, Trait
from pult.clients.queries.ready import contacts_of, known_contacts_of
from pult.clients.queries.shapes import ContactItem, TraitItem
from pult.ui.formats import birthday

if TYPE_CHECKING:
    from pult.people.models import User


def people_and_traits(user: "User", client_id: int) -> tuple[ContactItem, ...]:
    """Those who decide first, those who left last, of a client checked already. One query."""
    if not sees_traits(user):
        return tuple(person_item(row) for row in contacts_of(client_id))
    labels = {code: str(label) for code, label in Trait.Kind.choices}
    found = []
    for _pk, same in groupby(known_contacts_of(client_id), lambda row: row.pk):
        rows = list(same)
        found.append(
            person_item(
                rows[0],
                tuple(
                    TraitItem(
                        row.trait_id,
                        row.trait_kind,
                        labels.get(row.trait_kind, row.trait_kind),
                        row.trait_text,
                    )
                    for row in rows
                    if row.trait_id
                ),
            )
        )
    return tuple(found)


def birthday_of(row: Contact) -> str:
    """The birthday as people say it, honest about its year; nothing when it is unknown."""
    if not row.birthday_day:
        return ""
    return birthday(
        row.birthday_day, row.birthday_month, row.birthday_year, presumed=row.birthday_presumed
    )


def person_item(row: Contact, traits: tuple[TraitItem, ...] = ()) -> ContactItem:
    """A person as pages show them; the row has its `brand_name`."""
    return ContactItem(
        id=row.pk,
        name=row.name,
        position=row.position,
        phone=row.phone,
        email=row.email,
        postal_address=row.postal_address,
        decides=row.decides,
        birthday=birthday_of(row),
        traits=traits,
        left=row.left,
        brand=row.brand_name or "",
        version=row.version,
    )
