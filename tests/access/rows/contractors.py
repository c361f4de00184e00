"""Contractors: prices of their tasks, accepted work, acts. Нина does Анна's task."""

from datetime import timedelta
from typing import Any

from pult.clients.tests.factories import make_client, make_own_entity
from pult.people.models import User
from pult.people.queries import business_day
from pult.work.actions import make_act, set_price
from pult.work.models import Task
from pult.work.tests.factories import make_task
from tests.access.table import opens, writes

COUNT = ("accountant", "head", "director")
ANSWER = ("am", "production_head", "production_director", "head", "director")


def world(cast: Any) -> dict[str, Any]:
    today = business_day()
    nina = User.objects.create(email="works@agency.example", full_name="Нина Липова")
    nina.grants.create(role="contractor", since=today - timedelta(days=9))
    client, entity = make_client("Лес", am=cast.anna), make_own_entity()
    tasks = [make_task(client, cast.anna) for _number in range(2)]
    for task in tasks:
        Task.objects.filter(pk=task.pk).update(assignee=nina)
        set_price(by=cast.anna, task_id=task.pk, amount=15_000_00)
    done = tasks[0]
    now = done.created_at
    Task.objects.filter(pk=done.pk).update(state="accepted", closed_at=now, taken_at=now)
    act = make_act(
        by=cast.zhanna,
        contractor=nina,
        first=today,
        last=today,
        task_ids=[done.pk],
        entity_id=entity.pk,
    )
    return {"nina": nina.pk, "act": act.pk, "priced": tasks[1].pk}


ROWS = [
    opens("contractors", "", *COUNT),
    writes("contractor", "nina", *COUNT),
    opens("contractor_act", "act", *COUNT, contractor=404),
    writes(
        "task_price",
        "priced",
        *ANSWER,
        another_am=404,
        sales=404,
        accountant=404,
        it=404,
        executor=409,
        refused=("executor",),
    ),
]
