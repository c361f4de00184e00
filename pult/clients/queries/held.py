"""Whose clients they are: answers about many at once, for lists and for the ledger."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef

from pult.clients.access import holding
from pult.clients.models import Assignment, Client
from pult.kernel import clock
from pult.kernel.roles import Role


def held_by(user_ids: Iterable[int], role: str, at: datetime | None = None) -> dict[int, int]:
    """Client id → which of these people holds it in a role, their own clients only."""
    wanted = tuple(user_ids)
    if not wanted:
        return {}
    bound = connection.ops.adapt_datetimefield_value(at or clock.now())
    with connection.cursor() as cursor:  # on every manager's day, hence ready SQL
        cursor.execute(
            "SELECT client_id, user_id FROM clients_assignment WHERE role = %s AND since <= %s"
            " AND (until IS NULL OR until > %s)"
            f" AND user_id IN ({', '.join(['%s'] * len(wanted))})",
            [role, bound, bound, *wanted],
        )
        return dict(cursor.fetchall())


def managers_of(client_ids: Iterable[int]) -> dict[int, str]:
    """Client id → the name of the account manager who holds it now. One query at most."""
    wanted = tuple(client_ids)
    if not wanted:
        return {}
    rows = Assignment.objects.filter(holding(clock.now()), role=Role.AM, client__in=wanted)
    return dict(rows.order_by("since").values_list("client", "user__full_name"))


def conducted_by_others(
    client_ids: Iterable[int], besides: int
) -> dict[tuple[int, str], list[int]]:
    """(id, name) of a manager → those of these clients at work that they conduct, of everybody
    but one person. One query."""
    rows = Assignment.objects.filter(
        holding(clock.now()),
        role=Role.AM,
        client__in=list(client_ids),
        client__status__in=(Client.Status.CLIENT, Client.Status.PAUSED),
    )
    found: dict[tuple[int, str], list[int]] = {}
    named = rows.exclude(user=besides).order_by("user__full_name", "user", "client")
    for user, name, client in named.values_list("user", "user__full_name", "client"):
        found.setdefault((user, name), []).append(client)
    return found


def clients_without(role: str, at: datetime | None = None) -> frozenset[int]:
    """Ids of the clients nobody holds in a role."""
    held = Assignment.objects.filter(holding(at or clock.now()), role=role, client=OuterRef("pk"))
    rows = Client.objects.filter(~Exists(held), staged=False, merged_into=None)
    return frozenset(rows.values_list("pk", flat=True))
