"""The map of topics, and whom each leads to today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pult.kernel.words import id_of
from pult.people.models import Topic
from pult.people.queries.who import LEADERS, PersonRow


@dataclass(frozen=True)
class TopicItem:
    """A topic and who answers for it now; several where a role has several holders."""

    id: int
    name: str
    note: str
    words: str
    answerers: tuple[PersonRow, ...]


def topics() -> list[Topic]:
    """Every topic that goes on, by name; one query."""
    return list(Topic.objects.filter(is_closed=False).select_related("department"))


def topic(pk: str | int) -> Topic | None:
    """A topic that goes on; None for another."""
    return Topic.objects.filter(pk=id_of(str(pk)), is_closed=False).first()


def answered(
    found: Iterable[Topic],
    people: Iterable[PersonRow],
    of_client: Mapping[str, frozenset[int]] | None = None,
) -> list[TopicItem]:
    """Topics with those who answer, among these people; no query.

    A role leads to whoever holds it for the client (`of_client`: role → people), or else to
    everybody in it; a department without a role to whoever leads it. Who is away stays in the
    answer: their row says who stands in."""
    known = list(people)
    return [
        TopicItem(one.pk, one.name, one.note, one.words, _who(one, known, of_client or {}))
        for one in found
    ]


def _who(
    one: Topic, people: list[PersonRow], of_client: Mapping[str, frozenset[int]]
) -> tuple[PersonRow, ...]:
    if one.person_id:
        return tuple(row for row in people if row.id == one.person_id)
    inside = people
    if one.department:
        label = str(one.department)
        inside = [row for row in people if row.department == label]
    if not one.role:
        return tuple(row for row in inside if LEADERS & set(row.roles))
    holders = [row for row in inside if one.role in row.roles]
    ours = [row for row in holders if row.id in of_client.get(one.role, ())]
    return tuple(ours or holders)
