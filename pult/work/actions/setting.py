"""Setting a task and changing what it asks for."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import client_for, line_for
from pult.clients.edits import change, check, only
from pult.clients.models import Client, ServiceLine
from pult.kernel import clock
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting
from pult.kernel.roles import STAFF
from pult.kernel.rows import add
from pult.people.models import User
from pult.regulation.calendars import current_calendar
from pult.regulation.gates import gated, guard
from pult.work.access import acting_role, conducts, leads, project_for, roles_of, task_for
from pult.work.actions.projects import usual_project
from pult.work.actions.promises import tell_promise, watch_mark
from pult.work.actions.watching import watch_flags, watch_optimisation
from pult.work.editions import APPENDIX, LAUNCH, form_of, read_values
from pult.work.indexing import index_task
from pult.work.logic import states
from pult.work.models import FLAGS, ChecklistItem, Dependency, Project, Task
from pult.work.smart import check_smart
from pult.work.steps import again, check_seen, tell, tell_due

if TYPE_CHECKING:
    from pult.work.logic.forms import Form

EDITABLE = frozenset({"title", "result", "measure", "is_promised", "estimate", "line"})
LONGEST_CHECKLIST = 50
# Forms whose task is an act of the regulation: what its being set is told as.
ORDERS = {LAUNCH: "prep.ordered", APPENDIX: "appendix.ordered"}
MOST_HOURS = 2000  # a person's year


def set_task(
    *,
    by: User,
    client_id: int,
    template: str,
    title: str,
    result: str,
    measure: str = "",
    due: datetime | None = None,
    department: str = "",
    project_id: int | None = None,
    line_id: int | None = None,
    values: Mapping[str, Any] | None = None,
    checklist: Iterable[str] | None = None,
    is_promised: bool = False,
    estimate: int = 0,
    flags: Iterable[str] = (),
    auditor_ids: Iterable[int] = (),
    after_ids: Iterable[int] = (),
) -> Task:
    """Set a task to a department's queue; who does it is for the department's head to say.

    `due` is the form's usual term by default; `values` are the form's fields, money in kopecks;
    `flags` of `FLAGS`; `estimate` in minutes. Without a project the client's usual one in the
    department, opened when missing. Raises BadInput naming the field that is missing.
    """
    role = _setter(by)
    client = client_for(by, client_id)
    if client.status == Client.Status.ENDED:
        raise Refusal(_("The client has left"), cure=_("Open the client again first"))
    form = _form(template)
    line = line_for(by, line_id) if line_id else None
    if form.needs_line and line is None:
        raise BadInput(_("Name the service line it is for"), field="line")
    kept = read_values(form, values or {})
    now = clock.now()
    with gated(), acting(client.pk):
        project = _project(by, client, form, department, project_id)
        task = Task(
            project=project,
            client=client,
            department=project.department,
            line=_own_line(client, line),
            template=form.code,
            template_version=form.version,
            kind=form.kind,
            title=title,
            result=result,
            measure=measure,
            values=kept,
            due=due or usual_due(form, project.department, now),
            is_promised=is_promised,
            estimate=estimate,
            author=by,
            created_at=now,
            changed_at=now,
        )
        if form.code == LAUNCH:  # what the form lacks is told before what the clause does
            check_smart(task, form)
        guard_launch(task, by, role)
        write_new(
            task,
            by=by,
            role=role,
            form=form,
            checklist=form.checklist if checklist is None else checklist,
            flags=flags,
            auditor_ids=auditor_ids,
            after_ids=after_ids,
        )
    return task


def guard_launch(task: Task, by: User, role: str) -> None:
    """A launch is ordered, by hand, by a series or anew, once its clause allows it (П.28)."""
    if task.template == LAUNCH:
        refs = {"client": task.client_id}
        guard("launch.ask", root_id=task.client_id, refs=refs, by=by, role=role)


def write_new(
    task: Task,
    *,
    by: User,
    role: str,
    form: "Form",
    checklist: Iterable[str] = (),
    flags: Iterable[str] = (),
    auditor_ids: Iterable[int] = (),
    after_ids: Iterable[int] = (),
) -> None:
    """Check and write a new task with everything around it and its facts, inside an action."""
    task.due_first = task.due
    for flag in flags:
        setattr(task, _flag(flag), True)
    _check_estimate(task.estimate)
    check(task)
    check_smart(task, form)
    add(task)
    _add_checklist(task, checklist)
    payload = {"department": task.department, "kind": task.kind, "template": task.template}
    tell(
        "task.set",
        task,
        by,
        role,
        refs={"project": task.project_id},
        state=task.kind,
        value=task.template_version,
        payload=payload,
    )
    if task.line_id and task.template in ORDERS:
        tell(ORDERS[task.template], task, by, role)
    tell("task.state", task, by, role, state=task.state)
    tell_due(task, by, role)
    if task.is_promised:
        tell_promise(task, by, role)
    watch_flags(task, by, role, [flag for flag in FLAGS if getattr(task, flag)], auditor_ids)
    watch_optimisation(task, by, role)
    wait_for(task, by, after_ids)
    index_task(task)


def edit_task(*, by: User, task_id: int, version: int, **changes: Any) -> Task:
    """Change what a task asks for: columns of `EDITABLE`, `values` (those given alone).

    The deadline moves by `move_due` only. Raises Conflict saying what somebody else changed.
    """
    task = task_for(by, task_id)
    _check_may_edit(by, task)
    role = acting_role(by)
    values = changes.pop("values", None)
    with acting(task.client_id):
        again(task)
        check_seen(task, version)
        edit_columns(task, by, role, only(changes, EDITABLE), values)
    return task


def edit_columns(
    task: Task, by: User, role: str, changes: dict[str, Any], values: Mapping[str, Any] | None
) -> list[str]:
    """The same inside an action; returns the names of what differs."""
    if task.state not in states.EDITABLE:
        raise Refusal(
            _("What is handed in or closed is not changed"),
            cure=_("Send it back first"),
            subject=task,
        )
    _check_estimate(changes.get("estimate", 0))
    if "line" in changes:
        _own_line(task.client, changes["line"])
    form = form_of(task.template, task.template_version)
    if values is not None and form is not None:
        kept = task.values | read_values(form, values)
        emptied = {code for code, value in values.items() if value in ("", None)}
        changes["values"] = {code: value for code, value in kept.items() if code not in emptied}
    fields = change(task, task.version, changes)
    if form is not None:
        check_smart(task, form)
    if fields:
        Task.objects.filter(pk=task.pk).update(changed_at=clock.now())
        tell("task.edited", task, by, role, payload={"fields": fields})
        if "is_promised" in fields:
            watch_mark(task, by, role)
        index_task(task)
    return fields


def usual_due(form: "Form", department: str, now: datetime) -> datetime:
    """When the form's usual term is over by the department's working hours."""
    calendar = current_calendar(department)
    return clock.from_minute(calendar.add(clock.to_minute(now), form.term))


def wait_for(task: Task, by: User, after_ids: Iterable[int]) -> None:
    """Make a task wait for others of the same client, without going in a circle."""
    for pk in dict.fromkeys(after_ids):
        other = Task.objects.filter(pk=pk, client=task.client_id).first()
        if other is None:
            raise BadInput(_("A task waits for tasks of the same client"), field="after")
        edges = Dependency.objects.filter(task__client=task.client_id).values_list("task", "after")
        if states.loops(list(edges), task.pk, other.pk):
            raise BadInput(
                _("Then each would wait for the other: “%(title)s”") % {"title": other.title},
                field="after",
            )
        Dependency.objects.get_or_create(task=task, after=other)


def _setter(by: User) -> str:
    if not roles_of(by) & STAFF:
        raise Refusal(_("Your role does not allow this: %(act)s") % {"act": _("set tasks")})
    return acting_role(by)


def _form(template: str) -> "Form":
    form = form_of(template)
    if form is None or not form.is_active:
        raise BadInput(_("There is no such form of tasks"), field="template")
    return form


def _project(
    by: User, client: Client, form: "Form", department: str, project_id: int | None
) -> Project:
    if project_id is None:
        return usual_project(client, _department(form, department), by)
    project = project_for(by, project_id)
    if project.client_id != client.pk:
        raise BadInput(_("This project is another client's"), field="project")
    if project.ended_on:
        raise Refusal(_("The project has ended"), cure=_("Choose another project"))
    _department(form, project.department)
    return project


def _department(form: "Form", department: str) -> str:
    if not department:
        return form.department
    if department not in form.departments:
        raise BadInput(_("This form is not for that department"), field="department")
    return department


def _check_estimate(minutes: int) -> None:
    if not 0 <= minutes <= MOST_HOURS * 60:
        raise BadInput(_("Between 1 and %(most)d hours") % {"most": MOST_HOURS}, field="estimate")


def _own_line(client: Client, line: ServiceLine | None) -> ServiceLine | None:
    if line is not None and line.client_id != client.pk:
        raise BadInput(_("This line belongs to another client"), field="line")
    return line


def _check_may_edit(by: User, task: Task) -> None:
    if not (conducts(by, task) or leads(by, task.department)):
        raise Refusal(
            _("Your role does not allow this: %(act)s") % {"act": _("change the task")},
            cure=_("Write a comment, or bounce the task"),
            who=str(task.author),
        )


def _flag(name: str) -> str:
    if name not in FLAGS:
        raise BadInput(_("There is no such mark"), field="flag")
    return name


def _add_checklist(task: Task, texts: Iterable[str]) -> None:
    kept = [text.strip()[:300] for text in texts if text.strip()][:LONGEST_CHECKLIST]
    ChecklistItem.objects.bulk_create(
        ChecklistItem(task=task, place=place, text=text) for place, text in enumerate(kept)
    )
