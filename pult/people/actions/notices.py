"""Word of coming late or not at all, given before the day begins (М1.4) or noted by a head."""

from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from pult.kernel import clock
from pult.kernel.access import refuse_unless
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting, record
from pult.people.actions.absences import NOTERS, end_absence, set_absence
from pult.people.models import Absence, DayNotice, User
from pult.people.queries import acting_role, business_day, is_away, works_here
from pult.people.queries.day import day_begins

AHEAD = timedelta(days=30)
AWAY = {DayNotice.Kind.AWAY: "other", DayNotice.Kind.UNPAID: "day_off"}


def give_notice(
    *,
    user: User,
    kind: str,
    by: User | None,
    day: date | None = None,
    force_majeure: bool = False,
    expected_at: time | None = None,
) -> DayNotice:
    """Say that a person comes late or not at all on a day (today); a second word replaces the
    first, and the time of the first one stays.

    People say it of themselves, heads note what they were told by phone. Whoever does not come is
    away that day. Raises BadInput for a kind that is not there or a day out of the next month.
    """
    today = business_day()
    day = day or today
    if by and by.pk != user.pk:
        refuse_unless(by, *NOTERS)
    if kind not in DayNotice.Kind.values:
        raise BadInput(_("Choose one of what is offered"), field="kind")
    if not today <= day <= today + AHEAD:
        raise BadInput(_("A notice is for today or the month ahead"), field="day")
    if not works_here(user):
        raise BadInput(
            _("%(name)s holds no role at the agency") % {"name": user.full_name}, field="user"
        )
    with acting(0):
        found = DayNotice.objects.filter(user=user, day=day).first()
        told_at = found.told_at if found else clock.now()
        in_time = told_at < day_begins(user, day)
        absence = _absence(found, user, kind, day, by)
        values: dict[str, Any] = {
            "kind": kind,
            "force_majeure": force_majeure,
            "expected_at": expected_at if kind == DayNotice.Kind.LATE else None,
            "told_at": told_at,
            "in_time": in_time,
            "absence": absence,
            "noted_by": by,
        }
        notice, _new = DayNotice.objects.update_or_create(user=user, day=day, defaults=values)
        _note(notice, by, kind)
    return notice


def take_back_notice(*, notice: DayNotice, by: User | None) -> None:
    """It turned out otherwise: the notice goes, and the absence it made."""
    if by and by.pk != notice.user_id:
        refuse_unless(by, *NOTERS)
    with acting(0):
        found = DayNotice.objects.filter(pk=notice.pk).select_related("user", "absence").first()
        if found is None:
            raise Refusal(_("This notice is taken back already"), subject=notice.user)
        _drop(found.absence, by)
        _note(found, by, "taken_back")
        found.delete()


def _absence(
    found: DayNotice | None, user: User, kind: str, day: date, by: User | None
) -> Absence | None:
    """The absence of whoever does not come; the one of an earlier word goes when it was late."""
    before = found.absence if found else None
    if kind not in AWAY:
        _drop(before, by)
        return None
    if before and before.category == AWAY[kind]:
        return before
    substitute = before.substitute if before else None
    _drop(before, by)  # another word, another category; who stands in stays
    if is_away(user, day):
        return None
    told = {"category": AWAY[kind], "since": day, "until": day, "substitute": substitute}
    return set_absence(user=user, by=by, **told)


def _drop(absence: Absence | None, by: User | None) -> None:
    if absence is not None:
        end_absence(absence=absence, until=absence.since - timedelta(days=1), by=by)


def _note(notice: DayNotice, by: User | None, state: str) -> None:
    record(
        "person.notice",
        root_id=0,
        refs={"person": notice.user_id},
        by=by,
        role=acting_role(by, *NOTERS),
        state=str(state),
        key=notice.day.isoformat(),
        payload={"force_majeure": notice.force_majeure, "in_time": notice.in_time},
    )
