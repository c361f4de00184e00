"""Editing a calendar: a day or the hours of a unit, each as a new version with a reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.calendar import Day, WorkHours
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput
from pult.kernel.facts import record
from pult.kernel.texts import LONGEST_LINE
from pult.regulation.calendars import AGENCY
from pult.regulation.models import CalendarDay, CalendarHours, CalendarVersion
from pult.regulation.models.ledger import ALL_ROOTS
from pult.regulation.signing import (
    SIGNERS,
    require_future,
    require_reason,
    require_role,
    signing,
)

if TYPE_CHECKING:
    from pult.people.models import User

AS_BEFORE = ""


def edit_calendar(
    *,
    day: date,
    kind: Day | str,
    reason: str,
    by: "User",
    role: str,
    unit: str = AGENCY,
    known_until: date | None = None,
) -> CalendarVersion:
    """A new version in which `day` of the unit is work, off or short, or (empty) as it was before
    anybody of the unit spoke of it.

    Deadlines that still lie ahead move; closed rows keep the version they were judged by. BadInput
    for a day, or a day the calendar is known until, that `check_day` finds too far away.
    """
    require_role(by, role, SIGNERS)
    reason = require_reason(reason, LONGEST_LINE)
    if kind != AS_BEFORE and kind not in get_args(Day):
        raise BadInput(_("A day is work, off or short"), field="kind")
    check_day(day, "day")
    check_day(known_until, "known_until")
    with _version(unit, reason, by, known_until) as version:
        CalendarDay.objects.create(version=version, date=day, kind=kind, reason=reason)
        _note("calendar.edited", version, by, role, day, {"unit": unit, "kind": kind})
    return version


def sign_hours(
    *,
    since: date,
    hours: WorkHours | None,
    reason: str,
    by: "User",
    role: str,
    unit: str = AGENCY,
) -> CalendarVersion:
    """A new version in which the unit keeps these hours from a day on; None gives a department the
    agency's hours again.

    BadInput for a past day, and for the agency without hours of its own.
    """
    require_role(by, role, SIGNERS)
    reason = require_reason(reason)
    require_future(since, "since")
    if hours is None and unit == AGENCY:
        raise BadInput(_("The agency has nobody else's hours to keep"), field="start")
    named = ("start", "end", "lunch_start", "lunch_end")
    kept = {name: getattr(hours, name) for name in named} if hours else {}
    with _version(unit, reason, by) as version:
        CalendarHours.objects.create(version=version, since=since, **kept)
        told = {name: f"{moment:%H:%M}" for name, moment in kept.items()}
        _note("calendar.hours", version, by, role, since, {"unit": unit, **told})
    return version


@contextmanager
def _version(
    unit: str, reason: str, by: "User", known_until: date | None = None
) -> Iterator[CalendarVersion]:
    with signing([(ALL_ROOTS, "")], "calendar"):
        last = CalendarVersion.objects.order_by("number").last()
        yield CalendarVersion.objects.create(
            unit=unit,
            number=(last.number if last else 0) + 1,
            recorded_at=clock.now(),
            known_until=known_until,
            author=by,
            reason=reason,
        )


def _note(
    kind: str, version: CalendarVersion, by: "User", role: str, day: date, payload: dict[str, Any]
) -> None:
    record(
        kind,
        root_id=0,
        refs={},
        by=by,
        role=role,
        day=day,
        value=version.number,
        payload=payload,
    )
