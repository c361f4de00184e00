"""What was done for a project in a stretch of days: the list of works of its report (A2-04)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, Sum

from pult.kernel import clock
from pult.work.access import project_for, tasks_of
from pult.work.models import Bounce, Task, TimeEntry

if TYPE_CHECKING:
    from pult.people.models import User

SHOWN = 500


@dataclass(frozen=True)
class WorkItem:
    """A task of the report. `minutes` were worked at it in these days; `is_late`: handed in, or
    still not, after its first deadline that passed."""

    id: int
    title: str
    result: str
    state: str
    state_label: str
    doer: str
    due: datetime
    done_at: datetime | None
    minutes: int
    bounces: int
    is_late: bool


@dataclass(frozen=True)
class WorkReport:
    """`done` were handed in or accepted in these days, `open` stood open at their end; `in_time`
    counts those done that kept their deadline. With `has_more` there are more tasks than are shown,
    and every figure counts those shown alone."""

    project_id: int
    client_id: int
    client: str
    title: str
    done: tuple[WorkItem, ...]
    open: tuple[WorkItem, ...]
    minutes: int
    bounces: int
    has_more: bool

    @property
    def in_time(self) -> int:
        return sum(not item.is_late for item in self.done)


def work_report(user: "User", project_id: int, first: date, last: date) -> WorkReport:
    """The work of a project from day to day inclusive; raises NotVisible. Of its tasks those the
    person sees."""
    project = project_for(user, project_id)
    since, until = _start(first), _start(last + timedelta(days=1))
    seen = tasks_of(user, among=Task.objects.filter(project=project, created_at__lt=until))
    done = Q(done_at__gte=since, done_at__lt=until, state__in=("done", "accepted"))
    open_then = Q(closed_at=None) | Q(closed_at__gte=until)
    rows = list(
        seen.filter(done | open_then).select_related("assignee").order_by("due", "pk")[: SHOWN + 1]
    )
    shown = [row.pk for row in rows[:SHOWN]]
    minutes = _minutes(shown, first, last)
    bounced = Bounce.objects.filter(task__in=shown, at__gte=since, at__lt=until)
    bounces: dict[int, int] = {}
    for pk in bounced.values_list("task", flat=True):
        bounces[pk] = bounces.get(pk, 0) + 1
    now = min(clock.now(), until)
    items = [
        (row, _item(row, minutes.get(row.pk, 0), bounces.get(row.pk, 0), now))
        for row in rows[:SHOWN]
    ]
    is_done = {row.pk: _done_in(row, since, until) for row in rows}
    return WorkReport(
        project_id=project.pk,
        client_id=project.client_id,
        client=project.client.name,
        title=str(project),
        done=tuple(item for row, item in items if is_done[row.pk]),
        open=tuple(item for row, item in items if not is_done[row.pk]),
        minutes=sum(minutes.values()),
        bounces=sum(bounces.values()),
        has_more=len(rows) > len(shown),
    )


def _minutes(tasks: list[int], first: date, last: date) -> dict[int, int]:
    entries = TimeEntry.objects.filter(
        task__in=tasks, day__gte=first, day__lte=last, voided_at=None
    )
    return dict(entries.values_list("task").annotate(Sum("minutes")))


def _done_in(row: Task, since: datetime, until: datetime) -> bool:
    is_done = row.state in ("done", "accepted")
    return is_done and row.done_at is not None and since <= row.done_at < until


def _item(row: Task, minutes: int, bounces: int, now: datetime) -> WorkItem:
    ended = row.done_at or now
    return WorkItem(
        id=row.pk,
        title=row.title,
        result=row.result,
        state=row.state,
        state_label=str(Task.State(row.state).label),
        doer=str(row.assignee or ""),
        due=row.due,
        done_at=row.done_at,
        minutes=minutes,
        bounces=bounces,
        is_late=row.missed_at is not None or ended > row.due,
    )


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(settings.TIME_ZONE))
