"""The next task of a recurrence: set once, by the worker, on a working day of its department."""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from pult.clients.models import ServiceLine
from pult.kernel import clock
from pult.kernel.calendar.hours import day_index
from pult.kernel.errors import PultError
from pult.kernel.facts import acting
from pult.kernel.jobs import job
from pult.kernel.models import Job
from pult.people.models import User
from pult.regulation.calendars import current_calendar
from pult.regulation.gates import gated
from pult.work.actions.setting import guard_launch, usual_due, write_new
from pult.work.editions import form_of
from pult.work.logic import recurrence as logic
from pult.work.models import Recurrence, Task
from pult.work.repeats import today, workdays_of

SET_RECURRING = "work.recurring"
UNSERVED = ("ended", "paused")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RunResult:
    """How many tasks were set, and the recurrences whose task could not be."""

    set: int
    refused: tuple[int, ...]


@job(SET_RECURRING)
def set_recurring(job: Job, **args: Any) -> dict[str, Any]:
    """Set every task whose day has come; what an evening missed is set once, not many times."""
    result = set_due(today())
    return {"set": result.set, "refused": list(result.refused)}


def set_due(day: date) -> RunResult:
    """Set the next task of each recurrence that is due by a day; one that refuses is named in the
    log and holds nobody up."""
    due = Recurrence.objects.filter(stopped_at=None, next_on__lte=day)
    done, refused = 0, []
    for pk in list(due.order_by("next_on", "pk").values_list("pk", flat=True)):
        try:
            done += set_next(pk, day) is not None
        except PultError as problem:
            log.warning("recurrence %d: %s", pk, problem)
            refused.append(pk)
    return RunResult(done, tuple(refused))


def set_next(recurrence_id: int, day: date) -> Task | None:
    """The task of one recurrence, if nobody set it meanwhile and the client is still served."""
    row = Recurrence.objects.select_related("project__client", "by").get(pk=recurrence_id)
    with gated(), acting(row.project.client_id):
        row.refresh_from_db(fields=["next_on", "stopped_at", "ends_on"])
        if row.stopped_at or row.next_on is None or row.next_on > day:
            return None
        is_served = row.project.client.status not in UNSERVED and not row.project.ended_on
        if row.basis == Recurrence.Basis.COMPLETION and not is_served:
            return None  # nothing else would plan it: it waits for the client to come back
        occurrence = row.next_on
        following = _following(row, day)
        stopped = clock.now() if _is_over(row, following) else None
        Recurrence.objects.filter(pk=row.pk).update(
            next_on=None if stopped else following, stopped_at=stopped
        )
        return _set(row, occurrence) if is_served else None


def _set(row: Recurrence, occurrence: date) -> Task | None:
    told = row.form
    form = form_of(told["template"], told["template_version"])
    if form is None or Task.objects.filter(recurrence=row, occurrence=occurrence).exists():
        return None
    now = clock.now()
    assignee = User.objects.filter(pk=told.get("assignee"), is_active=True).first()
    line = ServiceLine.objects.filter(pk=told.get("line")).exclude(status="ended").first()
    task = Task(
        project=row.project,
        client=row.project.client,
        department=row.project.department,
        line=line,
        template=form.code,
        template_version=form.version,
        kind=form.kind,
        title=told["title"],
        result=told["result"],
        measure=told["measure"],
        values=told["values"],
        estimate=told["estimate"],
        due=usual_due(form, row.project.department, _begins(row, now)),
        author=row.by,
        assignee=assignee,
        created_at=now,
        changed_at=now,
        recurrence=row,
        occurrence=occurrence,
    )
    guard_launch(task, row.by, "")
    watchers = User.objects.filter(pk__in=told["auditors"], is_active=True)
    write_new(
        task,
        by=row.by,
        role="",
        form=form,
        checklist=told["checklist"],
        auditor_ids=watchers.values_list("pk", flat=True),
    )
    return task


def _following(row: Recurrence, day: date) -> date | None:
    """The day after this one by the calendar; what was missed is not made up for."""
    if row.basis == Recurrence.Basis.COMPLETION:
        return None
    return logic.next_day(row.unit, row.every, max(day, row.next_on), row.anchor, workdays_of(row))


def _is_over(row: Recurrence, following: date | None) -> bool:
    return bool(row.ends_on and following and following > row.ends_on)


def _begins(row: Recurrence, now: datetime) -> datetime:
    """The term counts from the morning of the day, in the department's hours."""
    calendar = current_calendar(row.project.department)
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    morning = clock.from_minute(calendar.day_start(day_index(local)))
    return max(morning, now)
