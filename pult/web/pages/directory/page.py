"""Colleagues and topics in one list each, narrowed by the same words; for one client by asking."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pult.clients.queries import client_header
from pult.kernel.roles import STAFF
from pult.kernel.words import id_of
from pult.knowledge.queries import entries_found
from pult.people.actions.topics import KEEPERS
from pult.people.queries import PersonRow, TopicItem, answered, people, topics
from pult.web.holders import role_label
from pult.web.matching import matching

if TYPE_CHECKING:
    from django.http import QueryDict

    from pult.people.models import User

NEAR = 12


@dataclass(frozen=True)
class Colleague:
    """A person of the list; `roles` in words."""

    person: PersonRow
    roles: str


@dataclass(frozen=True)
class DirectoryPage:
    """`client` is the name of the client whose own people answer first; `entries` are (id, title)
    of what is written about the words asked for."""

    colleagues: tuple[Colleague, ...]
    topics: tuple[TopicItem, ...]
    entries: tuple[tuple[int, str], ...]
    q: str
    client: str
    client_id: int | None
    may_keep: bool


def directory_page(user: "User", query: "QueryDict") -> DirectoryPage:
    """Four queries, six for a client, two more for words; NotVisible for a client that is not
    the reader's."""
    q, wanted = query.get("q", "").strip()[:100], id_of(query.get("client", ""))
    staff = [row for row in people() if set(row.roles) & STAFF]
    header = client_header(user, wanted) if wanted else None
    held: dict[str, set[int]] = {}
    for holder in header.holders if header else ():
        held.setdefault(holder.role, set()).add(holder.user_id)
    of_client = {role: frozenset(ids) for role, ids in held.items()}
    rows = [Colleague(row, ", ".join(map(role_label, row.roles))) for row in staff]
    return DirectoryPage(
        colleagues=tuple(matching(q, rows, _said)),
        topics=tuple(matching(q, answered(topics(), staff, of_client), _called)),
        entries=tuple(entries_found(q, NEAR)) if q else (),
        q=q,
        client=header.name if header else "",
        client_id=header.id if header else None,
        may_keep=not user.roles.isdisjoint(KEEPERS),
    )


def _said(one: Colleague) -> str:
    row = one.person
    return f"{row.name} {one.roles} {row.team} {row.department} {row.post} {row.email} {row.phone}"


def _called(one: TopicItem) -> str:
    names = " ".join(row.name for row in one.answerers)
    return f"{one.name} {one.words} {one.note} {names}"
