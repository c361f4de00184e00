"""Which clients a person sees: the only door from a user and an id to a client's rows.

Nothing outside this package reads `Client.objects`; a client that is not one's own does not
exist (`NotVisible`, a 404), so a page cannot leak by forgetting a filter.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection, models
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from pult.clients.merged import living
from pult.clients.models import (
    Assignment,
    Client,
    Contact,
    Contract,
    LegalEntity,
    PlannedPause,
    ServiceLine,
)
from pult.kernel import clock
from pult.kernel.errors import NotVisible, Refusal
from pult.kernel.ready import ready
from pult.kernel.roles import DEPARTMENT, MONEY, Role
from pult.kernel.statements import answer
from pult.people import queries as people

if TYPE_CHECKING:
    from pult.people.models import User

# Roles that see every client; an account manager and the rest see those given to them.
SEE_ALL = frozenset(["head", "director", "accountant", "production_head", "production_director"])
SOLVENCY = frozenset(["am", "accountant", "head", "director"])
WITH_GROUP = """
    SELECT client.*, kin.name AS kin, ahead.status AS ahead, ahead.since AS ahead_on,
        whole.name AS whole, passing.id AS passing, passing.giver_id, passing.receiver_id
    FROM clients_client AS client
    LEFT JOIN clients_group AS kin ON kin.id = client.group_id
    LEFT JOIN clients_statuschange AS ahead ON ahead.client_id = client.id AND ahead.waits
    LEFT JOIN clients_client AS whole ON whole.id = client.merged_into_id
    LEFT JOIN clients_handover AS passing
        ON passing.client_id = client.id AND passing.state IN ('draft', 'offered', 'returned')
    WHERE client.id = %s AND NOT client.staged
"""
HELD = """
    SELECT held.*, person.full_name AS holder FROM clients_assignment AS held
    JOIN people_user AS person ON person.id = held.user_id
    WHERE held.client_id = %s AND held.since <= %s AND (held.until IS NULL OR held.until > %s)
    ORDER BY held.since, held.id
"""
# Whose it is comes last and by itself: an index finds a person's clients by it.
GIVEN = """
    SELECT client_id FROM clients_assignment
    WHERE since <= %s AND (until IS NULL OR until > %s)
"""

Row = TypeVar("Row", bound=models.Model)
Absent = Iterable["User"] | None  # colleagues one stands in for; None: to be asked for


def clients_of(user: "User", at: datetime | None = None, absent: Absent = None) -> QuerySet[Client]:
    """The clients a person sees at a moment (now by default), to be narrowed by queries.

    Head, director and accountant: all. An account manager: own ones and those of the colleagues
    they stand in for. An executor, sales, a person of the client: those they are assigned to.
    A card that is a part of another is in no list. `absent`: those colleagues, for a page that
    has asked who they are.
    """
    return _posted_of(user, at, absent).filter(merged_into=None)


def _posted_of(user: "User", at: datetime | None, absent: Absent = None) -> QuerySet[Client]:
    posted = Client.objects.filter(staged=False)
    given = given_to(user, at, absent)
    return posted if given is None else posted.filter(pk__in=RawSQL(*given))


def given_to(
    user: "User", at: datetime | None = None, absent: Absent = None
) -> tuple[str, tuple[Any, ...]] | None:
    """The same as a ready query of ids and what its marks stand for, for other ready queries to
    narrow by; None: all. Those still staged are among them."""
    roles = roles_of(user, at)
    if roles & SEE_ALL:
        return None
    moment = at or clock.now()
    whose, told = [], []
    for role in sorted(roles & set(Assignment.Role.values)):
        people_ids = [user.pk]
        if role == Assignment.Role.AM:
            known = absent is not None
            people_ids += [one.pk for one in absent] if known else absent_of(user, moment)
        whose.append(f"(role = %s AND user_id IN ({', '.join(['%s'] * len(people_ids))}))")
        told += [role, *people_ids]
    bound = connection.ops.adapt_datetimefield_value(moment)
    query = f"{GIVEN} AND ({' OR '.join(whose) or '1 = 0'})"
    return query, (bound, bound, *told)


def ids_of(user: "User") -> frozenset[int] | None:
    """The ids of the clients a person sees now; None: of all."""
    given = given_to(user)
    if given is None:
        return None
    query = f"SELECT id FROM clients_client WHERE NOT staged AND id IN ({given[0]})"
    with connection.cursor() as cursor:  # above lists people open all day, hence ready SQL
        cursor.execute(query, given[1])
        return frozenset(pk for (pk,) in cursor.fetchall())


def client_for(user: "User", client_id: int, at: datetime | None = None) -> Client:
    """The client, if this person sees it; raises NotVisible otherwise, and Merged for a card that
    is a part of another."""
    client = _posted(client_id)
    if client is None or not _sees(user, client_id, at):
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return living(client)


def _posted(client_id: int) -> Client | None:
    """The client with this id unless it is staged. Asked in every action, hence ready SQL."""
    if client_id >= 2**63:  # no id of the database's
        return None
    query = "SELECT * FROM clients_client WHERE id = %s AND NOT staged"
    return next(iter(ready(Client, query, [client_id])), None)


def client_and_holders(
    user: "User", client_id: int, *, past: bool = False
) -> tuple[Client, list[Assignment]]:
    """The client with its group's name (`kin`), and who holds it now in any role, the longest
    first, with their names (`holder`). Every tab asks, hence ready SQL.

    `past`: what is asked for has happened already, a card that is a part of another has it too.
    """
    if client_id >= 2**63:  # no id of the database's
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    client = next(iter(ready(Client, WITH_GROUP, [client_id])), None)
    sees, held = client_holders(user, client_id)
    if client is None or not sees:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return (client if past else living(client)), held


def client_holders(user: "User", client_id: int) -> tuple[bool, list[Assignment]]:
    """Whether the person sees a client (one that is there), and who holds it now, as above."""
    now = clock.now()
    bound = connection.ops.adapt_datetimefield_value(now)
    held = ready(Assignment, HELD, [client_id, bound, bound])
    known = [(row.role, row.user_id) for row in held]
    return _is_among(user, known, roles_of(user), now), held


def _sees(user: "User", client_id: int, at: datetime | None) -> bool:
    """What `clients_of` says of one client, asked without building its query in every action."""
    roles, moment = roles_of(user, at), at or clock.now()
    if roles & SEE_ALL:
        return True
    bound = connection.ops.adapt_datetimefield_value(moment)
    held = answer(
        "SELECT role, user_id FROM clients_assignment WHERE client_id = %s AND since <= %s "
        "AND (until IS NULL OR until > %s)",
        [client_id, bound, bound],
    )
    return _is_among(user, held, roles, moment)


def _is_among(
    user: "User", holders: Iterable[tuple[str, int]], roles: frozenset[str], moment: datetime
) -> bool:
    """Whether a person of these roles is one of the holders, or stands in for the manager."""
    if roles & SEE_ALL:
        return True
    held = [(role, holder) for role, holder in holders if role in roles]
    if any(holder == user.pk for _role, holder in held):
        return True
    managers = {holder for role, holder in held if role == Assignment.Role.AM}
    return bool(managers) and not managers.isdisjoint(absent_of(user, moment))


def absent_of(user: "User", at: datetime | None = None) -> list[int]:
    """Colleagues whose clients the person has for the while."""
    return [person.pk for person in people.stood_in_for(user, at)]


def line_for(user: "User", line_id: int, at: datetime | None = None) -> ServiceLine:
    """The service line with its client, if this person sees the client."""
    return of_client(ServiceLine, user, line_id, at)


def contact_for(user: "User", contact_id: int, at: datetime | None = None) -> Contact:
    """The contact with its client, if this person sees the client."""
    return of_client(Contact, user, contact_id, at)


def entity_for(user: "User", entity_id: int, at: datetime | None = None) -> LegalEntity:
    """The client's legal entity, if this person sees the client."""
    return of_client(LegalEntity, user, entity_id, at)


