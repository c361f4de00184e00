"""What the ledger still asks of a manager at the end of a day, for closing it."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from pult.clients.queries.held import held_by
from pult.kernel import clock
from pult.kernel.roles import Role
from pult.people.left import Left, burns_until
from pult.people.queries import business_day, standing_in
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
    soon = clock.to_minute(burns_until(following))
    for row in rows_from(rows.filter(due__lt=soon).order_by("due", "pk")):
        if row.flags & (Flag.WAITS_CLIENT | Flag.DISPUTED | Flag.PAUSED | Flag.NO_DATA):
            continue
        yield Left(
            source="row",
            id=row.id,
            title=row.title,
            client_id=row.root_id,
            client=row.client,
            due=row.due,
            is_today=not row.is_breach and row.due is not None and business_day(row.due) == today,
            href=("obligation_why", row.id),
            act=row.act,
            about=row.subject if row.subject_type != "client" else "",
        )
