"""Dates promised to clients: each is kept on its day (0.1), and of one that slips somebody tells
them (0.2.2)."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import Refusal
from pult.kernel.facts import acting, void
from pult.kernel.models import Fact
from pult.people.models import User
from pult.work.access import acting_role, conducts, task_for
from pult.work.models import PromiseSlip, Task
from pult.work.steps import again, tell


def tell_client(*, by: User, task_id: int) -> None:
    """The client was told the new date, which is the promised one from now on."""
    task = task_for(by, task_id)
    if not conducts(by, task):
        raise Refusal(
            _("Your role does not allow this: %(act)s") % {"act": _("speak for the agency")},
            who=str(task.author),
            subject=task,
        )
    with acting(task.client_id):
        again(task)
        row = _open(task)
        if row is None or not _is_marked(task):
            raise Refusal(_("The client has been told, or the date holds"), subject=task)
        role = acting_role(by, "am", "head")
        _end(row, "task.slip_told", task, by, role, told_by=by)
        tell_promise(task, by, role)


def tell_promise(task: Task, by: User | None, role: str) -> None:
    """Record the date the client was promised; the newest one rules. A move alone changes no
    promise: the client is told first."""
    day = task.due.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    tell("task.promised", task, by, role, key=str(task.pk), day=day)


def watch_mark(task: Task, by: User, role: str) -> None:
    """Inside an action that set or took off the mark of a promise."""
    if task.is_promised:
        tell_promise(task, by, role)
        return
    if row := _open(task):
        _end(row, "task.slip_gone", task, by, role)
    told = Fact.objects.filter(root_id=task.client_id, kind="task.promised", key=str(task.pk))
    for fact in told.filter(voided_by=None):
        void(fact, by=by, reason=_("No date is promised to the client"))


def watch_promise(task: Task, before: datetime, by: User | None, role: str) -> None:
    """Inside an action that changed the deadline from `before`: one later than the promised day
    asks to tell the client, one that is back by then asks for nothing any more."""
    row = _open(task)
    if row is None and not _is_marked(task):
        return
    promised = _promised(task, before if row is None else row.before)
    if row is not None and task.due <= promised:
        _end(row, "task.slip_gone", task, by, role)
    elif row is None and task.due > promised:
        before = promised
        row = PromiseSlip(task=task, before=before, at=clock.now())
        row.save(force_insert=True)
        moved = {"before": clock.to_minute(before), "after": clock.to_minute(task.due)}
        tell("task.slip_opened", task, by, role, refs={"slip": row.pk}, payload=moved)


def _promised(task: Task, known: datetime) -> datetime:
    """Till when the promise holds: the moment known of, or the end of the day the client was told
    when that is another."""
    told = Fact.objects.filter(root_id=task.client_id, kind="task.promised", key=str(task.pk))
    day = told.filter(voided_by=None).order_by("-pk").values_list("day", flat=True).first()
    zone = ZoneInfo(settings.TIME_ZONE)
    if day is None or day == known.astimezone(zone).date():
        return known
    return datetime.combine(day, time(23, 59), zone)


def _is_marked(task: Task) -> bool:
    """Whether the task is promised, as the table says: the mark may have moved meanwhile."""
    return Task.objects.filter(pk=task.pk, is_promised=True).exists()


def _open(task: Task) -> PromiseSlip | None:
    return PromiseSlip.objects.filter(task=task, ended_at=None).first()


def _end(row: PromiseSlip, kind: str, task: Task, by: User | None, role: str, **told: Any) -> None:
    mine = PromiseSlip.objects.filter(pk=row.pk, ended_at=None)
    if mine.update(ended_at=clock.now(), **told):
        tell(kind, task, by, role, refs={"slip": row.pk})
