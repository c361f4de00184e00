"""A person's working day: when it begins and ends, and who is at work at a moment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from pult.kernel.calendar import BusinessCalendar, day_index
from pult.kernel.models import Fact
from pult.people.logic import zone_of
from pult.people.logic.hours import DayHours, Stretch, on_day, week_of
from pult.people.models import CarryOver, DayClose, DayNotice, Schedule, Shift, User
from pult.people.queries.who import Moment, business_day
from pult.regulation.calendars import AGENCY, current_calendar
from pult.regulation.parameters import number

CLOSES = ("day.close", 18 * 60 + 30)
BEFORE_END = timedelta(minutes=30)
LONGEST_BREAK = 40  # days: the search for a working day ends


class Hours:
    """The hours of some people by day: one's own word of a day, one's own week, the department's
    calendar, which is asked for once. Two queries for all of them."""

    def __init__(self, people: Collection[User], first: date, last: date) -> None:
        ids = [user.pk for user in people]
        self._weeks: dict[int, list[Schedule]] = {}
        for row in Schedule.objects.filter(user__in=ids, since__lte=last):
            self._weeks.setdefault(row.user_id, []).append(row)  # the newest first
        shifts = Shift.objects.filter(user__in=ids, day__range=(first, last))
        self._shifts = {(one.user_id, one.day): one for one in shifts}
        self._calendars: dict[str, BusinessCalendar] = {}

    def has_own(self, user_id: int, by: date = date.max) -> bool:
        """Whether the person has any hours of their own that have begun by a day."""
        own = any(row.since <= by for row in self._weeks.get(user_id, ()))
        return own or any(pk == user_id and day <= by for pk, day in self._shifts)

    def on(self, user: User, day: date) -> DayHours | None:
        """Hours of a person on a local day of theirs; None when they do not work then."""
        week = next((one for one in self._weeks.get(user.pk, ()) if one.since <= day), None)
        zone = ZoneInfo(settings.TIME_ZONE)
        if week is not None and week.week is not None:
            zone = zone_of(week.zone, settings.TIME_ZONE)
        if (shift := self._shifts.get((user.pk, day))) is not None:
            stretch = None if shift.start is None else (shift.start, shift.end or 0)
            return on_day(day, stretch, zone)
        return on_day(day, self._stretch(user, day, week), zone)

    def _stretch(self, user: User, day: date, week: Schedule | None) -> Stretch | None:
        calendar, index = self._calendar(user), day_index(day)
        own = week_of(week.week) if week is not None and week.week is not None else None
        if not calendar.is_workday(index):
            rests = own is None or calendar.explain_days(index, index)[0].reason.key != "weekend"
            return None if rests else own[day.weekday()]
        if own is not None:
            return own[day.weekday()]
        stretches = calendar.hours_on(index).stretches(short=calendar.kind(index) == "short")
        return stretches[0][0], stretches[-1][1]

    def _calendar(self, user: User) -> BusinessCalendar:
        code = user.department.code if user.department else AGENCY
        if code not in self._calendars:
            self._calendars[code] = current_calendar(code)
        return self._calendars[code]


def hours_of(user: User, day: date) -> DayHours | None:
    """Hours of one person on one day; two queries."""
    return Hours([user], day, day).on(user, day)


def day_begins(user: User, day: date) -> datetime:
    """Until when a notice about a day is in time: its first working minute; the day's end when
    the person does not work then."""
    hours = hours_of(user, day)
    if hours is not None:
        return hours.start
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    return midnight.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


@dataclass(frozen=True)
class DayFrame:
    """When a person may close a day, and the next day on which they work."""

    opens: datetime
    following: date


def day_frame(user: User, day: date) -> DayFrame:
    """Days close from the agency's hour on, or half an hour before the person's own day ends when
    that is earlier. Two queries."""
    hours = Hours([user], day, day + timedelta(days=LONGEST_BREAK))
    midnight = datetime.combine(day, time.min).replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
    opens = midnight + timedelta(minutes=number(*CLOSES))
    own = hours.on(user, day)
    return DayFrame(
        opens=opens if own is None else min(opens, own.end - BEFORE_END),
        following=_next(hours, user, day),
    )


def next_working_day(user: User, day: date) -> date:
    """The next day on which the person works; the day after when none is near."""
    return _next(Hours([user], day, day + timedelta(days=LONGEST_BREAK)), user, day)


def _next(hours: Hours, user: User, day: date) -> date:
    for ahead in range(1, LONGEST_BREAK + 1):
        following = day + timedelta(days=ahead)
        if hours.on(user, following):
            return following
    return day + timedelta(days=1)


def back_hours(people: Collection[User], at: datetime) -> dict[int, datetime | None]:
    """Who of those with hours of their own is not at work at a moment of somebody's working day,
    and when their hours begin (None: not within weeks); everybody else counts as there. Two
    queries."""
    day = business_day(at)
    hours = Hours(people, day - timedelta(days=1), day + timedelta(days=LONGEST_BREAK))
    found: dict[int, datetime | None] = {}
    for user in people:
        if not hours.has_own(user.pk, by=day + timedelta(days=1)):
            continue
        near = (day + timedelta(days=shift) for shift in (-1, 0, 1))
        if not any((own := hours.on(user, one)) and own.covers(at) for one in near):
            found[user.pk] = _begins(hours, user, at)
    return found


def _begins(hours: Hours, user: User, at: datetime) -> datetime | None:
    day = business_day(at)
    ahead = (hours.on(user, day + timedelta(days=shift)) for shift in range(LONGEST_BREAK + 1))
    return next((own.start for own in ahead if own and own.start > at), None)


def notice_of(user: User, day: date) -> DayNotice | None:
    """What the person said about a day; one query."""
    return DayNotice.objects.filter(user=user, day=day).first()


def notices_on(day: date) -> list[DayNotice]:
    """What people said about a day, by name; one query."""
    return list(DayNotice.objects.filter(day=day).select_related("user", "noted_by"))


@dataclass(frozen=True)
class Lateness:
    """Somebody came so many minutes after their day began, as a person said; `is_over`: above the
    limit of М1.2."""

    fact: Fact
    person_id: int
    minutes: int
    is_over: bool


def lateness_on(day: date) -> list[Lateness]:
    """What people said about coming late on a day; one query."""
    rows = Fact.objects.filter(root_id=0, kind="person.late", key=day.isoformat(), voided_by=None)
    return [
        Lateness(row, row.refs["person"], row.payload["minutes"], row.state == "over")
        for row in rows.order_by("pk")
    ]


def closes_on(day: date) -> dict[int, DayClose]:
    """Who closed a day, by person; one query."""
    return {one.user_id: one for one in DayClose.objects.filter(day=day)}


def closes_near(user: User, day: date) -> tuple[DayClose | None, DayClose | None]:
    """How the person closed a day, and the last one before it; one query."""
    rows = DayClose.objects.filter(user=user, day__lte=day).order_by("-day")[:2]
    own = next((one for one in rows if one.day == day), None)
    return own, next((one for one in rows if one.day < day), None)


def plan_for(user: User, day: date) -> str:
    """The plan the person made for a day when the one before was closed; one query."""
    _own, before = closes_near(user, day)
    return before.plan if before else ""


def carried_over(close: DayClose) -> list[CarryOver]:
    """What was left that day, with the reasons; one query."""
    return list(close.carried.all())


def schedules_of(user: User, at: Moment = None) -> list[Schedule]:
    """A person's weeks from the one in force on, the newest first; one query."""
    today, found = business_day(at), []
    for row in user.schedules.all():
        found.append(row)
        if row.since <= today:
            break
    return found


def shifts_of(user: User, at: Moment = None) -> list[Shift]:
    """Days from today on that differ from the week; one query."""
    return list(user.shifts.filter(day__gte=business_day(at)))
