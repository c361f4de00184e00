"""Reading facts back: a client's timeline, and the tail that snapshots follow."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from pult.kernel.facts.kinds import kinds, upcast
from pult.kernel.models import Fact


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
    rows = Fact.objects.filter(root_id=root_id, kind__in=visible)
    if before:
        at, pk = before
        rows = rows.filter(Q(valid_at__lt=at) | Q(valid_at=at, id__lt=pk))
    rows = rows.select_related("actor").annotate(
        is_voided=Exists(Fact.objects.filter(voids=OuterRef("pk")))
    )
    return [_item(fact, language) for fact in rows.order_by("-valid_at", "-id")[:limit]]


def _item(fact: Fact, language: str) -> TimelineItem:
    return TimelineItem(
        id=fact.pk,
        kind=fact.kind,
        label=kinds()[fact.kind].label(language),
        at=fact.valid_at,
        recorded_at=fact.recorded_at,
        actor=str(fact.actor) if fact.actor else "",
        role=fact.role,
        refs=fact.refs,
        key=fact.key,
        day=fact.day,
        state=fact.state,
        value=fact.value,
        payload=payload_of(fact),
        is_voided=fact.is_voided,
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
