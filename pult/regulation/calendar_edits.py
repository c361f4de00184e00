"""Editing the calendar: one day at a time, as a new version with a reason."""

from datetime import date
from typing import TYPE_CHECKING, get_args

from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.calendar import Day
from pult.kernel.errors import BadInput
from pult.kernel.facts import record
from pult.regulation.calendars import AGENCY
from pult.regulation.models import CalendarDay, CalendarVersion
from pult.regulation.models.ledger import ALL_ROOTS
from pult.regulation.signing import SIGNERS, require_reason, require_role, signing

if TYPE_CHECKING:
    from pult.people.models import User


def edit_calendar(
    *,
    day: date,
    kind: Day,
    reason: str,
    by: "User",
    role: str,
    known_until: date | None = None,
) -> CalendarVersion:
    """A new version of the agency's calendar in which `day` is work, off or short.

    Deadlines that still lie ahead move; closed rows keep the version they were judged by.
    """
    require_role(role, SIGNERS)
    require_reason(reason)
    if kind not in get_args(Day):
        raise BadInput(_("A day is work, off or short"), field="kind")
    with signing([(ALL_ROOTS, "")], "calendar"):
        last = CalendarVersion.objects.filter(unit=AGENCY).order_by("number").last()
        version = CalendarVersion.objects.create(
            unit=AGENCY,
            number=(last.number if last else 0) + 1,
            recorded_at=clock.now(),
            known_until=known_until,
            author=by,
            reason=reason.strip(),
        )
        CalendarDay.objects.create(
            version=version, date=day, kind=kind, reason=reason.strip()[:200]
        )
        record(
            "calendar.edited",
            root_id=0,
            refs={},
            by=by,
            role=role,
            day=day,
            value=version.number,
            payload={"unit": AGENCY, "kind": kind},
        )
    return version
