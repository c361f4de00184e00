"""Reading facts back: a client's timeline, and the tail that snapshots follow."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from pult.kernel.facts.kinds import kinds, upcast
from pult.kernel.models import Fact
from pult.kernel.ready import ready

# Every client's page shows the newest facts: building this query took as long as answering it.
TOLD = """
    SELECT told.*, actor.full_name AS actor_name,
        EXISTS (SELECT 1 FROM kernel_fact AS void WHERE void.voids_id = told.id) AS is_voided
    FROM kernel_fact AS told LEFT JOIN people_user AS actor ON actor.id = told.actor_id
    WHERE told.root_id = %s AND told.kind IN ({marks})
"""


@dataclass(frozen=True)
class TimelineItem:
    """A fact as a person reads it. `label` in the asked language; `actor` is a name or empty."""

    id: int
    kind: str
    label: str
    at: datetime
    recorded_at: datetime
    actor: str
    role: str
    refs: dict[str, int]
    key: str
    day: date | None
    state: str
    value: int | None
    payload: dict[str, Any]
    is_voided: bool


def timeline(
    root_id: int,
    *,
    audiences: Collection[str],
    limit: int = 50,
    before: tuple[datetime, int] | None = None,
    language: str = "ru",
) -> list[TimelineItem]:
    """The newest facts of a client that a reader of these audiences may see.

    `before` is `(at, id)` of the last item of the previous page. Taken back facts are marked, the
    voids themselves left out.
    """
    visible = [
        kind.code for kind in kinds().values() if kind.audience in audiences and kind.code != "void"
    ]
    if not visible:
        return []
    words, told = TOLD.format(marks=", ".join(["%s"] * len(visible))), [root_id, *visible]
    if before:
        at, pk = connection.ops.adapt_datetimefield_value(before[0]), before[1]
        words += " AND (told.valid_at < %s OR (told.valid_at = %s AND told.id < %s))"
        told += [at, at, pk]
    words += " ORDER BY told.valid_at DESC, told.id DESC LIMIT %s"
    return [_item(fact, language) for fact in ready(Fact, words, [*told, limit])]


def _item(fact: Fact, language: str) -> TimelineItem:
    return TimelineItem(
        id=fact.pk,
        kind=fact.kind,
        label=kinds()[fact.kind].label(language),
        at=fact.valid_at,
        recorded_at=fact.recorded_at,
        actor=fact.actor_name or "",
        role=fact.role,
        refs=fact.refs,
        key=fact.key,
        day=fact.day,
        state=fact.state,
        value=fact.value,
        payload=payload_of(fact),
        is_voided=bool(fact.is_voided),
    )


class Standing(NamedTuple):
    """The state somebody is in by the newest fact about it, and since when."""

    state: str
    since: datetime


def standing(root_id: int, kind: str) -> Standing | None:
    """How things stand with a client by the newest fact of a kind not taken back; None without.

    Asked inside actions: plain SQL, for building the query would take longer than answering it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, valid_at FROM kernel_fact AS told WHERE root_id = %s AND kind = %s "
            "AND NOT EXISTS (SELECT 1 FROM kernel_fact WHERE voids_id = told.id) "
            "ORDER BY valid_at DESC, id DESC LIMIT 1",
            [root_id, kind],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    state, since = row
    return Standing(state, since if since.tzinfo else since.replace(tzinfo=UTC))


def payload_of(fact: Fact) -> dict[str, Any]:
    """The payload as the newest version of its kind writes it."""
    return upcast(fact.kind, fact.version, fact.payload)


def tail_since(last_id: int, overlap: int = 1000) -> QuerySet[Fact]:
    """Facts after `last_id`, oldest first, with `overlap` earlier ids read once more.

    A transaction that took its id early may commit late, so the reader drops ids it has and also
    compares counts per root from time to time.
    """
    return Fact.objects.filter(id__gt=last_id - overlap).order_by("id")
