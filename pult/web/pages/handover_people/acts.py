"""What a head does with everything of one person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pult.clients.actions import handover as acts
from pult.clients.queries.handover.people import shared_by_load
from pult.kernel.errors import NotVisible
from pult.kernel.words import id_of
from pult.people.models import User
from pult.web.fields import id_in, not_offered

if TYPE_CHECKING:
    from django.http import QueryDict

TO = "to-"  # a client free to go
NOW = "now-"  # one being handed over in good time: it goes when nothing may wait
BY_LOAD = "load"


@dataclass(frozen=True)
class Act:
    """`do(user, person_id, form)` writes; `words` tell that it is written."""

    do: Callable[[User, int, "QueryDict"], Any]
    words: Any


def act_of(code: str) -> Act:
    """The act of an address; NotVisible for one there is not."""
    if code not in ACTS:
        raise NotVisible(_("There is no such act"))
    return ACTS[code]


def person_of(person_id: int) -> User:
    """Whose work it is; NotVisible for nobody."""
    found = User.objects.filter(pk=person_id).first() if person_id < 2**63 else None
    if found is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return found


def shares_in(given: "QueryDict", giver: User, prefixes: tuple[str, ...]) -> dict[int, User]:
    """Client → receiver of those for whom one was chosen, client by client or for all in one go;
    BadInput for a wrong choice."""
    asked = {name: value for name, value in given.items() if name.startswith(prefixes)}
    clients = {id_of(name.partition("-")[2]): value for name, value in asked.items()}
    if None in clients:
        raise not_offered("receiver")
    everybody = given.get("all_to", "")
    if everybody == BY_LOAD:
        by_load = shared_by_load(giver)
        chosen = {client: by_load.get(client) for client in clients if client in by_load}
    else:
        chosen = {
            client: id_of(everybody or value)
            for client, value in clients.items()
            if everybody or value
        }
    people = User.objects.in_bulk({user for user in chosen.values() if user})
    if None in chosen or set(chosen.values()) - people.keys():
        raise not_offered("receiver")
    return {client: people[user] for client, user in chosen.items()}


def _begin(user: User, person_id: int, given: "QueryDict") -> None:
    giver = person_of(person_id)
    acts.start_between(
        by=user,
        giver=giver,
        shares=shares_in(given, giver, (TO,)),
        reason=given.get("reason", ""),
        limit_reason=given.get("over_limit", ""),
    )


def _urgent(user: User, person_id: int, given: "QueryDict") -> None:
    giver = person_of(person_id)
    acts.hand_over_urgently(
        by=user,
        giver=giver,
        shares=shares_in(given, giver, (TO, NOW)),
        reason=given.get("reason", ""),
        all_of=id_of(given.get("all_of", "")) or 0,
        limit_reason=given.get("over_limit", ""),
    )


def _note_access(user: User, person_id: int, given: "QueryDict") -> None:
    acts.note_access(
        by=user,
        user=person_of(person_id),
        name=given.get("name", ""),
        level=given.get("level", ""),
        client_id=id_in(given, "client"),
    )


def _close_access(user: User, _person_id: int, given: "QueryDict") -> None:
    access_id = id_in(given, "access")
    if access_id is None:
        raise not_offered("access")
    acts.close_access(by=user, access_id=access_id)


ACTS = {
    "begin": Act(_begin, gettext_lazy("The handover is begun: both sides sign, then all moves")),
    "urgent": Act(_urgent, gettext_lazy("The clients have moved and every door is closed")),
    "note_access": Act(_note_access, gettext_lazy("The access is noted")),
    "close_access": Act(_close_access, gettext_lazy("The access is closed")),
}
