"""Tasks: the lists, one task with what is done to it, a new one; projects; forms of tasks.

Анна's client, and her task to Дарья's department. Heads see every task; whoever has nothing to do
with one finds no such page.
"""

from typing import Any

from pult.clients.tests.factories import make_client
from pult.kernel.files import store
from pult.web.saved_views import save_view
from pult.work.actions.projects import usual_project
from pult.work.actions.talk import keep_file
from pult.work.tests.factories import make_task
from tests.access.table import STAFF, opens, posted

SEE = ("am", "executor", "production_head", "production_director", "head", "director")
UNSEEN = {"contractor": 404, "another_am": 404, "sales": 404, "accountant": 404, "it": 404}
OTHERS = ("contractor", "another_am", "sales", "accountant", "it")
AT_WORK = {**UNSEEN, "contractor": 403}
HEADS = ("production_head", "production_director", "head", "director")
PLANNERS = ("am", *HEADS)
UNHELD = {"executor": 404, "another_am": 404, "sales": 404, "it": 404}


def world(cast: Any) -> dict[str, Any]:
    romashka = make_client("Ромашка", am=cast.anna)
    task = make_task(romashka, cast.anna)
    kept = keep_file(task, cast.anna, "бриф.txt", store(b"brief"))
    project = usual_project(romashka, "context", cast.anna)
    return {
        "task": task.pk,
        "act": "comment",
        "kept": kept.pk,
        "csv": "csv",
        "watch": "watch",
        "project": project.pk,
        "client": romashka.pk,
        "context": "context",
        "darya": str(cast.darya.pk),
        "view": save_view(by=cast.anna, page="tasks", name="Мои", query="view=mine").pk,
    }


ROWS = [
    opens("tasks", "", *STAFF),
    opens("tasks_table", "csv", *STAFF),
    posted("tasks_changes", "", *STAFF),
    posted("tasks_views", "", *STAFF),
    posted("tasks_view_change", "view", "am", rivals=STAFF, form={"act": "looked"}),
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
    opens("task_file", "task kept", *SEE, **UNSEEN),
    opens("task_setup", "task", *SEE, **AT_WORK),
    posted("task_arrange", "task watch", *SEE, rivals=OTHERS[1:], form={"user": "darya"}),
    opens("task_board", "", *STAFF),
    posted("task_board_moves", "", *STAFF),
    opens("task_calendar", "", *STAFF),
    opens("task_load", "", *STAFF),
    opens("task_forms", "", *STAFF),
    opens("task_form_new", "", *HEADS, writers=HEADS),
    opens("task_form", "context", *HEADS, writers=HEADS),
    opens("client_tasks", "client", *PLANNERS, "accountant", **UNHELD),
    opens("projects", "", *STAFF),
    opens("project", "project", *SEE, **AT_WORK),
    opens("project_report", "project", *SEE, **AT_WORK),
    opens("project_report_file", "project csv", *SEE, **AT_WORK),
    opens("project_new", "", *PLANNERS, "another_am", writers=(*PLANNERS, "another_am")),
    posted("project_changes", "project", *PLANNERS, rivals=("another_am",)),
    posted("project_end", "project", *PLANNERS, rivals=("another_am",)),
]
