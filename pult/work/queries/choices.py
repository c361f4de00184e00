"""What a task may be tied to."""

from pult.people.models import User
from pult.work.access import tasks_of
from pult.work.models import Task

MOST = 200


def tasks_beside(user: User, client_id: int, task_id: int) -> tuple[tuple[int, str], ...]:
    """(id, title) of the client's other open tasks that a person sees, the soonest first."""
    open_ones = Task.objects.filter(client=client_id, closed_at=None)
    rows = tasks_of(user, among=open_ones).exclude(pk=task_id).order_by("due", "pk")
    return tuple(rows.values_list("pk", "title")[:MOST])
