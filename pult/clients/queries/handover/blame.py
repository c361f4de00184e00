"""Whose a breach is: of whoever held the client when it fell due, handed over since or not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from pult.clients.models import Assignment, Handover
from pult.kernel import clock
from pult.kernel.roles import Role
from pult.regulation.evaluate.table import BREACHES, Mode
from pult.regulation.models import Obligation

MOST = 200
Moment = tuple[int, datetime]


@dataclass(frozen=True)
class Breach:
    """A missed deadline of a person; `due` in minutes since 1970-01-01 UTC."""

    client_id: int
    clause: str
    due: int


def breaches_before(row: Handover) -> int:
    """How many deadlines of the client the giver had missed when it changed hands."""
    if row.accepted_at is None:
        return 0
    return Obligation.objects.filter(
        root_id=row.client_id,
        role="am",
        state__in=[state.value for state in BREACHES],
        mode__gte=Mode.VISIBLE,
        due__lt=clock.to_minute(row.accepted_at),
    ).count()


def held_when_due(moments: Collection[Moment]) -> dict[Moment, int]:
    """(client, moment) → the account manager in charge then; one query, none for no moments."""
    if not moments:
        return {}
    held: dict[int, list[tuple[int, datetime, datetime | None]]] = {}
    rows = Assignment.objects.filter(role=Role.AM, client__in={client for client, _at in moments})
    for client, *span in rows.values_list("client", "user", "since", "until").order_by("since"):
        held.setdefault(client, []).append((span[0], span[1], span[2]))
    return {
        (client, at): user
        for client, at in moments
        for user, since, until in held.get(client, ())
        if since <= at and (until is None or at < until)
    }


def breaches_of(user_id: int, client_ids: Collection[int] = ()) -> list[Breach]:
    """Missed deadlines of an account manager, the newest first: by who was in charge at the due."""
    states = ", ".join(str(state.value) for state in BREACHES)
    only = f" AND row.root_id IN ({', '.join(['%s'] * len(client_ids))})" if client_ids else ""
    minute = (
        "CAST(strftime('%%s', {}) AS INTEGER) / 60"
        if connection.vendor == "sqlite"
        else "CAST(floor(extract(epoch FROM {}) / 60) AS BIGINT)"
    )
    since, until = minute.format("held.since"), minute.format("held.until")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row.root_id, row.clause, row.due FROM regulation_obligation AS row"
            " JOIN clients_assignment AS held ON held.client_id = row.root_id"
            f" WHERE held.user_id = %s AND held.role = 'am' AND row.role = 'am'"
            f" AND row.state IN ({states}) AND row.mode >= {Mode.VISIBLE.value}"
            f" AND row.due >= {since} AND (held.until IS NULL OR row.due < {until}){only}"
            f" ORDER BY row.due DESC LIMIT {MOST}",
            [user_id, *client_ids],
        )
        return [Breach(*found) for found in cursor.fetchall()]
