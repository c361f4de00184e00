"""What contractors are owed: prices of their tasks, accepted work, acts."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from pult.clients.access import roles_of
from pult.kernel.errors import NotVisible
from pult.kernel.roles import Role
from pult.people.queries import full_names, names_of
from pult.work.models import ActLine, ContractorAct, Task, TaskPrice

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from pult.people.models import User

COUNTERS = ("accountant", "head", "director")
SHOWN = 100


@dataclass(frozen=True)
class PriceItem:
    """A price in kopecks; `version` 0 where none is agreed on."""

    amount: int | None = None
    terms: str = ""
    by: str = ""
    version: int = 0


@dataclass(frozen=True)
class WorkLine:
    """A task of a contractor that was accepted and is in no act."""

    task_id: int
    title: str
    client: str
    accepted_at: datetime
    amount: int


@dataclass(frozen=True)
class ActItem:
    """An act in a list; `replaced_by` is the number of the one made in its place."""

    id: int
    number: str
    on: date
    first_day: date
    last_day: date
    total: int
    replaced_by: str
    reason: str


@dataclass(frozen=True)
class ContractorItem:
    """A contractor: what was accepted and is in no act yet, and what the acts that stand say."""

    id: int
    name: str
    waiting: int
    acted: int


def price_of(task: Task) -> PriceItem:
    """The price agreed with whoever does the task now. One query."""
    row = TaskPrice.objects.filter(task=task).select_related("set_by").first()
    if row is None:
        return PriceItem()
    if row.contractor_id != task.assignee_id:
        return PriceItem(version=row.version)
    return PriceItem(row.amount, row.terms, row.set_by.full_name, row.version)


def own_prices(user: "User") -> dict[int, int]:
    """Task → kopecks of what this contractor does. One query."""
    rows = TaskPrice.objects.filter(contractor=user, task__assignee=user)
    return dict(rows.values_list("task", "amount"))


def to_count(
    contractor: "User", first: date, last: date, but: ContractorAct | None = None
) -> tuple[WorkLine, ...]:
    """Work accepted on these days that no standing act has; `but` an act about to be void. One
    query."""
    zone = ZoneInfo(settings.TIME_ZONE)
    begins = datetime.combine(first, time.min, tzinfo=zone)
    ends = datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone)
    rows = _accepted(but).filter(
        contractor=contractor, task__closed_at__gte=begins, task__closed_at__lt=ends
    )
    return tuple(
        WorkLine(
            task_id=row.task_id,
            title=row.task.title,
            client=row.task.client.name,
            accepted_at=row.task.closed_at,
            amount=row.amount,
        )
        for row in rows.select_related("task__client").order_by("task__closed_at", "task")
    )


def contractors() -> tuple[ContractorItem, ...]:
    """Everybody who works for us so, or has a price. Four queries."""
    waiting = dict(_accepted(None).values_list("contractor").annotate(sum=Sum("amount")))
    standing = ContractorAct.objects.filter(voided_by=None)
    acted = dict(standing.order_by().values_list("contractor").annotate(sum=Sum("total")))
    names = dict(names_of(Role.CONTRACTOR))
    names |= full_names([pk for pk in {*waiting, *acted} if pk not in names])
    found = [
        ContractorItem(pk, name, waiting.get(pk, 0), acted.get(pk, 0)) for pk, name in names.items()
    ]
    return tuple(sorted(found, key=lambda one: one.name))


def acts_of(contractor: "User") -> tuple[ActItem, ...]:
    """Acts of a contractor, the newest first. One query."""
    rows = ContractorAct.objects.filter(contractor=contractor).select_related("voided_by")
    return tuple(
        ActItem(
            id=row.pk,
            number=str(row),
            on=row.on,
            first_day=row.first_day,
            last_day=row.last_day,
            total=row.total,
            replaced_by=str(row.voided_by) if row.voided_by else "",
            reason=row.void_reason,
        )
        for row in rows[:SHOWN]
    )


def act_for(act_id: int) -> ContractorAct:
    """The act for those who make acts; NotVisible for none."""
    rows = ContractorAct.objects.select_related("contractor", "entity", "voided_by")
    row = rows.filter(pk=act_id).first() if act_id < 2**63 else None
    if row is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return row


def act_of(user: "User", act_id: int) -> ContractorAct:
    """The same for whoever may read it: those who make acts, and the contractor it is of."""
    row = act_for(act_id)
    if row.contractor_id != user.pk and roles_of(user).isdisjoint(COUNTERS):
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return row


def _accepted(but: ContractorAct | None) -> "QuerySet[TaskPrice]":
    """Prices of accepted work of whoever did it that no standing act has."""
    taken = ActLine.objects.filter(act__voided_by=None)
    if but is not None:
        taken = taken.exclude(act=but)
    rows = TaskPrice.objects.filter(task__state=Task.State.ACCEPTED, task__assignee=F("contractor"))
    return rows.exclude(task__in=taken.order_by().values("task"))
