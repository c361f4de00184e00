"""Batches as pages show them: what a dry run would make, what became of each record."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _

from pult.integrations.migration import shape
from pult.integrations.migration.models import Batch, Item
from pult.integrations.migration.queries.sources import READERS
from pult.integrations.migration.words import KINDS, why
from pult.kernel.errors import NotVisible

if TYPE_CHECKING:
    from pult.people.models import User

SHOWN = 100
NO_COUNTS = dict.fromkeys(("create", "update", "changed", "same", "ask", "errors"), 0)
RUNNING = (Batch.Status.READING, Batch.Status.BRINGING, Batch.Status.UNDOING)


@dataclass(frozen=True)
class BatchLine:
    """A batch in the list of a system."""

    id: int
    title: str
    status: str
    status_label: str
    by: str
    created_at: datetime
    trouble: str


@dataclass(frozen=True)
class Question:
    """A client there that may be one Pult has; `matches` are (client id, name, why)."""

    key: str
    name: str
    matches: tuple[tuple[int, str, str], ...]
    answer: str


@dataclass(frozen=True)
class Problem:
    """What cannot come as it is, and the cure."""

    column: str
    message: str
    cure: str


@dataclass(frozen=True)
class Outcome:
    """How many records of a kind wait, came, were left out or taken back."""

    label: str
    waiting: int
    brought: int
    left: int
    undone: int


@dataclass(frozen=True)
class Odd:
    """A record that waits or was left out, and why; `late` may still be wanted."""

    id: int
    kind: str
    name: str
    why: str
    is_late: bool


@dataclass(frozen=True)
class BatchCard:
    """One batch. `counts` (of the new clients: create, update, same, ask, errors), `errors` and
    `questions` are those of a batch to be looked at; one that is done can be taken back."""

    line: BatchLine
    source_id: int
    source: str
    counts: dict[str, int]
    errors: tuple[Problem, ...]
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    odd: tuple[Odd, ...]
    can_bring: bool
    can_undo: bool
    is_running: bool


def batch_lines(user: "User", source_id: int, limit: int = 10) -> tuple[BatchLine, ...]:
    """The newest first; empty for those who do not move clients in."""
    if not READERS & user.roles:
        return ()
    rows = Batch.objects.filter(source=source_id).select_related("by", "source").order_by("-pk")
    return tuple(_line(row) for row in rows[:limit])


def batch_card(user: "User", batch_id: int) -> BatchCard:
    """A batch with its dry run; raises NotVisible for those who do not move clients in."""
    rows = Batch.objects.select_related("by", "source", "movein").filter(pk=batch_id)
    row = rows.first() if READERS & user.roles else None
    if row is None:
        raise NotVisible(_("There is no such import"))
    can_bring = row.status in (Batch.Status.READY, Batch.Status.STOPPED)
    plan = row.plan if can_bring else {}
    return BatchCard(
        line=_line(row),
        source_id=row.source_id,
        source=row.source.name,
        counts={**NO_COUNTS, **plan.get("counts", {})},
        errors=tuple(Problem(*one) for one in plan.get("errors", ())),
        questions=tuple(
            Question(key, name, tuple(map(tuple, found)), str(row.decisions.get(key, "")))
            for key, name, found in plan.get("questions", ())
        ),
        outcomes=_outcomes(row),
        odd=_odd(row),
        can_bring=can_bring,
        can_undo=row.status in (Batch.Status.DONE, Batch.Status.UNDOING, Batch.Status.UNDONE),
        is_running=row.status in RUNNING,
    )


def latest_ready(source_id: int) -> Batch | None:
    """The newest batch of a system that waits to be looked at."""
    wanted = (Batch.Status.READY, Batch.Status.STOPPED)
    return Batch.objects.filter(source=source_id, status__in=wanted).order_by("-pk").first()


def _outcomes(row: Batch) -> tuple[Outcome, ...]:
    rows = Item.objects.filter(batch=row).values_list("kind", "state").annotate(n=Count("id"))
    counts = {(kind, state): number for kind, state, number in rows.order_by()}
    return tuple(
        Outcome(
            str(label),
            counts.get((kind, "waiting"), 0) + counts.get((kind, "late"), 0),
            counts.get((kind, "brought"), 0) + counts.get((kind, "gone"), 0),
            counts.get((kind, "left"), 0),
            counts.get((kind, "undone"), 0),
        )
        for kind, label in KINDS.items()
    )


def _odd(row: Batch) -> tuple[Odd, ...]:
    states = (Item.State.LEFT, Item.State.LATE, Item.State.WAITING)
    rows = Item.objects.filter(batch=row, state__in=states)
    if row.status in (Batch.Status.READY, Batch.Status.READING):
        rows = rows.filter(state=Item.State.LATE)
    return tuple(
        Odd(
            one.pk,
            str(KINDS[one.kind]),
            _name(one),
            why("late" if one.state == Item.State.LATE else one.why),
            one.state == Item.State.LATE,
        )
        for one in rows.order_by("kind", "pk")[:SHOWN]
    )


def _name(item: Item) -> str:
    """What a record is called while its words are here, else its number there."""
    record = shape.readable(item.kind, item.data) if item.data else None
    if record is None:
        return f"№ {item.external_id}"
    words = getattr(record, "name", "") or getattr(record, "title", "") or record.text
    return words[:80]


def _line(row: Batch) -> BatchLine:
    title = row.file_name or (_("Read by itself") if row.is_sync else _("Read by its key"))
    return BatchLine(
        id=row.pk,
        title=title,
        status=row.status,
        status_label=row.get_status_display(),
        by=str(row.by),
        created_at=row.created_at,
        trouble=row.trouble,
    )
