"""Which side belongs to which kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pult.clients.models import Contact
from pult.integrations.migration.cards import card_of
from pult.integrations.migration.models import Item
from pult.integrations.migration.sides import companies, contacts, tasks
from pult.kernel.errors import NotVisible
from pult.people.models import User
from pult.work.models import Task


@dataclass(frozen=True)
class Side:
    """How records of a kind are compared; `find(by, item)` is our row, None when it is gone.
    `filled` are fields that are never empty here: emptied there, they are told as different."""

    theirs: Callable[..., dict[str, str]]
    ours: Callable[[Any], dict[str, str]]
    take: Callable[..., None]
    take_gone: Callable[..., None]
    find: Callable[[User, Item], Any]
    filled: frozenset[str]


def _client(by: User, item: Item) -> Any:
    """The client; of a card merged into another the other one."""
    try:
        return card_of(by, item.client_id)
    except NotVisible:  # its import was taken back on its own page
        return None


def _contact(_by: User, item: Item) -> Any:
    """The person, unless they were erased: then nothing is compared any more."""
    rows = Contact.objects.filter(pk=item.row, erased_on=None)
    return rows.select_related("client").first()


def _task(_by: User, item: Item) -> Any:
    return Task.objects.filter(pk=item.row).first()


SIDES: dict[str, Side] = {
    kind: Side(one.theirs, one.ours, one.take, one.take_gone, find, one.FILLED)
    for kind, one, find in (
        ("company", companies, _client),
        ("contact", contacts, _contact),
        ("task", tasks, _task),
    )
}
