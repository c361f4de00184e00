"""The tab of what is known of a client: each part by one query, and only for who may read it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pult.clients.access import client_and_holders, roles_of, sees_money, sees_solvency
from pult.clients.logic.completeness import SOLVENCY_DAYS, Completeness
from pult.clients.models import Block, Merge, Plan, Solvency, StatusChange
from pult.clients.queries.aims import AimItem, aims_of
from pult.clients.queries.card import _header
from pult.clients.queries.custom import ValueItem, custom_of
from pult.clients.queries.ready import pauses_of
from pult.clients.queries.shapes import ClientHeader
from pult.clients.scoring import complete_of
from pult.kernel.roles import DEPARTMENT
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

# Habits speak of money and documents: only for those who see money.
HABITS = frozenset([Block.Kind.PAYMENT, Block.Kind.DOCUMENTS])


@dataclass(frozen=True)
class BlockItem:
    """One subject of the card; without a version nobody has written it yet."""

    kind: str
    label: str
    text: str
    confirmed_on: date | None
    confirmed_by: str
    version: int


@dataclass(frozen=True)
class SolvencyItem:
    """A judgement of a day; `is_old` when it is time for another."""

    grade: str
    grade_label: str
    figures: str
    judged_on: date
    by: str
    is_old: bool


@dataclass(frozen=True)
class StepItem:
    id: int
    text: str
    due_on: date
    done_on: date | None
    is_late: bool


@dataclass(frozen=True)
class PlanItem:
    """A current plan with its steps, those to do first; `is_old` when its review is due."""

    id: int
    kind: str
    text: str
    since: date
    review_on: date
    by: str
    steps: tuple[StepItem, ...]
    is_old: bool
    version: int


@dataclass(frozen=True)
class StatusItem:
    """A status and why; `waits` until its day."""

    status: str
    label: str
    since: date
    reason_code: str
    note: str
    by: str
    waits: bool


@dataclass(frozen=True)
class MergeItem:
    """A card that became a part of this one."""

    id: int
    gone_id: int
    name: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Profile:
    """`solvency` is None for readers who may not see it; the first is the newest. `plans` are by
    kind, empty for those outside the department."""

    header: ClientHeader
    blocks: tuple[BlockItem, ...]
    aims: tuple[AimItem, ...]
    solvency: tuple[SolvencyItem, ...] | None
    plans: dict[str, PlanItem] | None
    statuses: tuple[StatusItem, ...]
    custom: tuple[ValueItem, ...]
    merges: tuple[MergeItem, ...]
    complete: Completeness


def client_profile(user: "User", client_id: int) -> Profile:
    """What is known of a client; raises NotVisible for somebody else's."""
    client, held = client_and_holders(user, client_id)
    return Profile(
        header=_header(client, held, pauses_of(client.pk)),
        blocks=client_blocks(user, client.pk),
        aims=aims_of(client.pk),
        solvency=_solvency(client.pk) if sees_solvency(user) else None,
        plans=current_plans(client.pk) if roles_of(user) & DEPARTMENT else None,
        statuses=_statuses(client.pk),
        custom=custom_of(client.pk),
        merges=_merges(client.pk),
        complete=complete_of(client.pk),
    )


def client_blocks(user: "User", client_id: int) -> tuple[BlockItem, ...]:
    """Every subject of the card this person reads, written or not, for a client checked already."""
    rows = Block.objects.filter(client=client_id).select_related("confirmed_by")
    written = {row.kind: row for row in rows}
    shows_habits = sees_money(user)
    return tuple(
        _block(kind, written.get(kind))
        for kind in Block.Kind.values
        if shows_habits or kind not in HABITS
    )


def current_plans(client_id: int) -> dict[str, PlanItem]:
    """Kind → the current plan with its steps, for a client checked already. One query."""
    rows = Plan.objects.filter(client=client_id, closed_on=None).values_list(
        "kind",
        *("pk", "text", "since", "review_on", "by__full_name", "version"),
        *("steps", "steps__text", "steps__due_on", "steps__done_on"),
    )
    return {
        kind: _plan(kind, [row[1:] for row in same])
        for kind, same in groupby(rows.order_by("kind", "steps"), lambda row: row[0])
    }


def _plan(kind: str, rows: list[tuple[Any, ...]]) -> PlanItem:
    """A plan of its joined rows: its own columns, then those of a step."""
    today = business_day()
    (pk, text, since, review_on, by, version), steps = rows[0][:6], [row[6:] for row in rows]
    items = [
        StepItem(step, words, due, done, is_late=done is None and due < today)
        for step, words, due, done in steps
        if step
    ]
    return PlanItem(
        id=pk,
        kind=kind,
        text=text,
        since=since,
        review_on=review_on,
        by=by,
        steps=tuple(sorted(items, key=lambda one: (one.done_on is not None, one.due_on))),
        is_old=review_on <= today,
        version=version,
    )


def _block(kind: str, row: Block | None) -> BlockItem:
    label = str(Block.Kind(kind).label)
    if row is None:
        return BlockItem(kind, label, "", None, "", 0)
    return BlockItem(
        kind, label, row.text, row.confirmed_on, row.confirmed_by.full_name, row.version
    )


def _solvency(client_id: int) -> tuple[SolvencyItem, ...]:
    old = business_day() - timedelta(days=SOLVENCY_DAYS)
    rows = Solvency.objects.filter(client=client_id).select_related("by")
    return tuple(
        SolvencyItem(
            grade=row.grade,
            grade_label=str(Solvency.Grade(row.grade).label),
            figures=row.figures,
            judged_on=row.judged_on,
            by=row.by.full_name,
            is_old=row.judged_on < old,
        )
        for row in rows.order_by("-judged_on", "-pk")[:5]
    )


def _merges(client_id: int) -> tuple[MergeItem, ...]:
    rows = Merge.objects.filter(kept=client_id, undone_at=None).select_related("gone", "by")
    return tuple(
        MergeItem(row.pk, row.gone_id, row.gone.name, row.by.full_name, row.at)
        for row in rows.order_by("pk")
    )


def _statuses(client_id: int) -> tuple[StatusItem, ...]:
    rows = StatusChange.objects.filter(client=client_id, cancelled_at=None).select_related("by")
    return tuple(
        StatusItem(
            status=row.status,
            label=str(row.get_status_display()),
            since=row.since,
            reason_code=row.reason_code,
            note=row.note,
            by=row.by.full_name if row.by else "",
            waits=row.waits,
        )
        for row in rows.order_by("-since", "-pk")[:5]
    )
