"""What the ledger still asks of a manager at the end of a day, for closing it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings

from pult.clients.queries.held import held_by
from pult.kernel import clock
from pult.kernel.roles import Role
from pult.people.left import Left
from pult.people.queries import standing_in
from pult.regulation.evaluate.table import Flag, Mode
from pult.regulation.models import Obligation
from pult.regulation.queries.rows import live, rows_from

if TYPE_CHECKING:
    from pult.people.models import User


def rows_left(user: "User", today: date, following: date) -> Iterator[Left]:
    """Rows of the manager's clients, stood in for too, that are overdue or due by the end of the
    next working day. What waits for the client, is disputed or on a pause is nobody's rest.
    Five queries."""
    held = held_by([user.pk, *standing_in(user.pk)], Role.AM)
    if not held:
        return
    rows = live(Obligation.objects.filter(mode__gte=Mode.VISIBLE, role=Role.AM, root_id__in=held))
    for row in rows_from(rows.filter(due__lt=_end(following)).order_by("due", "pk")):
        if row.flags & (Flag.WAITS_CLIENT | Flag.DISPUTED | Flag.PAUSED | Flag.NO_DATA):
            continue
        due = row.due.astimezone(ZoneInfo(settings.TIME_ZONE)).date() if row.due else None
        is_later = due is not None and due > today
        yield Left(
            source="row",
            id=row.id,
            title=row.title,
            client_id=row.root_id,
            client=row.client,
            due=row.due,
            is_hot=row.is_breach or is_later,
            href=("obligation_why", row.id),
        )


def _end(day: date) -> int:
    """The minute at which a day of the agency is over."""
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    return clock.to_minute(midnight.replace(tzinfo=ZoneInfo(settings.TIME_ZONE)))
