"""Deals of a client, and appendices that wait for theirs."""

from dataclasses import dataclass
from datetime import datetime

from pult.money.models import Deal
from pult.work.editions import APPENDIX
from pult.work.models import Task

SHOWN = 50


@dataclass(frozen=True)
class DealItem:
    """A deal in kopecks; `fee` is what its parts leave of the sum."""

    id: int
    number: str
    total: int
    ad_budget: int
    tech_cost: int
    fee: int
    task_id: int | None
    by: str
    at: datetime


def deals_of_client(client_id: int) -> tuple[DealItem, ...]:
    """The newest deals of a client whose money the reader sees. One query."""
    rows = Deal.objects.filter(client=client_id, cancelled_at=None).select_related("by")
    return tuple(
        DealItem(
            id=row.pk,
            number=row.number,
            total=row.total,
            ad_budget=row.ad_budget,
            tech_cost=row.tech_cost,
            fee=row.fee,
            task_id=row.task_id,
            by=str(row.by),
            at=row.at,
        )
        for row in rows.order_by("-pk")[:SHOWN]
    )


def appendices_without_deal(client_id: int) -> list[tuple[int, str]]:
    """(task, title) of the appendices the accountants handed in and nobody entered a deal for."""
    ready = Task.objects.filter(
        client=client_id, template=APPENDIX, state__in=("done", "accepted")
    ).exclude(deals__in=Deal.objects.filter(client=client_id, cancelled_at=None))
    return list(ready.order_by("-pk").values_list("pk", "title")[:SHOWN])
