"""Planned pauses of a line and holidays of a client.

A pause is told by facts of its first morning and of the morning after its last day, so a deadline
counted today already knows of next week's holiday. A change of plans voids them.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from pult.clients.access import client_for, line_for, pause_for, require
from pult.clients.edits import check, morning
from pult.clients.logic.dated import overlap
from pult.clients.models import Client, PlannedPause, ServiceLine
from pult.kernel import clock
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting, record, void
from pult.kernel.models import Fact
from pult.ui.formats import short_day

if TYPE_CHECKING:
    from pult.people.models import User

PAUSERS = ("am", "head", "director")


def pause(
    *,
    by: "User",
    client_id: int,
    first_day: date,
    reason_code: str,
    last_day: date | None = None,
    line_id: int | None = None,
    note: str = "",
) -> PlannedPause:
    """Pause one line, or with no `line_id` the whole client, from a first to a last day.

    Without a last day until `resume`. Raises BadInput when another pause shares a day.
    """
    role = require(by, *PAUSERS, act=_("pause work"))
    client = client_for(by, client_id)
    line = line_for(by, line_id) if line_id else None
    with acting(client.pk):
        _check_days(client, line, first_day, last_day)
        _refuse_overlap(client.pk, line, first_day, last_day)
        row = PlannedPause(
            client=client,
            line=line,
            first_day=first_day,
            last_day=last_day,
            reason_code=reason_code,
            note=note,
            by=by,
        )
        row.on_fact = _tell(row, by, role, first_day, is_on=True)
        row.off_fact = _tell_end(row, by, role)
        check(row)
        row.save(force_insert=True)
    return row


def resume(*, by: "User", pause_id: int, first_working_day: date) -> PlannedPause:
    """Work again from a day on: the pause ends the evening before, or never was.

    Raises Refusal for a cancelled pause and for a line that has ended, BadInput when the pause
    would last into another.
    """
    role = require(by, *PAUSERS, act=_("pause work"))
    row = pause_for(by, pause_id)
    with acting(row.client_id):
        _look_again(row)
        if row.cancelled_at:
            raise Refusal(_("The pause is already cancelled"))
        if first_working_day <= row.first_day:
            _cancel(row, by)
        else:
            _end_before(row, first_working_day, by, role)
    return row


def _end_before(row: PlannedPause, first_working_day: date, by: "User", role: str) -> None:
    if row.line and row.line.status == ServiceLine.Status.ENDED:
        raise Refusal(_("The line has ended"), cure=_("Open a new line"), subject=row.line)
    last_day = first_working_day - timedelta(days=1)
    _refuse_overlap(row.client_id, row.line, row.first_day, last_day, besides=row.pk)
    if row.off_fact:
        void(row.off_fact, by=by, reason=_("Work resumed"))
    row.last_day = last_day
    row.off_fact = _tell_end(row, by, role)
    row.save(update_fields=["last_day", "off_fact"])


def cancel_pause(*, by: "User", pause_id: int) -> PlannedPause:
    """The pause never was: both its facts are taken back."""
    require(by, *PAUSERS, act=_("pause work"))
    row = pause_for(by, pause_id)
    with acting(row.client_id):
        _look_again(row)
        _cancel(row, by)
    return row


def _look_again(row: PlannedPause) -> None:
    """As it stands under the lock: somebody may have moved its end or cancelled it meanwhile."""
    row.refresh_from_db(fields=["last_day", "off_fact", "cancelled_at"])


def forget_pauses_after(line: ServiceLine, at: datetime, by: "User") -> None:
    """Take back what an ending line had planned: it must not come to life after a pause."""
    day = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    rows = line.pauses.filter(cancelled_at=None).filter(Q(last_day=None) | Q(last_day__gte=day))
    for row in rows.select_related("on_fact", "off_fact"):
        if row.first_day > day:
            _cancel(row, by)
        elif row.off_fact:
            void(row.off_fact, by=by, reason=_("The line has ended"))


def _cancel(row: PlannedPause, by: "User") -> None:
    if row.cancelled_at:
        return
    for fact in (row.on_fact, row.off_fact):
        if fact:
            void(fact, by=by, reason=_("The pause is cancelled"))
    row.cancelled_at = clock.now()
    row.save(update_fields=["cancelled_at"])


def _tell_end(row: PlannedPause, by: "User", role: str) -> Fact | None:
    if row.last_day is None:
        return None
    return _tell(row, by, role, row.last_day + timedelta(days=1), is_on=False)


def _tell(row: PlannedPause, by: "User", role: str, day: date, *, is_on: bool) -> Fact:
    refs = {"client": row.client_id}
    payload = {"reason_code": row.reason_code}
    if row.line_id is None:
        state = "on" if is_on else "off"
        kind = "client.pause"
    else:
        refs["line"] = row.line_id
        state = "paused" if is_on else "running"
        kind = "line.status"
    return record(
        kind,
        root_id=row.client_id,
        refs=refs,
        by=by,
        role=role,
        at=morning(day),
        state=state,
        payload=payload,
    )


def _refuse_overlap(
    client_id: int,
    line: ServiceLine | None,
    first_day: date,
    last_day: date | None,
    besides: int | None = None,
) -> None:
    others = PlannedPause.objects.filter(client=client_id, line=line, cancelled_at=None)
    if other := overlap(first_day, last_day, others.exclude(pk=besides)):
        raise BadInput(
            _("Another pause covers these days: from %(day)s")
            % {"day": short_day(other.first_day)},
            field="first_day",
            cure=_("Cancel it or choose other days"),
        )


def _check_days(
    client: Client, line: ServiceLine | None, first_day: date, last_day: date | None
) -> None:
    if line and line.client_id != client.pk:
        raise BadInput(_("This line belongs to another client"), field="line")
    if line:
        line.refresh_from_db(fields=["status"])
    if line and line.status != ServiceLine.Status.RUNNING:
        raise Refusal(_("Only a running line can be paused"), subject=line)
    if last_day and last_day < first_day:
        raise BadInput(_("The last day is before the first"), field="last_day")
