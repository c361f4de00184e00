"""A task that comes again counts from the day the last one was closed."""

from collections.abc import Callable
from datetime import date

from django.conf import settings

from pult.kernel import clock
from pult.kernel.calendar.hours import day_index
from pult.regulation.calendars import current_calendar
from pult.work.logic import recurrence as logic
from pult.work.models import Recurrence, Task


def after_closed(task: Task) -> None:
    """A recurrence that counts from completion plans its next one from the day the last one was
    accepted or called off, unless another of the series is still open."""
    row = _counting(task)
    if row is None or row.tasks.filter(closed_at=None).exclude(pk=task.pk).exists():
        return
    following = logic.after_completion(row.unit, row.every, today(), workdays_of(row))
    if row.ends_on and following > row.ends_on:
        Recurrence.objects.filter(pk=row.pk).update(next_on=None, stopped_at=clock.now())
    else:
        Recurrence.objects.filter(pk=row.pk).update(next_on=following)


def after_reopened(task: Task) -> None:
    """An accepted or cancelled task is open again: its series waits for it anew."""
    if row := _counting(task):
        Recurrence.objects.filter(pk=row.pk).update(next_on=None)


def _counting(task: Task) -> Recurrence | None:
    """The live recurrence of a task that counts from completion."""
    rows = Recurrence.objects.filter(stopped_at=None, basis=Recurrence.Basis.COMPLETION)
    return rows.select_related("project").filter(pk=task.recurrence_id).first()


def today() -> date:
    """The agency's day."""
    return clock.today(settings.TIME_ZONE)


def workdays_of(row: Recurrence) -> Callable[[date], bool]:
    """Whether the department works on a day."""
    calendar = current_calendar(row.project.department)
    return lambda day: bool(calendar.is_workday(day_index(day)))
