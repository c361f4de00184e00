"""What of the tasks a specialist's day begins with."""

from dataclasses import dataclass

from django.conf import settings

from pult.clients.access import roles_of
from pult.kernel import clock
from pult.kernel.roles import Role
from pult.people.models import User
from pult.work.access import led_by, queue_of
from pult.work.models import WAITING, Snooze, Task
from pult.work.queries.rows import rows_of
from pult.work.queries.shapes import TaskRow

SHOWN = 8
MOST = 100
MAKERS = frozenset({Role.EXECUTOR, Role.PRODUCTION_HEAD, Role.PRODUCTION_DIRECTOR})


@dataclass(frozen=True)
class WorkOfDay:
    """The soonest of one's own tasks and of the queue one works from or distributes; the counts
    are up to a hundred. `late`: how many of one's own are overdue."""

    mine: tuple[TaskRow, ...] = ()
    mine_count: int = 0
    late: int = 0
    queue: tuple[TaskRow, ...] = ()
    queue_count: int = 0

    def __bool__(self) -> bool:
        return bool(self.mine_count or self.queue_count)


def work_of_day(user: User) -> WorkOfDay:
    """Nothing for those who make nothing. Three queries."""
    if roles_of(user).isdisjoint(MAKERS):
        return WorkOfDay()
    today = clock.today(settings.TIME_ZONE)
    hidden = Snooze.objects.filter(user=user, until__gt=today).values("task")
    waiting = Task.objects.filter(closed_at=None, state__in=WAITING)
    mine = waiting.filter(assignee=user).exclude(pk__in=hidden)
    departments = {queue_of(user), *led_by(user)} - {""}
    queue = waiting.filter(assignee=None, department__in=departments)
    own, free = dict(_soonest(mine)), dict(_soonest(queue))
    first, free_first = list(own)[:SHOWN], list(free)[:SHOWN]
    shown = {row.id: row for row in rows_of(user, [*first, *free_first])}
    now = clock.now()
    return WorkOfDay(
        mine=tuple(shown[pk] for pk in first),
        mine_count=len(own),
        late=sum(due < now for due in own.values()),
        queue=tuple(shown[pk] for pk in free_first),
        queue_count=len(free),
    )


def _soonest(rows):
    return rows.order_by("due", "id").values_list("pk", "due")[:MOST]
