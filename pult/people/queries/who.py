"""Who is who on a day: roles, teams, absences, substitutes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from pult.kernel import clock
from pult.kernel.roles import STAFF, Role, effective
from pult.kernel.words import id_of
from pult.people import logic
from pult.people.models import Absence, Department, RoleGrant, Team, User

LEADERS = frozenset({Role.HEAD, Role.DIRECTOR, Role.PRODUCTION_HEAD, Role.PRODUCTION_DIRECTOR})
ANSWER_CLIENTS = LEADERS | {Role.AM}  # the others see their own work of a client, or none
Moment = date | datetime | None
HOLDERS = """
    SELECT DISTINCT person.id, full_name
    FROM people_user AS person JOIN people_rolegrant ON user_id = person.id
    WHERE role = %s AND since <= %s AND (until IS NULL OR until >= %s) AND is_active
    ORDER BY full_name
"""


@dataclass(frozen=True)
class PersonRow:
    """A person in a list. `away_until` is None when at work or away without an end, `away_for` the
    category of the absence: for whoever notes absences, and the person."""

    id: int
    name: str
    email: str
    department: str
    team: str
    roles: tuple[str, ...]
    is_active: bool
    is_away: bool
    away_until: date | None
    substitute: str
    phone: str = ""
    post: str = ""
    department_code: str = ""
    away_for: str = ""


def business_day(at: Moment = None) -> date:
    """The agency's local day of a moment; a day is itself; nothing is today."""
    if at is None:
        return clock.today(settings.TIME_ZONE)
    if isinstance(at, datetime):
        return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return at


def on_day(day: date, prefix: str = "") -> Q:
    """A filter for dated rows that hold on `day`."""
    return Q(**{f"{prefix}since__lte": day}) & (
        Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": day})
    )


def ahead(at: Moment = None) -> Q:
    """A filter for dated rows that hold on a day or later."""
    return Q(until__isnull=True) | Q(until__gte=business_day(at))


def roles_of(user: User, at: Moment = None) -> frozenset[str]:
    """All roles the person holds on that day; they act as the union of them."""
    grants = RoleGrant.objects.filter(on_day(business_day(at)), user=user)
    return effective(grants.values_list("role", flat=True))


def acting_role(user: User | None, *allowed: str) -> str:
    """The role to write beside a fact: the first of `allowed` the person holds, else empty."""
    return next((role for role in allowed if user and role in user.roles), "")


def team_of(user: User, at: Moment = None) -> Team | None:
    """The team of the person's newest role of their own that names one."""
    own = RoleGrant.objects.filter(user=user, acts_for=None)
    grants = own.filter(on_day(business_day(at)), team__isnull=False)
    newest = grants.select_related("team").order_by("-since", "-id").first()
    return newest.team if newest else None


def who_is(role: str, at: Moment = None, team: Team | None = None) -> list[User]:
    """Holders of a role on a day: of the team, or else of the whole agency."""
    day = business_day(at)
    grants = RoleGrant.objects.filter(on_day(day), _comes_in(), role=role)
    held = [_held(grant) for grant in grants]
    return in_order(logic.holders(held, role, day, team.pk if team else None))


def people(at: Moment = None, *, with_former: bool = False) -> list[PersonRow]:
    """Everybody, by name, with what they do and whether they are here; three queries."""
    day = business_day(at)
    users = User.objects.order_by("full_name", "id")
    if not with_former:
        users = users.filter(is_active=True)
    grants: dict[int, list[tuple[str, str]]] = {}
    held = RoleGrant.objects.filter(on_day(day)).order_by("since", "id")
    for user, role, team in held.values_list("user", "role", "team__name"):
        grants.setdefault(user, []).append((role, team))
    absent = Absence.objects.filter(on_day(day)).order_by("since", "id")
    told = absent.values_list("user", "until", "category", "substitute__full_name")
    away = {user: (until, category, name) for user, until, category, name in told}
    labels, found = department_names(), []
    for pk, name, email, code, is_active, phone, post in users.values_list(
        "pk", "full_name", "email", "department__code", "is_active", "phone", "post"
    ):
        own, absence = grants.get(pk, ()), away.get(pk)
        teams = [team for _role, team in own if team]
        found.append(
            PersonRow(
                id=pk,
                name=name,
                email=email,
                department=labels.get(code, ""),
                team=teams[-1] if teams else "",
                roles=tuple(dict.fromkeys(role for role, _team in own)),
                is_active=is_active,
                is_away=absence is not None,
                away_until=absence[0] if absence else None,
                substitute=(absence[2] or "") if absence else "",
                phone=phone,
                post=post,
                department_code=code or "",
                away_for=absence[1] if absence else "",
            )
        )
    return found


