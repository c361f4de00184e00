"""How much every account manager holds and may hold, in hundredths of an ordinary client."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection

from pult.clients.models import ORDINARY, Client, ClientWeight, OverLimit
from pult.kernel import clock
from pult.kernel.roles import Role
from pult.people.queries import Moment, client_limits, names_of

if TYPE_CHECKING:
    from pult.people.models import User

HELD = """
    SELECT held.user_id, COUNT(*), SUM(COALESCE(weighed.hundredths, %s))
    FROM clients_assignment AS held
    JOIN clients_client AS client ON client.id = held.client_id
    LEFT JOIN clients_clientweight AS weighed ON weighed.client_id = client.id
    WHERE held.role = 'am' AND held.since <= %s AND (held.until IS NULL OR held.until > %s)
      AND client.status <> 'ended' AND NOT client.staged {whose}
    GROUP BY held.user_id
"""
ITEMS = """
    SELECT client.id, client.name, client.status, COALESCE(weighed.hundredths, %s)
    FROM clients_assignment AS held
    JOIN clients_client AS client ON client.id = held.client_id
    LEFT JOIN clients_clientweight AS weighed ON weighed.client_id = client.id
    WHERE held.role = 'am' AND held.since <= %s AND (held.until IS NULL OR held.until > %s)
      AND client.status <> 'ended' AND NOT client.staged AND held.user_id = %s
    ORDER BY client.name, client.id
"""


@dataclass(frozen=True)
class Load:
    """What a manager holds: clients that have not ended, their weight, and the limit of the
    weight (None: nobody has set one)."""

    user_id: int
    name: str
    clients: int
    held: int
    limit: int | None

    @property
    def percent(self) -> int | None:
        """Weight over limit; None without a limit."""
        if self.limit is None:
            return None
        return self.held * 100 // self.limit if self.limit else 100 * bool(self.held)

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.held > self.limit

    @property
    def room(self) -> int | None:
        """How much more fits; None without a limit, never negative."""
        return None if self.limit is None else max(0, self.limit - self.held)


@dataclass(frozen=True)
class WeighedClient:
    """A client of a manager and its weight."""

    id: int
    name: str
    status: str
    hundredths: int


def loads(at: Moment = None) -> list[Load]:
    """Every account manager's load, by name; three queries."""
    limits, held = client_limits(at=at), _held(None)
    return [_load(pk, name, held, limits.of(pk)) for pk, name in names_of(Role.AM, at)]


def load_of(user: "User", at: Moment = None) -> Load:
    """One manager's load; two queries."""
    limit = client_limits([user.pk], at).of(user.pk)
    return _load(user.pk, user.full_name, _held([user.pk]), limit)


def weighed_clients(user: "User") -> list[WeighedClient]:
    """The clients a manager holds with their weights, by name; one query."""
    now = _bound(clock.now())
    with connection.cursor() as cursor:
        cursor.execute(ITEMS, [ORDINARY, now, now, user.pk])
        return [WeighedClient(*row) for row in cursor.fetchall()]


def weights_of(client_ids: Collection[int]) -> dict[int, int]:
    """Client → hundredths of those among these that have not ended; two queries."""
    there = Client.objects.filter(pk__in=client_ids, staged=False).exclude(
        status=Client.Status.ENDED
    )
    said = dict(
        ClientWeight.objects.filter(client__in=client_ids).values_list("client", "hundredths")
    )
    return {pk: said.get(pk, ORDINARY) for pk in there.values_list("pk", flat=True)}


def held_already(user: "User", client_ids: Collection[int]) -> frozenset[int]:
    """Which of these clients the person manages now."""
    now = clock.now()
    rows = user.assignments.filter(client__in=client_ids, role=Role.AM, since__lte=now)
    lasting = rows.filter(until=None) | rows.filter(until__gt=now)
    return frozenset(lasting.values_list("client", flat=True))


def over_limits(limit: int = 20) -> list[OverLimit]:
    """What was given beyond a limit lately, the newest first; one query."""
    return list(OverLimit.objects.select_related("client", "user", "signed_by")[:limit])


def _load(pk: int, name: str, held: dict[int, tuple[int, int]], limit: int | None) -> Load:
    clients, weight = held.get(pk, (0, 0))
    return Load(pk, name, clients, weight, None if limit is None else limit * ORDINARY)


def _held(user_ids: Iterable[int] | None) -> dict[int, tuple[int, int]]:
    wanted = None if user_ids is None else list(user_ids)
    now = _bound(clock.now())
    whose = "" if wanted is None else f"AND held.user_id IN ({', '.join(['%s'] * len(wanted))})"
    with connection.cursor() as cursor:
        cursor.execute(HELD.format(whose=whose), [ORDINARY, now, now, *(wanted or ())])
        return {user: (int(clients), int(weight)) for user, clients, weight in cursor.fetchall()}


def _bound(at: datetime) -> object:
    return connection.ops.adapt_datetimefield_value(at)
