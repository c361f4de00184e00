"""What somebody does who sees nothing else: the first page of a contractor."""

from dataclasses import dataclass

from pult.people.models import User
from pult.work.models import CLOSED, Task
from pult.work.queries.rows import rows_of
from pult.work.queries.shapes import TaskRow

MOST = 100
LATELY = 10


@dataclass(frozen=True)
class OwnTasks:
    """One's open tasks, the soonest first, and the last ones that were closed."""

    going: tuple[TaskRow, ...]
    closed: tuple[TaskRow, ...]
    has_more: bool


def own_tasks(user: User) -> OwnTasks:
    """Three queries."""
    mine = Task.objects.filter(assignee=user)
    going = list(
        mine.filter(closed_at=None).order_by("due", "id").values_list("pk", flat=True)[: MOST + 1]
    )
    ended = mine.filter(state__in=CLOSED).order_by("-closed_at", "-id")
    closed = list(ended.values_list("pk", flat=True)[:LATELY])
    rows = {row.id: row for row in rows_of(user, [*going[:MOST], *closed])}
    return OwnTasks(
        going=tuple(rows[pk] for pk in going[:MOST]),
        closed=tuple(rows[pk] for pk in closed),
        has_more=len(going) > MOST,
    )
