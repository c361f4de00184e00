"""Texts of tasks that may name a person of the client."""

from collections.abc import Collection

from django.db.models import Q

from pult.clients.texts import Texts, through
from pult.work.indexing import index_task
from pult.work.models import Task

OF_TASK = through("task__client")


def _of_tasks(client_ids: Collection[int]) -> Q:
    tasks = Task.objects.filter(client__in=client_ids)
    return Q(source="task", item_id__in=tasks.values("pk"))


def _found_anew(tasks: list[Task]) -> None:
    for task in tasks:
        index_task(task)


TEXTS = (
    Texts(
        "work.Task",
        ("title", "result", "measure", "values"),
        through("client"),
        rewritten=_found_anew,
    ),
    Texts("work.Project", ("title",), through("client")),
    Texts("work.Recurrence", ("form",), through("project__client")),
    Texts("work.ChecklistItem", ("text",), OF_TASK),
    Texts("work.TaskFile", ("name",), OF_TASK),
    Texts("work.TimeEntry", ("note",), OF_TASK),
    Texts("work.DeadlineMove", ("note",), OF_TASK),
    Texts("work.Bounce", ("note", "decision"), OF_TASK),
    Texts("work.TaskPrice", ("terms",), OF_TASK),
    Texts("work.Comment", ("text",), OF_TASK),
    Texts("people.CarryOver", ("title", "reason"), _of_tasks),
)
