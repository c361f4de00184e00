"""Who is away and who stands in. Only the kind of absence is kept, never its cause."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from pult.kernel.access import refuse_unless
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.people.logic import Span
from pult.people.models import Absence, User
from pult.people.queries import acting_role, may_stand_in, roles_of, works_here

NOTERS = (Role.HEAD, Role.PRODUCTION_HEAD, Role.PRODUCTION_DIRECTOR, Role.DIRECTOR)


def set_absence(
    *,
    user: User,
    category: str,
    since: date,
    until: date | None,
    by: User | None,
    substitute: User | None = None,
) -> Absence:
    """Note that a person is away from `since` to the last day `until` (None: not known yet; a day
    off is one day). Their deadlines stay; whoever stands in has their clients on those days.

    People note their own days, heads anybody's. Raises BadInput for days out of order, a
    substitute who is the person or is away too, Refusal for days that overlap another absence.
    """
    if by and by.pk != user.pk:
        refuse_unless(by, *NOTERS)
    if category == Absence.Category.DAY_OFF:
        until = until or since
    check_day(since, "since")
    check_day(until, "until")
    span = Span(since, until)
    with acting(0):
        _check(user, category, span, substitute)
        _refuse_overlap(user, span)
        absence = Absence.objects.create(
            user=user,
            category=category,
            since=since,
            until=until,
            substitute=substitute,
            noted_by=by,
        )
        refs = {"person": user.pk, "absence": absence.pk}
        if substitute:
            refs["substitute"] = substitute.pk
        record(
            "absence_noted",
            root_id=0,
            refs=refs,
            by=by,
            role=acting_role(by, *NOTERS),
            payload={
                "category": str(category),
                "since": since.isoformat(),
                "until": until.isoformat() if until else "",
            },
        )
    return absence


def _check(user: User, category: str, span: Span, substitute: User | None) -> None:
    if category not in Absence.Category.values:
        raise BadInput(_("There is no such kind of absence"), field="category")
    if span.until and span.until < span.since:
        raise BadInput(_("The last day is before the first"), field="until")
    if substitute is None:
        return
    if substitute.pk == user.pk:
        raise BadInput(_("Nobody stands in for themself"), field="substitute")
    if not substitute.is_active:
        raise BadInput(_("This person does not work here any more"), field="substitute")
    _refuse_substitute(user, span, substitute)


def _refuse_substitute(
    user: User, span: Span, substitute: User, cure: Any = _("Choose somebody who is at work then")
) -> None:
    """Whoever stands in is at work and knows the work: of one role, or one who leads."""
    if not works_here(substitute):
        raise BadInput(
            _("%(name)s holds no role at the agency") % {"name": substitute.full_name},
            field="substitute",
        )
    for other in Absence.objects.filter(user=substitute):
        if span.overlaps(Span(other.since, other.until)):
            raise BadInput(
                _("%(name)s is away on some of these days too") % {"name": substitute.full_name},
                field="substitute",
                cure=cure,
            )
    if not may_stand_in(roles_of(substitute, span.since), roles_of(user, span.since)):
        raise BadInput(
            _("%(name)s does other work") % {"name": substitute.full_name},
            field="substitute",
            cure=_("Choose a colleague of the same role, or a head"),
        )


def _refuse_overlap(user: User, span: Span, besides: int | None = None) -> None:
    for other in Absence.objects.filter(user=user).exclude(pk=besides):
        if span.overlaps(Span(other.since, other.until)):
            raise Refusal(
                _("The person is noted as away on some of these days already"),
                cure=_("Change the first entry instead"),
                subject=user,
            )


def end_absence(*, absence: Absence, by: User | None, until: date) -> Absence:
    """Move the last day: back early, or longer away. A day before the first cancels it all.

    Raises Refusal when somebody cancelled it first or the days overlap another absence, BadInput
    when whoever stands in is not at work on the days that are added.
    """
    if by and by.pk != absence.user_id:
        refuse_unless(by, *NOTERS)
    check_day(until, "until")
    with acting(0):
        absence = _as_it_stands(absence)
        refs = {"person": absence.user_id, "absence": absence.pk}
        if until < absence.since:
            absence.delete()
        else:
            _check_further(absence, until)
            absence.until = until
            absence.save(update_fields=["until"])
        record(
            "absence_ended",
            root_id=0,
            refs=refs,
            by=by,
            role=acting_role(by, *NOTERS),
            payload={"until": until.isoformat()},
        )
    return absence


def _as_it_stands(absence: Absence) -> Absence:
    """The row under the lock: somebody may have moved its end or cancelled it meanwhile."""
    found = Absence.objects.select_related("user", "substitute").filter(pk=absence.pk).first()
    if found is None:
        raise Refusal(_("This absence is cancelled already"), subject=absence.user)
    return found


def _check_further(absence: Absence, until: date) -> None:
    """The days a longer absence adds; those it had already were judged when they were noted."""
    _refuse_overlap(absence.user, Span(absence.since, until), besides=absence.pk)
    if absence.substitute and absence.until and until > absence.until:
        _refuse_substitute(
            absence.user,
            Span(absence.until + timedelta(days=1), until),
            absence.substitute,
            cure=_("Note the further days as an absence of their own, with somebody else"),
        )
