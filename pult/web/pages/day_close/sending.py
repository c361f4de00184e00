"""The forms of a working day as actions take them."""

from datetime import UTC, datetime, time

from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.people.actions.day import close_day
from pult.people.actions.decisions import decide_day
from pult.people.actions.lateness import note_lateness
from pult.people.actions.notices import give_notice
from pult.people.logic.hours import minutes_of
from pult.people.models import DayClose, DayNotice, User
from pult.people.queries import colleague
from pult.web.fields import Form, day_or_none, not_offered, whole_of
from pult.work.actions import mark_all_read

REASON = "reason-"


def close_as_sent(by: User, form: Form) -> DayClose:
    """Sign the day with the reasons of the form."""
    return close_day(
        by=by,
        mail_is_clear=form.get("mail") == "clear",
        mail_reason=str(form.get("mail_reason", "")),
        reasons={
            name.removeprefix(REASON): str(form[name]) for name in form if name.startswith(REASON)
        },
        one_reason=str(form.get("one_reason", "")),
        plan=str(form.get("plan", "")),
    )


def notice_as_sent(by: User, form: Form) -> DayNotice:
    """Word about a day: one's own unless the form names a colleague."""
    user: User | None = by
    if "user" in form:
        user = colleague(str(form.get("user", "")))
        if user is None:
            raise not_offered("user")
    return give_notice(
        user=user,
        kind=str(form.get("kind", "")),
        by=by,
        day=day_or_none(form, "day"),
        force_majeure=form.get("force_majeure") == "1",
        expected_at=_time(str(form.get("expected_at", "")).strip()),
    )


def lateness_as_sent(by: User, form: Form) -> None:
    """Minutes of lateness: one's own unless the form names a colleague."""
    user: User | None = by
    if "user" in form and (user := colleague(str(form.get("user", "")))) is None:
        raise not_offered("user")
    minutes = whole_of(form, "minutes")
    note_lateness(user=user or by, minutes=minutes, by=by, day=day_or_none(form, "day"))


def decision_as_sent(by: User, form: Form) -> None:
    user = colleague(str(form.get("user", "")))
    if user is None:
        raise not_offered("user")
    words = {name: str(form.get(name, "")) for name in ("about", "decision", "reason")}
    decide_day(user=user, by=by, day=day_or_none(form, "day"), **words)


def read_as_sent(by: User, form: Form) -> int:
    """The comments are read up to the moment the page was shown; by default, and for one that is
    none or ahead, to now."""
    now, shown = clock.now(), str(form.get("shown", ""))
    try:
        until = datetime.fromisoformat(shown)
        until = until.astimezone(UTC) if is_aware(until) else now
    except (ValueError, OverflowError):  # an end of the calendar has no name in UTC
        until = now
    return mark_all_read(by=by, until=min(until, now))


def _time(text: str) -> time | None:
    if not text:
        return None
    try:
        minutes = minutes_of(text)
        return time(*divmod(minutes, 60))
    except ValueError:
        raise BadInput(_("Write the time as 12:30"), field="expected_at") from None
