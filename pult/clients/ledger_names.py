"""What the regulation asks about clients: whose they are, in which team, what a subject is called.

Connected in `pult.wiring`; the regulation itself knows ids and roles only.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from itertools import chain

from django.db import connection
from django.db.models import Q

from pult.clients.models import Assignment, Client, ServiceLine
from pult.kernel import clock
from pult.kernel.roles import Role
from pult.people.models import RoleGrant, Team
from pult.people.queries import business_day, on_day, who_is

PRODUCTION = (Role.PRODUCTION_HEAD.value, Role.PRODUCTION_DIRECTOR.value)
NAMED = {
    "client": "clients_client",
    "line": "clients_serviceline",
    # A handover is called by its client.
    "handover": "(SELECT one.id, client.name FROM clients_handover AS one"
    " JOIN clients_client AS client ON client.id = one.client_id) AS handed",
}
Roots = Collection[int] | None
Subject = tuple[str, int]


def holders(role: str, minute: int, roots: Roots) -> dict[int, int]:
    """Client → user who answers in `role` at a minute.

    Roles held per client come from dated assignments; roles of the whole agency (head,
    accountant, director …) from whoever holds the role first on that day. What is asked of a
    specialist where a client has none falls to whoever runs them.
    """
    at = clock.from_minute(minute)
    if role in Assignment.Role.values:
        rows = Assignment.objects.filter(Q(until=None) | Q(until__gt=at), role=role, since__lte=at)
        if roots is not None:
            rows = rows.filter(client__in=roots)
        held = dict(rows.order_by("since").values_list("client", "user"))
        return {**_in_place(role, minute, roots), **held}
    people = who_is(role, at)
    if not people:
        return {}
    wanted = Client.objects.values_list("pk", flat=True) if roots is None else roots
    return dict.fromkeys(wanted, people[0].pk)


def _in_place(role: str, minute: int, roots: Roots) -> dict[int, int]:
    """Client → who answers for specialists where nobody was given to it; nobody for other roles."""
    if role != Assignment.Role.EXECUTOR:
        return {}
    return next(filter(None, (holders(one, minute, roots) for one in PRODUCTION)), {})


def teams(roots: Roots) -> dict[int, int]:
    """Client → team of the account manager who holds it now; clients without one are left out."""
    held = holders("am", clock.to_minute(clock.now()), roots)
    team_of = dict(
        RoleGrant.objects.filter(on_day(business_day()), user__in=set(held.values()))
        .filter(acts_for=None, team__isnull=False)
        .values_list("user", "team")
    )
    return {root: team_of[user] for root, user in held.items() if user in team_of}


SCOPES = {"team": Team, "client": Client, "line": ServiceLine}


def is_there(subject: Subject) -> bool:
    """Whether there is such a team, client or line: something can be signed for it."""
    kind, pk = subject
    return kind in SCOPES and SCOPES[kind].objects.filter(pk=pk).exists()


def names(subjects: Collection[Subject]) -> Mapping[Subject, str]:
    """Labels of clients, lines and handovers among `subjects`; other types are left to their
    domains. One query at most."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for kind, pk in {*subjects}:
        wanted[kind].append(pk)
    asked = {kind: wanted[kind] for kind in NAMED if wanted[kind]}
    if not asked:
        return {}
    query = " UNION ALL ".join(
        f"SELECT '{kind}', id, name FROM {NAMED[kind]} WHERE id IN ({', '.join(['%s'] * len(ids))})"
        for kind, ids in asked.items()
    )
    with connection.cursor() as cursor:  # on every page with rows of the ledger: ready SQL
        cursor.execute(query, [*chain(*asked.values())])
        return {(kind, pk): name for kind, pk, name in cursor.fetchall()}
