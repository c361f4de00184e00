"""Who is on duty on days off."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from pult.kernel.access import refuse_unless
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.people.models import DutyPerson, User
from pult.people.queries import acting_role, answers_clients, works_here

PLANNERS = (Role.HEAD, Role.PRODUCTION_HEAD, Role.PRODUCTION_DIRECTOR, Role.DIRECTOR)


def set_duty(*, day: date, user: User, by: User | None) -> DutyPerson:
    """Name who answers clients on a day off; naming another replaces the first.

    BadInput for somebody who holds no role at the agency or has left it, and for whoever does not
    answer clients: on that day the clients of those out of their hours are theirs.
    """
    refuse_unless(by, *PLANNERS)
    check_day(day, "day")
    if not works_here(user):
        raise BadInput(
            _("%(name)s holds no role at the agency") % {"name": user.full_name}, field="user"
        )
    if not answers_clients(user):
        raise BadInput(
            _("%(name)s does not answer clients") % {"name": user.full_name},
            field="user",
            cure=_("Name an account manager or whoever leads a department"),
        )
    with acting(0):
        duty, _is_new = DutyPerson.objects.update_or_create(day=day, defaults={"user": user})
        record(
            "duty_set",
            root_id=0,
            refs={"person": user.pk},
            by=by,
            role=acting_role(by, *PLANNERS),
            payload={"day": day.isoformat()},
        )
    return duty


def end_duties(user: User, last_day: date) -> None:
    """Nobody is on duty on the days a person was to be after that one. Call when acting."""
    rows = DutyPerson.objects.filter(user=user, day__gt=last_day)
    for day in rows.order_by("day").values_list("day", flat=True):
        record("duty_freed", root_id=0, refs={"person": user.pk}, by=None, key=day.isoformat())
    rows.delete()


def set_duties(*, duties: Mapping[date, User], by: User | None) -> None:
    """Name who answers clients on several days off at once: all of them or none."""
    refuse_unless(by, *PLANNERS)
    with acting(0):
        for day, user in duties.items():
            set_duty(day=day, user=user, by=by)
