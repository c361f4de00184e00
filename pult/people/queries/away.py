"""Who is away, who stands in, and who is out of their own hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from pult.kernel import clock
from pult.kernel.ready import ready
from pult.people import logic
from pult.people.models import Absence, Schedule, Shift, User
from pult.people.queries.day import off_hours
from pult.people.queries.who import Moment, ahead, business_day, in_order, on_day

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
    """A colleague whose work one has; `until` is the last day, None while nobody knows."""

    name: str
    until: date | None


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
    return {row.user_id: StoodIn(row.name, row.until) for row in rows if row.user_id in absent}


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


def off_now() -> set[int]:
    """Who has hours of their own and is out of them now; one query, three when somebody has."""
    near = business_day() - timedelta(days=1), business_day() + timedelta(days=1)
    timed = Q(Exists(Schedule.objects.filter(user=OuterRef("pk"))))
    timed |= Q(Exists(Shift.objects.filter(user=OuterRef("pk"), day__range=near)))
    people = list(User.objects.filter(timed, is_active=True).select_related("department"))
    return off_hours(people, clock.now()) if people else set()


def _absences(at: Moment) -> list[logic.Away]:
    return [_away(row) for row in _absent(at)]


def _absent(at: Moment) -> list[Absence]:
    """Absences of a day with names, and, at a moment of it, whoever is out of hours of their own
    while somebody is on duty; asked on every day of a manager, hence ready SQL."""
    day = business_day(at)
    rows = ready(Absence, AWAY, [day] * 6)
    if not (timed := {row.user_id for row in rows if row.pk == OFF_HOURS}):
        return rows
    off: set[int] = set()
    if at is None or isinstance(at, datetime):
        people = User.objects.filter(pk__in=timed).select_related("department")
        off = off_hours(list(people), at or clock.now())
    return [row for row in rows if row.pk != OFF_HOURS or row.user_id in off]


def _away(row: Absence) -> logic.Away:
    return logic.Away(row.user_id, row.stand_in_id, logic.Span(row.since, row.until))