def full_names(ids: Iterable[int]) -> dict[int, str]:
    """Full names by id; one query, none for nobody."""
    wanted = set(ids)
    if not wanted:
        return {}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "full_name"))


def colleague(pk: str | int) -> User | None:
    """A person chosen in a form; None for an empty choice or one that is not there."""
    return User.objects.filter(pk=id_of(str(pk))).first()


def may_stand_in(roles: frozenset[str], for_roles: frozenset[str]) -> bool:
    """Whether a person of these roles fits in for one of those: they share a role, or one leads."""
    fits = for_roles & STAFF
    return not fits or bool(roles & (fits | LEADERS))


def works_here(user: User) -> bool:
    """Whether the person is one of `colleagues`: at work, with a role at the agency."""
    return _staff().filter(pk=user.pk).exists()


def colleagues(besides: User | None = None) -> tuple[tuple[str, str], ...]:
    """Everybody at work here as (id, name) for a choice, by name; who is but a client is not.

    `besides` somebody are those who may stand in for them."""
    rows = _staff()
    if besides is not None:
        fits = besides.roles & STAFF
        rows = rows.exclude(pk=besides.pk)
        rows = rows.filter(_holds(fits | LEADERS)) if fits else rows
    return tuple((str(pk), name) for pk, name in rows.values_list("pk", "full_name"))


def answers_clients(user: User) -> bool:
    """Whether the person is one of `who_answers_clients`."""
    return _staff().filter(_holds(ANSWER_CLIENTS), pk=user.pk).exists()


def who_answers_clients() -> tuple[tuple[str, str], ...]:
    """Account managers and those who lead, as (id, name) for a choice of who is on duty."""
    rows = _staff().filter(_holds(ANSWER_CLIENTS))
    return tuple((str(pk), name) for pk, name in rows.values_list("pk", "full_name"))


def _staff() -> QuerySet[User]:
    return User.objects.filter(_holds(STAFF), is_active=True, doors_shut_at=None)


def _holds(roles: Iterable[str]) -> Exists:
    """Whether a person holds, or is going to hold, one of these roles."""
    return Exists(RoleGrant.objects.filter(ahead(), user=OuterRef("pk"), role__in=roles))


def grants_of(user: User) -> list[RoleGrant]:
    """Every role a person has held or will hold, the newest first."""
    return list(user.grants.select_related("team", "acts_for").order_by("-since", "-id"))


def team(pk: str | int) -> Team | None:
    """A team chosen in a form; None for an empty choice or one that is not there."""
    return Team.objects.filter(pk=id_of(str(pk))).first()


def all_departments() -> list[Department]:
    """Every department."""
    return list(Department.objects.all())


def department_names() -> dict[str, str]:
    """Code → name of every department, whether or not somebody works in it yet."""
    return {code: str(label) for code, label in Department.Code.choices}


def all_teams() -> list[Team]:
    """Every team that goes on, by name."""
    return list(Team.objects.filter(is_closed=False).select_related("department"))


def _comes_in() -> Q:
    """A filter for roles of whoever is at work and not shut out."""
    return Q(user__is_active=True, user__doors_shut_at=None)


def _held(grant: RoleGrant) -> logic.Held:
    span = logic.Span(grant.since, grant.until)
    return logic.Held(grant.user_id, grant.role, grant.team_id, span)


def in_order(ids: list[int]) -> list[User]:
    found = User.objects.in_bulk(ids) if ids else {}
    return [found[pk] for pk in ids]


def first_holders(at: Moment = None) -> dict[str, User]:
    """For each role held today, whoever has held it longest; the demo signs in as them."""
    own = RoleGrant.objects.filter(_comes_in(), acts_for=None)
    grants = own.filter(on_day(business_day(at)))
    found: dict[str, User] = {}
    for grant in grants.select_related("user").order_by("since", "id"):
        found.setdefault(grant.role, grant.user)
    return found


def names_of(role: str, at: Moment = None) -> tuple[tuple[int, str], ...]:
    """(id, name) of everybody at work who holds a role, by name: a choice of a form. One query."""
    day = business_day(at)
    with connection.cursor() as cursor:  # around lists people open all day: ready SQL
        cursor.execute(HOLDERS, [role, day, day])
        return tuple(cursor.fetchall())
