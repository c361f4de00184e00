"""What tasks still ask of somebody at the end of a day, for closing it."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q

from pult.kernel import clock
from pult.people.left import Left, burns_until
from pult.people.models import User
from pult.people.queries import business_day
from pult.work.models import WAITING, Task
from pult.work.queries.talk import own_open, unread_by

TALK = "talk"


def tasks_left(user: User, today: date, following: date) -> Iterator[Left]:
    """Tasks the person does, and those they set that wait to be accepted or mended, urgent or due
    by the end of the next working day; beside them what nobody but the person can read: comments
    of open tasks. One query."""
    now, soon = clock.now(), burns_until(following)
    rows = own_open(user).annotate(unread=unread_by(user)).select_related("client")
    for task in rows.filter(_near(soon) | Q(unread__gt=0)).order_by("due", "pk"):
        told = {
            "id": task.pk,
            "title": task.title,
            "client_id": task.client_id,
            "client": task.client.name,
            "href": ("task", task.pk),
        }
        if (task.urgent or task.due < soon) and _waits_for(user, task):
            state = str(Task.State(task.state).label)
            is_today = not task.urgent and task.due >= now and business_day(task.due) == today
            yield Left(source="task", due=task.due, is_today=is_today, about=state, **told)
        if task.unread:
            yield Left(source=TALK, due=None, is_today=False, unread=task.unread, **told)


def _near(soon: datetime) -> Q:
    return Q(due__lt=soon) | Q(urgent=True)


def _waits_for(user: User, task: Task) -> bool:
    """Whether the next step is this person's."""
    mine = task.assignee_id == user.pk and task.state in WAITING
    return mine or (task.author_id == user.pk and task.state in ("done", "bounced"))
