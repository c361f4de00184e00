"""The clients ⌘K finds: why each of them, and what may be begun for it at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext_lazy

from pult.clients.access import SEE_ALL, clients_of
from pult.clients.queries import found_by
from pult.kernel.roles import Role
from pult.kernel.search import Hit, search
from pult.web.answers import address_of
from pult.web.frame import LEADERS
from pult.web.matching import matching

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class ClientAct:
    """What begins with a client; `words` are what else people call it."""

    url: str
    label: Any
    icon: str
    roles: frozenset[str]
    words: Any


ACTS = (
    ClientAct(
        "invoice_new",
        pgettext_lazy("palette", "Request an invoice"),
        "receipt",
        frozenset({Role.AM}) | LEADERS,
        pgettext_lazy("palette", "bill invoice ask"),
    ),
    ClientAct(
        "client_contacts",
        pgettext_lazy("palette", "Note a contact"),
        "phone",
        frozenset({Role.AM, Role.SALES}) | LEADERS,
        pgettext_lazy("palette", "call letter meeting"),
    ),
)


def clients_found(user: "User", q: str, limit: int) -> list[Hit]:
    """Clients this person sees that hold every word asked for."""
    roots = None if user.roles & SEE_ALL else clients_of(user).values("pk")
    return search(q, kinds=["client"], limit=limit, allowed_roots=roots)


def reasons(q: str, hits: Iterable[Hit]) -> dict[int, str]:
    """Client → the contact, payer, site or number that was asked for, where its name is not it.
    One query, none when the names say it all."""
    silent = [hit for hit in hits if not matching(q, [hit.title], str)]
    if not silent:
        return {}
    words = q.split()
    said: dict[int, list[str]] = defaultdict(list)
    for client_id, text, shown in found_by([hit.object_id for hit in silent]):
        if any(matching(word, [text], str) for word in words) and shown not in said[client_id]:
            said[client_id].append(shown)
    return {client_id: ", ".join(texts[:2]) for client_id, texts in said.items()}


def acts_found(user: "User", q: str, limit: int) -> list[tuple[ClientAct, Hit]]:
    """«запросить счёт умка»: the words of an act, then those of a client. Two searches at most."""
    words = q.split()
    for verbs in range(len(words) - 1, 0, -1):
        verb, name = " ".join(words[:verbs]), " ".join(words[verbs:])
        may = [act for act in ACTS if act.roles & user.roles]
        if acts := matching(verb, may, lambda act: f"{act.label} {act.words}"):
            hits = clients_found(user, name, limit)
            return [
                (act, hit) for hit in hits for act in acts if address_of(act.url, hit.object_id)
            ]
    return []