def contract_for(user: "User", contract_id: int, at: datetime | None = None) -> Contract:
    """The contract, if this person sees its client."""
    return of_client(Contract, user, contract_id, at)


def pause_for(user: "User", pause_id: int, at: datetime | None = None) -> PlannedPause:
    """The planned pause, if this person sees its client."""
    return of_client(PlannedPause, user, pause_id, at)


def lines_of(user: "User", at: datetime | None = None) -> QuerySet[ServiceLine]:
    """The service lines of the clients this person sees."""
    return ServiceLine.objects.filter(client__in=clients_of(user, at))


def roles_of(user: "User", at: datetime | None = None) -> frozenset[str]:
    """The roles a person holds; those of the sign-in when the question is about now."""
    if at is None and user.roles:
        return user.roles
    return frozenset(people.roles_of(user, at or clock.now()))


def sees_traits(user: "User") -> bool:
    """Whether a contact's character is shown: to the client department only."""
    return bool(roles_of(user) & DEPARTMENT)


def sees_solvency(user: "User") -> bool:
    """Whether the judgement of a client's solvency is shown: to those who may make one."""
    return bool(roles_of(user) & SOLVENCY)


def sees_money(user: "User") -> bool:
    """Whether budgets and balances are shown: not to executors, nor to the client's people."""
    return bool(roles_of(user) & MONEY)


def require(user: "User", *allowed: str, act: str) -> str:
    """The role the person acts in: the first of `allowed` they hold.

    `act` finishes the sentence «only … may»; raises Refusal naming who can do it instead.
    """
    held = roles_of(user)
    for role in allowed:
        if role in held:
            return role
    who = ", ".join(str(Role(role).label) for role in allowed)
    raise Refusal(_("Your role does not allow this: %(act)s") % {"act": act}, who=who)


def holder(client_id: int, role: str, at: datetime | None = None) -> "User | None":
    """Who looks after a client in a role at a moment; absence does not change the holder."""
    at = at or clock.now()
    rows = Assignment.objects.filter(holding(at), client=client_id, role=role)
    found = rows.select_related("user").order_by("since").last()
    return found.user if found else None


def holders(role: str, at: datetime | None = None) -> dict[int, int]:
    """Client id → user id of everybody who holds `role` at a moment, for the ledger."""
    rows = Assignment.objects.filter(holding(at or clock.now()), role=role)
    return dict(rows.order_by("since").values_list("client", "user"))


def holding(at: datetime) -> Q:
    """The assignments in force at a moment."""
    return Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))


def one_of(rows: QuerySet[Row], pk: int) -> Row:
    """The row of this id among those a person sees; NotVisible if it is not there."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return found


def of_client(model: type[Row], user: "User", pk: int, at: datetime | None) -> Row:
    """The row of a table with a client, if this person sees that client; Merged for a row left
    behind in a card that is a part of another."""
    rows = model.objects.filter(client__in=_posted_of(user, at)).select_related("client")
    row: Row = one_of(rows, pk)
    living(row.client)  # type: ignore[attr-defined]
    return row
