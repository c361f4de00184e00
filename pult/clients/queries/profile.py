"""The tab of what is known of a client: each part by one query, and only for who may read it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pult.clients.access import client_and_holders, roles_of, sees_money, sees_solvency
from pult.clients.logic.completeness import SOLVENCY_DAYS, Completeness
from pult.clients.models import Block, Plan, PlanStep, Solvency, StatusChange
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
    """Kind → the current plan, for a client checked already. Two queries."""
    today = business_day()
    plans = list(
        Plan.objects.filter(client=client_id, closed_on=None).select_related("by").order_by("kind")
    )
    steps: dict[int, list[StepItem]] = {}
    rows = PlanStep.objects.filter(plan__in=plans) if plans else ()
    for row in rows:
        late = row.done_on is None and row.due_on < today
        item = StepItem(row.pk, row.text, row.due_on, row.done_on, late)
        steps.setdefault(row.plan_id, []).append(item)
    return {
        plan.kind: PlanItem(
            id=plan.pk,
            kind=plan.kind,
            text=plan.text,
            since=plan.since,
            review_on=plan.review_on,
            by=plan.by.full_name,
            steps=tuple(
                sorted(steps.get(plan.pk, ()), key=lambda s: (s.done_on is not None, s.due_on))
            ),
            is_old=plan.review_on <= today,
            version=plan.version,
        )
        for plan in plans
    }


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
