"""Who is away, who stands in, and who is out of their own hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.ready import ready
from pult.people import logic
from pult.people.models import Absence, Schedule, Shift, User
from pult.people.queries.day import back_hours
from pult.people.queries.who import Moment, ahead, business_day, in_order, on_day
from pult.ui.formats import short_day

OFF_HOURS = 0  # no absence has this number: somebody with a week of their own, and who is on duty
AWAY = """
    SELECT away.id, away.user_id, away.category, away.since, away.until, away.substitute_id,
        away.noted_by_id, person.full_name AS name, COALESCE(away.substitute_id, (
            SELECT MIN(deputy.user_id) FROM people_rolegrant AS deputy
            WHERE deputy.acts_for_id = away.user_id AND deputy.since <= %s AND deputy.until >= %s
        )) AS stand_in_id
    FROM people_absence AS away JOIN people_user AS person ON person.id = away.user_id
    WHERE away.since <= %s AND (away.until IS NULL OR away.until >= %s)
    UNION ALL
    SELECT 0, timed.user_id, 'duty', duty.day, duty.day, NULL, NULL, person.full_name, duty.user_id
    FROM people_dutyperson AS duty
    JOIN (SELECT user_id FROM people_schedule UNION SELECT user_id FROM people_shift WHERE day = %s)
        AS timed ON timed.user_id <> duty.user_id
    JOIN people_user AS person ON person.id = timed.user_id AND person.is_active
    WHERE duty.day = %s
    ORDER BY 1
"""


@dataclass(frozen=True)
class StoodIn:
    """A colleague whose work one has; `until` is the last day, None while nobody knows. Whoever is
    only out of their own hours (`is_off`) is back at `back_at`."""

    name: str
    until: date | None
    is_off: bool = False
    back_at: datetime | None = None

    @property
    def words(self) -> str:
        told = {"name": self.name}
        if self.is_off and self.back_at is None:
            return _("on duty: %(name)s is out of their hours") % told
        if self.is_off:
            told["hour"] = hour_or_day(self.back_at)
            return _("on duty until %(hour)s: %(name)s is out of their hours") % told
        if self.until is None:
            return _("standing in for %(name)s") % told
        told["day"] = short_day(self.until)
        return _("standing in for %(name)s until %(day)s") % told


def hour_or_day(moment: datetime | None) -> str:
    """«11:00» of a moment today, the day of a later one; empty for none."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    return f"{local:%H:%M}" if local.date() == business_day() else short_day(local)


def substitutes_for(user: User, at: Moment = None) -> list[User]:
    """Who stands in for a person who is away; empty when at work or nobody was named.

    Several when the substitute is away too: the last one is at work.
    """
    day = business_day(at)
    return in_order(logic.stand_ins(user.pk, day, _absences(at)))


def stood_in_for(user: User, at: Moment = None) -> list[User]:
    """The absent people whose work this person has on that day."""
    day = business_day(at)
    return in_order(sorted(logic.stood_in_for(user.pk, day, _absences(at))))


def at_work_for(user_ids: Iterable[int], at: Moment = None) -> dict[int, int]:
    """Absent person → who is at work in their place, of these people; one query."""
    day = business_day(at)
    absences = _absences(at)
    chains = {pk: logic.stand_ins(pk, day, absences) for pk in user_ids} if absences else {}
    return {pk: chain[-1] for pk, chain in chains.items() if chain}


def standing_in(user_id: int, at: Moment = None) -> dict[int, StoodIn]:
    """The same by id, with the names and the last day of each absence; one query."""
    day = business_day(at)
    rows = _absent(at)
    absent = logic.stood_in_for(user_id, day, map(_away, rows)) if rows else ()
    return {row.user_id: _stood_in(row) for row in rows if row.user_id in absent}


def is_away(user: User, at: Moment = None) -> bool:
    return Absence.objects.filter(on_day(business_day(at)), user=user).exists()


def absences_of(user: User, at: Moment = None) -> list[Absence]:
    """A person's absences that are not over, the nearest first."""
    return list(user.absences.filter(ahead(at)).select_related("substitute"))


def absences_between(first: date, last: date) -> list[Absence]:
    """Who will not be at work on some of the days, with their substitutes, by name. One query."""
    rows = Absence.objects.filter(
        Q(until__isnull=True) | Q(until__gte=first), since__lte=last, user__is_active=True
    )
    return list(rows.select_related("user", "substitute").order_by("user__full_name", "since"))


def off_now() -> dict[int, datetime | None]:
    """Who has hours of their own and is out of them now, with the moment they begin; one query,
    three when somebody has."""
    found = User.objects.filter(has_hours(), is_active=True).select_related("department")
    return out_of_hours(found)


def has_hours(at: Moment = None) -> Q:
    """A filter of people: whether there are hours of their own around a day."""
    near = business_day(at) - timedelta(days=1), business_day(at) + timedelta(days=1)
    own = Schedule.objects.filter(user=OuterRef("pk"))
    return Exists(own) | Exists(Shift.objects.filter(user=OuterRef("pk"), day__range=near))


def out_of_hours(people: Iterable[User], at: Moment = None) -> dict[int, datetime | None]:
    """Who of these people is out of hours of their own at a moment; a whole day has none."""
    found = list(people)
    if not found or not (at is None or isinstance(at, datetime)):
        return {}
    return back_hours(found, at or clock.now())


def absent_rows(at: Moment = None) -> list[Absence]:
    """Absences of a day, and who with hours of their own might be out of them while somebody is
    on duty; asked on every day of a manager: ready SQL."""
    return ready(Absence, AWAY, [business_day(at)] * 6)


def spans_of(rows: Iterable[Absence]) -> list[logic.Away]:
    """The same for asking who has whose work."""
    return [_away(row) for row in rows]


def _absences(at: Moment) -> list[logic.Away]:
    return spans_of(_absent(at))


def _absent(at: Moment) -> list[Absence]:
    """Absences of a day with names, and, at a moment of it, whoever is out of hours of their own
    while somebody is on duty."""
    rows = absent_rows(at)
    if not (timed := {row.user_id for row in rows if row.pk == OFF_HOURS}):
        return rows
    back = out_of_hours(User.objects.filter(pk__in=timed).select_related("department"), at)
    for row in rows:
        row.back_at = back.get(row.user_id) if row.pk == OFF_HOURS else None
    return [row for row in rows if row.pk != OFF_HOURS or row.user_id in back]


def _stood_in(row: Absence) -> StoodIn:
    if row.pk == OFF_HOURS:
        return StoodIn(row.name, None, is_off=True, back_at=row.back_at)
    return StoodIn(row.name, row.until)


def _away(row: Absence) -> logic.Away:
    return logic.Away(row.user_id, row.stand_in_id, logic.Span(row.since, row.until))
