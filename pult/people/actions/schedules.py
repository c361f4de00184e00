"""Hours of a person's own: part of the week, another zone, shifts; by date."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from pult.kernel.access import refuse_unless
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.people.logic import is_place
from pult.people.logic.hours import Stretch, week_of
from pult.people.models import Schedule, Shift, User
from pult.people.queries import acting_role, business_day, hours_of

SCHEDULERS = (Role.HEAD, Role.PRODUCTION_HEAD, Role.PRODUCTION_DIRECTOR, Role.DIRECTOR)


def set_schedule(
    *,
    user: User,
    week: Sequence[Stretch | None] | None,
    by: User | None,
    since: date | None = None,
    zone: str = "",
) -> Schedule:
    """Give a person hours of their own from `since` (today) on: seven places from Monday, None for
    a day off; `week` None gives them back to the department's hours.

    What was in force before that day stays as it was. Raises BadInput for hours out of order, a
    zone that is no place and a day that is over.
    """
    refuse_unless(by, *SCHEDULERS)
    since = since or business_day()
    check_day(since, "since")
    if since < business_day():
        raise BadInput(_("Hours are set from today on"), field="since")
    zone = zone or user.zone
    if not is_place(zone):
        raise BadInput(_("There is no such time zone"), field="zone")
    stored = _stored(week)
    with acting(0):
        schedule, _new = Schedule.objects.update_or_create(
            user=user, since=since, defaults={"week": stored, "zone": zone, "set_by": by}
        )
        _note("schedule_set", user, by, since=since.isoformat(), days=_days(stored))
    return schedule


def set_shift(*, user: User, day: date, hours: Stretch | None, by: User | None) -> Shift:
    """Say that one day differs: other hours, or (None) none at all."""
    refuse_unless(by, *SCHEDULERS)
    check_day(day, "day")
    if day < business_day():
        raise BadInput(_("Hours are set from today on"), field="day")
    if hours is not None:
        _checked([hours])
    start, end = hours or (None, None)
    with acting(0):
        shift, _new = Shift.objects.update_or_create(
            user=user, day=day, defaults={"start": start, "end": end}
        )
        _note("shift_set", user, by, day=day.isoformat(), works=hours is not None)
    return shift


def drop_shift(*, shift: Shift, by: User | None) -> None:
    """The day is as the week says again."""
    refuse_unless(by, *SCHEDULERS)
    with acting(0):
        user = shift.user
        if Shift.objects.filter(pk=shift.pk).delete()[0]:
            works = hours_of(user, shift.day) is not None
            _note("shift_set", user, by, day=shift.day.isoformat(), works=works)


def _stored(week: Sequence[Stretch | None] | None) -> list[list[int] | None] | None:
    if week is None:
        return None
    _checked(week)
    if not any(week):
        raise BadInput(_("A week needs a working day"), field="week")
    return [None if one is None else list(one) for one in week]


def _checked(week: Sequence[Stretch | None]) -> None:
    try:
        week_of([*week, *([None] * (7 - len(week)))])
    except ValueError:
        raise BadInput(_("A day's work begins before it ends"), field="week") from None


def _days(week: list[list[int] | None] | None) -> int:
    """How many days of the week are worked; −1 for the department's."""
    return -1 if week is None else sum(one is not None for one in week)


def _note(kind: str, user: User, by: User | None, **payload: object) -> None:
    record(
        kind,
        root_id=0,
        refs={"person": user.pk},
        by=by,
        role=acting_role(by, *SCHEDULERS),
        payload=payload,
    )
