"""Departments, their teams and who leads how many."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pult.kernel.roles import STAFF
from pult.people.logic import Post, reports, tone_of
from pult.people.models import Department, RoleGrant, Team, User
from pult.people.queries.who import LEADERS, Moment, business_day, on_day
from pult.regulation.parameters import number

Named = tuple[int, str]


@dataclass(frozen=True)
class Leader:
    """Who leads, how many report to them directly, and how loud to say so."""

    id: int
    name: str
    reports: int
    tone: str


@dataclass(frozen=True)
class TeamItem:
    """A team of today; people are those who do not lead it."""

    id: int
    name: str
    leaders: tuple[Leader, ...]
    people: tuple[Named, ...]


@dataclass(frozen=True)
class DepartmentItem:
    """A department (code "" for whoever is in none), who leads it as a whole and its people
    outside teams."""

    code: str
    name: str
    leaders: tuple[Leader, ...]
    teams: tuple[TeamItem, ...]
    people: tuple[Named, ...]


@dataclass(frozen=True)
class Structure:
    departments: tuple[DepartmentItem, ...]
    soft: int
    hard: int

    @property
    def overstretched(self) -> int:
        """How many lead more people than the soft bound."""
        found = {
            leader.id: leader.tone
            for department in self.departments
            for leader in (
                *department.leaders,
                *(leader for team in department.teams for leader in team.leaders),
            )
        }
        return sum(tone != "plain" for tone in found.values())


def span_bounds() -> tuple[int, int]:
    """How many direct reports pass without a word, and how many at most."""
    return number("span.soft", 5), number("span.hard", 7)


def posts(at: Moment = None) -> tuple[list[Post], dict[int, User]]:
    """Everybody's place on a day, and the people by id; two queries."""
    own, grants = RoleGrant.objects.filter(acts_for=None), {}  # a deputy leads for a while only
    for grant in own.filter(on_day(business_day(at)), role__in=STAFF):
        grants.setdefault(grant.user_id, []).append(grant)
    people = {one.pk: one for one in User.objects.filter(is_active=True, pk__in=grants)}
    return [_post(user, grants[pk]) for pk, user in people.items()], people


def _post(user: User, grants: list[RoleGrant]) -> Post:
    leading = [grant for grant in grants if grant.role in LEADERS]
    placed = [grant for grant in leading or grants if grant.team_id]
    return Post(
        user_id=user.pk,
        team=placed[-1].team_id if placed else 0,
        department=user.department_id or 0,
        leads=bool(leading),
    )


def structure(at: Moment = None) -> Structure:
    """The agency as departments and teams on a day; four queries."""
    known, people = posts(at)
    led, (soft, hard) = reports(known), span_bounds()
    by_name = sorted(known, key=lambda post: people[post.user_id].full_name)

    def leaders(found: Iterable[Post]) -> tuple[Leader, ...]:
        return tuple(
            Leader(
                post.user_id,
                people[post.user_id].full_name,
                len(led[post.user_id]),
                tone_of(len(led[post.user_id]), soft, hard),
            )
            for post in found
            if post.leads
        )

    def names(found: Iterable[Post]) -> tuple[Named, ...]:
        return tuple((p.user_id, people[p.user_id].full_name) for p in found if not p.leads)

    teams = Team.objects.filter(is_closed=False)
    items: dict[int, list[TeamItem]] = {}
    for team in teams:
        inside = [post for post in by_name if post.team == team.pk]
        item = TeamItem(team.pk, team.name, leaders(inside), names(inside))
        items.setdefault(team.department_id, []).append(item)
    departments = []
    for one in (*Department.objects.all(), None):
        pk = one.pk if one else 0
        alone = [post for post in by_name if not post.team and post.department == pk]
        if one is None and not alone:
            continue
        departments.append(
            DepartmentItem(
                code=one.code if one else "",
                name=str(one) if one else _("Outside departments"),
                leaders=leaders(alone),
                teams=tuple(items.get(pk, ())),
                people=names(alone),
            )
        )
    return Structure(tuple(departments), soft, hard)
