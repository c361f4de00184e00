"""Tasks of a former system: brought in as they stand, without a debt, and taken back untouched."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from pult.clients.access import client_for, require
from pult.clients.models import Client
from pult.kernel import clock
from pult.kernel.errors import Conflict, Refusal
from pult.kernel.facts import acting, void
from pult.kernel.models import Fact
from pult.kernel.search import remove_document
from pult.people.models import User
from pult.work.access import ACCOUNTS, DEPARTMENTS
from pult.work.actions.projects import usual_project
from pult.work.actions.setting import usual_due, write_new
from pult.work.editions import form_of
from pult.work.models import Project, Task
from pult.work.steps import tell

FORM = "wish"
BRINGERS = ("head", "director")


def bring_task(
    *,
    by: User,
    client_id: int,
    title: str,
    result: str,
    author: User | None = None,
    doer: User | None = None,
    due: datetime | None = None,
    checklist: Iterable[str] = (),
    auditor_ids: Iterable[int] = (),
) -> Task:
    """A task somebody set elsewhere: new here, its doer named already, its words as they were.

    A deadline that has passed or was never named becomes the form's usual term from now on: nobody
    starts with a debt. It goes to its doer's department, else to client service.
    """
    role = require(by, *BRINGERS, act=_("bring tasks in"))
    client = client_for(by, client_id)
    if client.status == Client.Status.ENDED:
        raise Refusal(_("The client has left"), cure=_("Open the client again first"))
    form = form_of(FORM)
    assert form is not None
    now = clock.now()
    code = doer.department.code if doer and doer.department_id else ACCOUNTS
    department = code if code in DEPARTMENTS else ACCOUNTS
    with acting(client.pk):
        task = Task(
            project=usual_project(client, department, by),
            client=client,
            department=department,
            template=form.code,
            template_version=form.version,
            kind=form.kind,
            title=title,
            result=result or title,
            measure=_("As agreed in the former system"),
            due=due if due and due > now else usual_due(form, department, now),
            author=author or by,
            assignee=doer,
            created_at=now,
            changed_at=now,
        )
        write_new(task, by=by, role=role, form=form, checklist=checklist, auditor_ids=auditor_ids)
        if doer:
            tell("task.assigned", task, by, role, payload={"user": doer.pk})
    return task


def unbring_task(*, by: User, task_id: int, version: int) -> None:
    """Take a brought task back with all that came with it; Conflict when somebody worked with it.

    `version` is what it had when it was brought in.
    """
    require(by, *BRINGERS, act=_("undo an import"))
    task = Task.objects.filter(pk=task_id).first()
    if task is None:
        return
    with acting(task.client_id):
        task.refresh_from_db()
        if task.version != version or _is_touched(task):
            raise Conflict(_("Somebody has worked with “%(title)s”") % {"title": task.title})
        _void(by, Fact.objects.filter(root_id=task.client_id, refs__task=task.pk))
        remove_document("task", task.pk)
        project = task.project
        task.files.all().delete()
        task.delete()
        _drop_empty(by, project)


def _is_touched(task: Task) -> bool:
    """Time, bounces and moves are people's work; so are words of more than one person."""
    if any(rows.exists() for rows in (task.times, task.given_back, task.deadline_moves)):
        return True
    if task.checklist.filter(done_at__isnull=False).exists() or task.holds.exists():
        return True
    return task.comments.order_by().values("by").distinct().count() > 1


def _drop_empty(by: User, project: Project) -> None:
    """The project its first task opened, when that was the only one."""
    if project.version > 1 or project.title or project.tasks.exists():
        return
    if project.recurrences.exists():
        return
    _void(by, Fact.objects.filter(root_id=project.client_id, refs__project=project.pk))
    project.delete()


def _void(by: User, facts: "Iterable[Fact]") -> None:
    for fact in facts.filter(voided_by=None).exclude(kind="void").order_by("pk"):
        void(fact, by=by, reason=_("The import was undone"))
