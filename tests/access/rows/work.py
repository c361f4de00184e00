"""Tasks: the list, one task with what is done to it, a new one.

Анна's client, and her task to Дарья's department. Heads see every task; whoever has nothing to do
with one finds no such page.
"""

from typing import Any

from pult.clients.tests.factories import make_client
from pult.kernel.files import store
from pult.work.actions.talk import keep_file
from pult.work.tests.factories import make_task
from tests.access.table import STAFF, opens, posted

SEE = ("am", "executor", "production_head", "production_director", "head", "director")
UNSEEN = {"contractor": 404, "another_am": 404, "sales": 404, "accountant": 404, "it": 404}
OTHERS = ("contractor", "another_am", "sales", "accountant", "it")


def world(cast: Any) -> dict[str, Any]:
    romashka = make_client("Ромашка", am=cast.anna)
    task = make_task(romashka, cast.anna)
    kept = keep_file(task, cast.anna, "бриф.txt", store(b"brief"))
    return {"task": task.pk, "act": "comment", "kept": kept.pk, "csv": "csv"}


ROWS = [
    opens("tasks", "", *STAFF),
    opens("tasks_table", "csv", *STAFF),
    posted("tasks_changes", "", *STAFF),
    posted("tasks_views", "", *STAFF),
    opens("task_new", "", *STAFF, writers=STAFF),
    opens("task", "task", *SEE, **UNSEEN),
    opens(
        "task_changes",
        "task",
        *SEE,
        **{**UNSEEN, "contractor": 403},
        writers=SEE,
        refused=("executor",),
        form={"version": "1", "title": "Иначе"},
    ),
    posted("task_act", "task act", *SEE, rivals=OTHERS, form={"text": "Смотрю"}),
    opens("task_file", "task kept", *SEE, **{**UNSEEN, "contractor": 403}),
]
