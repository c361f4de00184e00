"""Somebody leaves at once or for good: what they did and watched goes to whoever is here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window

from pult.clients.access import holding
from pult.clients.models import Assignment
from pult.kernel import clock
from pult.kernel.facts import acting
from pult.kernel.roles import Role
from pult.people.models import RoleGrant, User
from pult.people.queries.who import ahead
from pult.work.access import ACCOUNTS, manager_of
from pult.work.logic import states
from pult.work.models import Auditor, Recurrence, Task
from pult.work.steps import again, step, tell

if TYPE_CHECKING:
    from pult.kernel.models import Fact


@dataclass(frozen=True)
class OwnTask:
    """An open task somebody does; `to` is the manager who gets it, empty: the department's queue
    has it again."""

    id: int
    title: str
    client: str
    due: datetime
    promised: bool
    department: str
    to: str


def left_with(user_id: int, limit: int = 50) -> tuple[list[OwnTask], int]:
    """Open tasks of a person at clients conducted by others, the nearest first, and how many there
    are. Those of the person's own clients go with these. One query."""
    now = clock.now()
    rows = Task.objects.filter(assignee=user_id, closed_at=None).exclude(
        Exists(_charges(now).filter(user=user_id))
    )
    manager = _charges(now).order_by("-since").values("user__full_name")[:1]
    found = list(
        rows.annotate(manager=manager, many=Window(Count("*")))
        .order_by("due", "pk")
        .values_list("pk", "title", "client__name", "due", "is_promised", "department", "manager",
                     "many")[:limit]
    )  # fmt: skip
    tasks = [OwnTask(*row[:6], (row[6] or "") if row[5] == ACCOUNTS else "") for row in found]
    return tasks, found[0][7] if found else 0


def _charges(at: datetime) -> QuerySet[Assignment]:
    return Assignment.objects.filter(holding(at), role=Role.AM, client=OuterRef("client"))


def free_work_of(fact: "Fact") -> None:
    """Every door of a person was shut, or they left: at once, by the fact that says so."""
    free_work(fact.refs["person"])


def free_gone() -> int:
    """Each morning: the work of everybody who does not come in any more; returns how many tasks."""
    here = RoleGrant.objects.filter(ahead(), user=OuterRef("pk"))
    tasks = Task.objects.filter(assignee=OuterRef("pk"), closed_at=None)
    audits = Auditor.objects.filter(user=OuterRef("pk"), task__closed_at=None)
    gone = User.objects.filter(Exists(tasks) | Exists(audits)).exclude(
        Q(Exists(here)) & Q(is_active=True, doors_shut_at=None)
    )
    return sum(free_work(pk) for pk in gone.values_list("pk", flat=True))


def free_work(user_id: int) -> int:
    """Open tasks of somebody who does not come in go to the client's manager where they are client
    service's own, else back into the department's queue; they watch nothing and no series names
    them. What was handed in or bounced stays theirs until it comes back. Returns how many moved."""
    user = User.objects.get(pk=user_id)
    here = RoleGrant.objects.filter(ahead(), user=user).exists()
    if user.comes_in and here:
        return 0
    freed = 0
    for task in _open(Q(assignee=user)):
        with acting(task.client_id):
            again(task)
            freed += _free(task, user)
    for row in Auditor.objects.filter(user=user, task__closed_at=None).select_related("task"):
        with acting(row.task.client_id):
            if Auditor.objects.filter(pk=row.pk).delete()[0]:
                told = {"key": str(user.pk), "state": "off", "payload": {"automatic": False}}
                tell("task.auditor", row.task, None, "", **told)
    _free_series(user)
    return freed


def _free(task: Task, user: User) -> bool:
    if task.assignee_id != user.pk or not states.can("release", task.state):
        return False
    manager = manager_of(task.client_id) if task.department == ACCOUNTS else None
    if manager is not None and (manager.pk == user.pk or not manager.comes_in):
        manager = None
    step("release", task, None, "", assignee=manager, taken_by=None, taken_at=None)
    tell("task.assigned", task, None, "", payload={"user": manager.pk if manager else 0})
    return True


def _free_series(user: User) -> None:
    """The next task of a series is set for nobody who is not here."""
    series = Recurrence.objects.filter(stopped_at=None).filter(
        Q(by=user) | Q(form__assignee=user.pk)
    )
    for row in series.select_related("project"):
        with acting(row.project.client_id):
            manager = manager_of(row.project.client_id)
            if row.by_id == user.pk and manager is not None:
                row.by = manager
            if row.form.get("assignee") == user.pk:
                row.form = {**row.form, "assignee": None}
            row.version += 1
            row.save(update_fields=["by", "form", "version"])


def _open(whose: Q) -> Iterator[Task]:
    rows = Task.objects.filter(whose, closed_at=None).select_related("client", "project")
    yield from list(rows.order_by("pk"))
