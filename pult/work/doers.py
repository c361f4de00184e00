"""Who does a task: М4 asks before anybody becomes its doer."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from pult.people.models import Department
from pult.regulation.gates import refusal_of
from pult.work.access import role_in
from pult.work.steps import refs_of, tell

if TYPE_CHECKING:
    from pult.people.models import User
    from pult.work.models import Task


def become_doer(task: "Task", user: "User", by: "User") -> None:
    """Record that `user` does the work, unless М4 forbids it to them with this client.

    Inside `gated(), acting(client)`. Raises the refusal of the clause, with the right way: the
    task left to, or set anew for, its department (`right_way` is the form's query).
    """
    role = role_in(user, task.client_id)
    act = f"work.{task.kind}"
    refusal = refusal_of(act, root_id=task.client_id, refs=refs_of(task), by=by, role=role)
    if refusal:
        label = str(Department.Code(task.department).label)
        refusal.cure = _("Leave the task to “%(department)s”: its head names who does it") % {
            "department": label
        }
        refusal.subject = task
        refusal.right_way = right_way(task)
        raise refusal
    tell("task.doer", task, by, role, state=task.kind, payload={"user": user.pk})


def right_way(task: "Task") -> str:
    """The query of a new task's page, filled in from this one."""
    told = {
        "client": task.client_id,
        "template": task.template,
        "department": task.department,
        "title": task.title,
    }
    if task.line_id:
        told["line"] = task.line_id
    return urlencode(told)
