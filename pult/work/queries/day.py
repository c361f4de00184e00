"""What of the tasks a day begins with: of specialists and of account managers."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from pult.clients.access import roles_of
from pult.kernel import clock
from pult.kernel.roles import Role
from pult.people.models import User
from pult.work.access import led_by, queue_of
from pult.work.models import WAITING, Snooze, Task
from pult.work.queries.lists import SOONEST
from pult.work.queries.rows import rows_of
from pult.work.queries.shapes import TaskRow
from pult.work.queries.wanted import view_rows

SHOWN = 8
MOST = 100
MAKERS = frozenset({Role.AM, Role.EXECUTOR, Role.PRODUCTION_HEAD, Role.PRODUCTION_DIRECTOR})


@dataclass(frozen=True)
class WorkOfDay:
    """The soonest of one's own tasks, of those that wait for one's acceptance and of the queue one
    works from or distributes; the counts are up to a hundred. `late`: one's own overdue; of those
    bounced the clock stands."""

    mine: tuple[TaskRow, ...] = ()
    mine_count: int = 0
    late: int = 0
    accept: tuple[TaskRow, ...] = ()
    accept_count: int = 0
    queue: tuple[TaskRow, ...] = ()
    queue_count: int = 0

    def __bool__(self) -> bool:
        return bool(self.mine_count or self.accept_count or self.queue_count)


def work_of_day(user: User, managed: Collection[int] = ()) -> WorkOfDay:
    """Nothing for those who make and accept nothing. At most four queries.

    `managed`: the clients whose handed-in work an account manager accepts."""
    roles = roles_of(user)
    if roles.isdisjoint(MAKERS):
        return WorkOfDay()
    today = clock.today(settings.TIME_ZONE)
    hidden = Snooze.objects.filter(user=user, until__gt=today).values("task")
    waiting = Task.objects.filter(closed_at=None, state__in=WAITING)
    open_ones = Task.objects.filter(closed_at=None, state__in=(*WAITING, Task.State.BOUNCED))
    mine = open_ones.filter(assignee=user).exclude(pk__in=hidden)
    departments = {queue_of(user), *led_by(user)} - {""}
    queue = waiting.filter(assignee=None, department__in=departments)
    own, free = _soonest(mine), [pk for pk, *_when in _soonest(queue)]
    handed = _handed_in(user, managed) if Role.AM in roles else []
    first, told = [pk for pk, *_when in own[:SHOWN]], (handed[:SHOWN], free[:SHOWN])
    shown = {row.id: row for row in rows_of(user, [*first, *told[0], *told[1]])}
    now = clock.now()
    return WorkOfDay(
        mine=tuple(shown[pk] for pk in first),
        mine_count=len(own),
        late=sum(due < now and state in WAITING for _pk, due, state in own),
        accept=tuple(shown[pk] for pk in told[0]),
        accept_count=len(handed),
        queue=tuple(shown[pk] for pk in told[1]),
        queue_count=len(free),
    )


def _handed_in(user: User, managed: Collection[int]) -> list[int]:
    rows = view_rows(user, "accept", managed)
    return [pk for (pk,) in rows.find("task.id", order=SOONEST, limit=MOST)]


def _soonest(rows):
    return list(rows.order_by("due", "id").values_list("pk", "due", "state")[:MOST])
