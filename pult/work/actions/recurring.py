"""Setting a recurrence of tasks and stopping it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from pult.clients.edits import check
from pult.kernel import clock
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.facts import acting, record
from pult.people.models import User
from pult.work.access import acting_role, conducts, leads, project_for, roles_of, task_for
from pult.work.logic.recurrence import first_day
from pult.work.models import CLOSED, Recurrence, Task
from pult.work.repeats import workdays_of
from pult.work.steps import again

LONGEST = 24
FARTHEST = 366  # days to the first one


def repeat_task(
    *,
    by: User,
    task_id: int,
    basis: str,
    unit: str,
    every: int = 1,
    first_on: date | None = None,
    ends_on: date | None = None,
) -> Recurrence:
    """Make a task come again, from the same form with the same words.

    `basis` calendar: each `every` units from `first_on`; completion: so long after the last one
    was accepted. A next one that falls on a day off is set on the working day before.
    """
    task = task_for(by, task_id)
    if not (conducts(by, task) or leads(by, task.department)):
        raise Refusal(
            _("Your role does not allow this: %(act)s") % {"act": _("make tasks come again")},
            who=str(task.author),
            subject=task,
        )
    if not 1 <= every <= LONGEST:
        raise BadInput(_("Between 1 and %(most)d") % {"most": LONGEST}, field="every")
    today = clock.today(settings.TIME_ZONE)
    anchor = first_on or today
    if anchor < today:
        raise BadInput(_("Choose a day ahead"), field="first_on")
    if anchor > today + timedelta(days=FARTHEST):
        raise BadInput(
            _("The first one is more than a year ahead"),
            field="first_on",
            cure=_("Choose a nearer day"),
        )
    if ends_on and ends_on < anchor:
        raise BadInput(_("The last day is before the first"), field="ends_on")
    with acting(task.client_id):
        _check_once(task)
        if basis == Recurrence.Basis.COMPLETION:
            _check_ahead(task)
        row = Recurrence(
            project=task.project,
            basis=basis,
            unit=unit,
            every=every,
            form=form_of_task(task),
            anchor=anchor,
            ends_on=ends_on,
            by=by,
        )
        if basis == Recurrence.Basis.CALENDAR:
            row.next_on = first_day(anchor, today, workdays_of(row))
        check(row)
        row.save(force_insert=True)
        Task.objects.filter(pk=task.pk).update(recurrence=row)
        payload = {"recurrence": row.pk, "basis": basis, "unit": unit, "every": every}
        _tell("recurrence.set", row, by, payload)
    return row


def stop_repeating(*, by: User, recurrence_id: int) -> None:
    """No next one is set; those set already stay."""
    row = Recurrence.objects.filter(pk=recurrence_id).first()
    if row is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    project = project_for(by, row.project_id)
    if not (row.by_id == by.pk or leads(by, project.department) or "am" in roles_of(by)):
        raise Refusal(_("Only whoever set this stops it"), who=str(row.by))
    with acting(project.client_id):
        mine = Recurrence.objects.filter(pk=row.pk, stopped_at=None)
        if mine.update(stopped_at=clock.now(), next_on=None):
            _tell("recurrence.stopped", row, by, {"recurrence": row.pk})


def _check_once(task: Task) -> None:
    """Of two people at the form the second is refused: one task is of one series."""
    if Recurrence.objects.filter(tasks=task, stopped_at=None).exists():
        raise Refusal(
            _("The task comes again already"),
            cure=_("Stop that series first"),
            subject=task,
        )


def _check_ahead(task: Task) -> None:
    """What is over completes no more: such a series would never come."""
    again(task)
    if task.state in CLOSED:
        raise Refusal(
            _("The task is closed: there is no completion to count from"),
            cure=_("Choose a series by the calendar, or send the work back first"),
            subject=task,
        )


def form_of_task(task: Task) -> Mapping[str, Any]:
    """What the next one is made of."""
    names = ("template", "template_version", "title", "result", "measure", "values", "estimate")
    return {name: getattr(task, name) for name in names} | {
        "line": task.line_id,
        "assignee": task.assignee_id,
        "checklist": [item.text for item in task.checklist.all()],
        "auditors": [row.user_id for row in task.auditors.filter(is_automatic=False)],
    }


def _tell(kind: str, row: Recurrence, by: User, payload: dict[str, Any]) -> None:
    client = row.project.client_id
    refs = {"client": client, "project": row.project_id}
    record(kind, root_id=client, refs=refs, by=by, role=acting_role(by), payload=payload)
