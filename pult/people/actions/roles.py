"""Roles are given and taken by date."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from pult.kernel.access import refuse_unless
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.people.actions.authority import (
    require_administration,
    require_another,
    require_grantable,
    require_keeper_besides,
    require_lasting,
    require_over,
    require_span,
)
from pult.people.actions.deputies import end_deputies
from pult.people.logic import Span
from pult.people.models import RoleGrant, Team, User
from pult.people.powers import APPOINTERS
from pult.people.queries import acting_role, business_day
from pult.regulation.holding import holders_moved


def grant_role(
    *,
    user: User,
    role: str,
    by: User | None,
    team: Team | None = None,
    since: date | None = None,
    until: date | None = None,
) -> RoleGrant:
    """Give a role from `since` (today) to the last day `until`.

    Raises Refusal when the person holds it on those days already, when `by` may not give it or is
    the person, when its team's leader would lead too many, and BadInput for days out of order.
    A contractor acts in nothing else: that role is for whoever `by` could part with, and never for
    the last director or IT.
    """
    refuse_unless(by, *APPOINTERS)
    require_another(by, user)
    require_grantable(by, role)
    span = Span(since or business_day(), until)
    if role not in Role.values:
        raise BadInput(_("There is no such role"), field="role")
    if span.until and span.until < span.since:
        raise BadInput(_("The last day is before the first"), field="until")
    require_lasting(by, role, span.until)
    if role == Role.CONTRACTOR:
        require_over(by, user, own="")
    with acting(0):
        if role == Role.CONTRACTOR:
            require_keeper_besides(span.since - timedelta(days=1), user=user)
        if team is not None:
            require_span(by, user, role, team, span.since)
        held = RoleGrant.objects.filter(user=user, role=role, team=team, acts_for=None)
        if any(span.overlaps(Span(grant.since, grant.until)) for grant in held):
            raise Refusal(_("The person has this role on these days already"), subject=user)
        grant = RoleGrant.objects.create(
            user=user, role=role, team=team, since=span.since, until=span.until
        )
        _note("role_granted", grant, by, since=span.since.isoformat(), until=_day(span.until))
        holders_moved([user])
    user.__dict__.pop("roles", None)
    user.__dict__.pop("acts_for", None)
    return grant


def end_role(*, grant: RoleGrant, by: User | None, until: date | None = None) -> RoleGrant:
    """Make `until` (today) the last day of a role.

    Raises BadInput when it is before the first, Refusal for a role that `by` could not give or of
    somebody who holds such a one, for one's own last role that manages people and for the agency's
    last director or IT.
    """
    refuse_unless(by, *APPOINTERS)
    require_grantable(by, grant.role)
    if by is not None and by.pk != grant.user_id:
        require_over(by, grant.user, own="")
    until = until or business_day()
    if until < grant.since:
        raise BadInput(_("The last day is before the first"), field="until")
    with acting(0):
        require_administration(grant, by, until)
        require_keeper_besides(until, user=grant.user, grant=grant)
        grant.until = until
        grant.save(update_fields=["until"])
        if grant.acts_for_id is None:
            end_deputies(grant.user, until, role=grant.role)
        _note("role_ended", grant, by, until=until.isoformat())
        holders_moved([grant.user])
    return grant


def _note(kind: str, grant: RoleGrant, by: User | None, **days: str) -> None:
    refs = {"person": grant.user_id, "grant": grant.pk}
    if grant.team_id:
        refs["team"] = grant.team_id
    record(
        kind,
        root_id=0,
        refs=refs,
        by=by,
        role=acting_role(by, *APPOINTERS),
        payload={"role": str(grant.role), **days},
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
