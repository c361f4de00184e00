"""What tasks still ask of somebody at the end of a day, for closing it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from pult.kernel import clock
from pult.people.left import Left
from pult.people.models import User
from pult.work.models import WAITING, Task


def tasks_left(user: User, today: date, following: date) -> Iterator[Left]:
    """Tasks the person does, and those they set that wait to be accepted or mended, urgent or due
    by the end of the next working day. One query."""
    mine = Q(assignee=user, state__in=WAITING) | Q(author=user, state__in=("done", "bounced"))
    near = Q(due__lt=_end(following)) | Q(urgent=True)
    now = clock.now()
    for task in Task.objects.filter(mine & near).select_related("client").order_by("due", "pk"):
        yield Left(
            source="task",
            id=task.pk,
            title=task.title,
            client_id=task.client_id,
            client=task.client.name,
            due=task.due,
            is_hot=task.urgent or task.due < now or task.due >= _end(today),
            href=("task", task.pk),
        )


def _end(day: date) -> datetime:
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    return midnight.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
