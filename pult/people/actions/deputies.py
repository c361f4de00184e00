"""Who signs for whom on which days. A deputy holds the role; what they do is told as "for"."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pult.kernel.days import check_day
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting, record
from pult.people.actions.authority import require_another
from pult.people.actions.duties import end_duties
from pult.people.logic import Span
from pult.people.models import Absence, RoleGrant, User
from pult.people.powers import APPOINTERS, SIGNING, givers_of, may_give_themself
from pult.people.queries import acting_role, business_day, works_here

LONGEST = timedelta(days=184)


def name_deputy(
    *, principal: User, deputy: User, role: str, since: date, until: date, by: User | None
) -> RoleGrant:
    """Let a colleague sign in a role for its holder from `since` to the last day `until`.

    The holder names one, or whoever could give the role by a role of their own: powers held for
    somebody are not passed on. Raises BadInput for days out of order or too many, for a role that
    signs nothing, for somebody who is away or does not work here; Refusal when the principal does
    not hold the role on all those days or the deputy holds it already.
    """
    require_another(by, deputy)
    _require_say(by, principal, role)
    span = _span(since, until)
    if role not in SIGNING:
        raise BadInput(_("There is nothing to sign in this role"), field="role")
    with acting(0):
        own = _own_grant(principal, role, span)
        _check_deputy(principal, deputy, own, span)
        grant = RoleGrant.objects.create(
            user=deputy, role=role, team=own.team, since=since, until=until, acts_for=principal
        )
        _note("deputy_named", grant, by, since=since.isoformat(), until=until.isoformat())
    for name in ("roles", "acts_for"):
        deputy.__dict__.pop(name, None)
    return grant


def end_deputy(*, grant: RoleGrant, by: User | None, until: date | None = None) -> RoleGrant:
    """Make `until` (today) the last day of a deputy; before the first it calls the days off.

    Raises BadInput for a later day than was agreed: name the deputy anew for more.
    """
    principal, until = grant.acts_for, until or business_day()
    if principal is None:
        raise BadInput(_("This role is their own"))
    if by is None or by.pk != grant.user_id:  # a deputy may always give it back
        _require_say(by, principal, grant.role)
    with acting(0):
        found = RoleGrant.objects.filter(pk=grant.pk).first()
        if found is None:
            raise Refusal(_("These days are called off already"), subject=principal)
        if until > found.until:
            raise BadInput(
                _("It ends before that day anyway"),
                field="until",
                cure=_("Name the deputy for the further days"),
            )
        _note("deputy_ended", found, by, until=until.isoformat())
        _shorten(found, until)
    return found


def end_deputies(principal: User, last_day: date, role: str = "") -> None:
    """Deputies of a person, in one role or in all, end with the role itself. Call when acting."""
    rows = RoleGrant.objects.filter(acts_for=principal, until__gt=last_day)
    for grant in rows.filter(role=role) if role else rows:
        _note("deputy_ended", grant, None, until=last_day.isoformat())
        _shorten(grant, last_day)


def end_standing(user: User, last_day: date) -> None:
    """What a person was to do for colleagues after that day ends: as a deputy, standing in for
    somebody absent and on duty. Call when acting."""
    for grant in RoleGrant.objects.filter(user=user, until__gt=last_day).exclude(acts_for=None):
        _note("deputy_ended", grant, None, until=last_day.isoformat())
        _shorten(grant, last_day)
    end_duties(user, last_day)
    later = Q(until=None) | Q(until__gt=last_day)
    for absence in Absence.objects.filter(later, substitute=user):
        absence.substitute = None
        absence.save(update_fields=["substitute"])
        refs = {"person": absence.user_id, "absence": absence.pk, "substitute": user.pk}
        record("stand_in_ended", root_id=0, refs=refs, by=None)


def _shorten(grant: RoleGrant, until: date) -> None:
    if until < grant.since:
        grant.delete()
        return
    grant.until = until
    grant.save(update_fields=["until"])


def _require_say(by: User | None, principal: User, role: str) -> None:
    """The holder has a say, and whoever could give the role in a role of their own."""
    if by is None or (by.pk == principal.pk and role not in by.acts_for):
        return
    if not may_give_themself(by, role):
        raise Refusal(
            _("Your role does not allow this"),
            who=" · ".join(str(one.label) for one in givers_of(role)),
        )


def _span(since: date, until: date) -> Span:
    check_day(since, "since")
    check_day(until, "until")
    if until < since:
        raise BadInput(_("The last day is before the first"), field="until")
    if until < business_day():
        raise BadInput(_("These days are over"), field="until")
    if until - since > LONGEST:
        raise BadInput(_("A deputy is named for half a year at most"), field="until")
    return Span(since, until)


def _own_grant(principal: User, role: str, span: Span) -> RoleGrant:
    """The principal's own grant that lasts all those days."""
    for grant in RoleGrant.objects.filter(user=principal, role=role, acts_for=None):
        if grant.since <= span.since and (grant.until is None or span.until <= grant.until):
            return grant
    raise Refusal(
        _("%(name)s does not hold this role on all those days") % {"name": principal.full_name},
        subject=principal,
    )


def _check_deputy(principal: User, deputy: User, own: RoleGrant, span: Span) -> None:
    if deputy.pk == principal.pk:
        raise BadInput(_("Nobody stands in for themself"), field="deputy")
    if not deputy.is_active or not works_here(deputy):
        raise BadInput(
            _("%(name)s holds no role at the agency") % {"name": deputy.full_name}, field="deputy"
        )
    for away in Absence.objects.filter(user=deputy):
        if span.overlaps(Span(away.since, away.until)):
            raise BadInput(
                _("%(name)s is away on some of these days too") % {"name": deputy.full_name},
                field="deputy",
                cure=_("Choose somebody who is at work then"),
            )
    for held in RoleGrant.objects.filter(user=deputy, role=own.role, team=own.team):
        if span.overlaps(Span(held.since, held.until)):
            raise Refusal(_("The person has this role on these days already"), subject=deputy)


def _note(kind: str, grant: RoleGrant, by: User | None, **days: str) -> None:
    record(
        kind,
        root_id=0,
        refs={"person": grant.user_id, "grant": grant.pk, "principal": grant.acts_for_id},
        by=by,
        role=acting_role(by, *APPOINTERS),
        payload={"role": str(grant.role), **days},
    )
