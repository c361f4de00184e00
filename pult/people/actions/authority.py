"""Whose post somebody may touch: nobody ends what they could not give."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pult.kernel.errors import BadInput, Refusal
from pult.kernel.roles import Role
from pult.people.logic import Post, reports
from pult.people.models import RoleGrant, Team, User
from pult.people.powers import (
    ONLY_DIRECTOR_GRANTS,
    givers_of,
    gives_until,
    may_grant,
    may_touch,
)
from pult.people.queries import LEADERS, ahead, posts, span_bounds

KEEPERS = (Role.DIRECTOR, Role.IT)
ONE_DAY = timedelta(days=1)


def require_grantable(by: User | None, role: str) -> None:
    """Refuses to give or to end a role that `by` may not give."""
    if by is not None and not may_grant(by, role):
        givers = " · ".join(str(one.label) for one in givers_of(role))
        raise Refusal(_("Your role does not allow this"), who=givers)


def require_lasting(by: User | None, role: str, until: date | None) -> None:
    """Refuses to give a role that signs for longer than `by` holds the power to give it."""
    last = gives_until(by, role) if by is not None else None
    if last is not None and (until is None or until > last):
        raise BadInput(
            _("You sign for a colleague until %(day)s: what you give ends by then")
            % {"day": f"{last:%d.%m.%Y}"},
            field="until",
            cure=_("Set a last day, or leave it to whoever gives this role themself"),
        )


def require_another(by: User | None, user: User) -> None:
    """Refuses a role to oneself."""
    if by is not None and by.pk == user.pk:
        raise Refusal(
            _("Nobody gives a role to themself"),
            cure=_("Ask another director or IT, or use the command: pult user grant"),
            who=_keepers(),
        )


def require_over(by: User | None, user: User, own: str) -> None:
    """Refuses to touch a holder of a role that `by` could not give, and, as `own` says, oneself."""
    if by is None:
        return
    if by.pk == user.pk:
        raise Refusal(own, who=_keepers())
    if not may_touch(by, user):
        raise Refusal(
            _("%(person)s holds a role that you could not give") % {"person": user},
            who=_keepers(),
        )


def require_administration(grant: RoleGrant, by: User | None, after: date) -> None:
    """Refuses to end one's own last role that manages people, from `after` on."""
    if by is None or by.pk != grant.user_id or grant.role not in {*ONLY_DIRECTOR_GRANTS, *KEEPERS}:
        return
    others = _lasting(after).filter(user=by, role__in=[*ONLY_DIRECTOR_GRANTS, *KEEPERS])
    if not others.exclude(pk=grant.pk).exists():
        raise Refusal(_("Nobody takes the last such role from themself"), who=_keepers())


def require_keeper_besides(after: date, *, user: User, grant: RoleGrant | None = None) -> None:
    """Refuses when nobody would be director or IT after that day: without this grant, or without
    this person; a contractor appoints nobody. Called inside the act, under the agency's lock."""
    bound = RoleGrant.objects.filter(ahead(after + ONE_DAY), role=Role.CONTRACTOR)
    keepers = _lasting(after).filter(role__in=KEEPERS).exclude(user__in=bound.values("user"))
    mine = keepers.filter(pk=grant.pk) if grant else keepers.filter(user=user)
    if mine.exists() and not keepers.exclude(pk__in=mine.values("pk")).exists():
        raise Refusal(
            _("Nobody would be left who may appoint a director or IT"),
            cure=_("Give the role to somebody else first"),
            subject=user,
        )


def require_span(by: User | None, user: User, role: str, team: Team, day: date) -> None:
    """Refuses one more in a team whose leader would lead more than seven; a director may."""
    if role in LEADERS or by is None or Role.DIRECTOR in by.roles:
        return
    known, people = posts(day)
    newcomer = Post(user.pk, team.pk, team.department_id, leads=False)
    led = reports([*(post for post in known if post.user_id != user.pk), newcomer])
    _soft, hard = span_bounds()
    for leader, below in led.items():
        if user.pk in below and len(below) > hard:
            raise Refusal(
                _("%(name)s would lead %(count)s people, and %(most)s is the most")
                % {"name": people[leader], "count": len(below), "most": hard},
                cure=_("Form another team with a leader of its own, or ask a director"),
                who=str(Role.DIRECTOR.label),
                subject=user,
            )


def _lasting(after: date) -> QuerySet[RoleGrant]:
    """Grants of people at work, held for nobody else, that go on after that day."""
    on = Q(until__isnull=True) | Q(until__gt=after)
    return RoleGrant.objects.filter(
        on, user__is_active=True, user__doors_shut_at=None, acts_for=None
    )


def _keepers() -> str:
    return " · ".join(str(role.label) for role in KEEPERS)
