"""A year of a unit's calendar in force: what each day is and why, and what people changed."""

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.calendar import BusinessCalendar, DayRecord, WorkHours, day_index
from pult.kernel.errors import NotVisible, PultError
from pult.people.queries import department_names
from pult.regulation.calendars import AGENCY, CLIENTS, current_calendar, hours_of
from pult.regulation.models import CalendarVersion
from pult.regulation.retro import Retro
from pult.web.pages.calendar.grid import drawn
from pult.web.pages.regulation.page import LEADERS

if TYPE_CHECKING:
    from pult.people.models import User

Options = tuple[tuple[str, Any], ...]
YEARS = range(2019, 2069)
LAST_QUARTER = 10
KINDS = {
    "work": pgettext_lazy("day", "working"),
    "short": pgettext_lazy("day", "shortened"),
    "off": pgettext_lazy("day", "day off"),
}


@dataclass(frozen=True)
class ShownDay:
    """A day of the grid. `note` is why it is not what its weekday says."""

    date: date
    kind: str
    label: Any
    note: str
    number: int
    iso: str
    is_today: bool

    @property
    def words(self) -> str:
        """What the day is, in a line."""
        return f"{self.label}: {self.note}" if self.note else str(self.label)

    @property
    def looks(self) -> str:
        note, today = " date--note" * bool(self.note), " date--today" * self.is_today
        return f"date date--{self.kind}{note}{today}"


@dataclass(frozen=True)
class Month:
    """A month; `gap` empty places stand before the first day, Monday first. `edit`, a day and
    `query` make the address of editing it, for those who may."""

    first: date
    gap: range
    days: tuple[ShownDay, ...]
    working: int
    edit: str
    query: str

    @property
    def drawn(self) -> SafeString:
        return drawn(self.days, self.edit, self.query)


@dataclass(frozen=True)
class SignedVersion:
    """A signed edit: whose calendar and what it says."""

    version: CalendarVersion
    unit_name: str
    words: str


@dataclass(frozen=True)
class CalendarPage:
    """`is_provisional`: the year lies (partly) past what is published; `lacks_next`: it is the
    last quarter and next year is not known yet. `counts`: deadlines count on this calendar."""

    year: int
    unit: str
    unit_name: str
    units: Options
    counts: bool
    hours: str
    hours_href: str
    months: tuple[Month, ...]
    working: int
    short: int
    off: int
    special: tuple[ShownDay, ...]
    versions: tuple[SignedVersion, ...]
    known_until: date
    is_provisional: bool
    lacks_next: bool
    before: int
    after: int
    query: str
    may_edit: bool


@dataclass(frozen=True)
class DayPage:
    """`own`: the unit is a department; `changes`: rows whose deadline would move."""

    day: ShownDay
    unit: str
    unit_name: str
    own: bool
    back: str
    kinds: tuple[tuple[str, Any], ...]
    sent: Mapping[str, str]
    known_until: date
    is_past: bool
    year_end: date
    problem: PultError | None
    changes: Retro | None = None

    @property
    def chosen(self) -> str:
        """The kind that was sent, empty for "as published"; the day's own when none was."""
        return self.sent.get("kind", self.day.kind)

    @property
    def more_changes(self) -> int:
        return self.changes.rows - len(self.changes.changed) if self.changes else 0


def this_year() -> int:
    return clock.today(settings.TIME_ZONE).year


def units() -> dict[str, Any]:
    """Code → name of the agency and of every department."""
    return {AGENCY: _("The whole agency"), **department_names()}


def unit_of(query: Mapping[str, str]) -> str:
    """The unit chosen in the address, by default the agency; NotVisible for none of ours."""
    unit = query.get("unit", "") or AGENCY
    if unit not in units():
        raise NotVisible("")
    return unit


def calendar_page(user: "User", year: int, unit: str) -> CalendarPage:
    """One year of a unit; two queries beside the calendar's own."""
    calendar, names = current_calendar(unit), units()
    today = clock.today(settings.TIME_ZONE)
    days = _days(calendar, year, today)
    kinds = Counter(day.kind for day in days)
    query = f"?unit={unit}"
    may_edit = bool(user.roles & LEADERS)
    edit = reverse("calendar_day", args=["day"]).removesuffix("day/") if may_edit else ""
    return CalendarPage(
        year=year,
        unit=unit,
        unit_name=names[unit],
        units=tuple(names.items()),
        counts=unit in (AGENCY, CLIENTS),
        hours=hours_words(calendar.hours_on(day_index(today))),
        hours_href=reverse("calendar_hours") + query,
        months=tuple(_month(year, number, days, edit, query) for number in range(1, 13)),
        working=kinds["work"] + kinds["short"],
        short=kinds["short"],
        off=kinds["off"],
        special=tuple(day for day in days if day.note),
        versions=versions_of(unit, names),
        known_until=calendar.known_until,
        is_provisional=date(year, 12, 31) > calendar.known_until,
        lacks_next=today.month >= LAST_QUARTER and calendar.known_until.year <= today.year,
        before=max(year - 1, YEARS.start),
        after=min(year + 1, YEARS.stop - 1),
        query=query,
        may_edit=may_edit,
    )


def versions_of(unit: str, names: Mapping[str, Any]) -> tuple["SignedVersion", ...]:
    """What was signed of the unit and of the agency over which it lies, the newest first."""
    rows = CalendarVersion.objects.filter(unit__in={AGENCY, unit}).order_by("-number")
    found = rows.select_related("author", "hours").prefetch_related("days")[:20]
    return tuple(SignedVersion(row, names.get(row.unit, row.unit), _said(row)) for row in found)


def _said(row: CalendarVersion) -> str:
    hours = getattr(row, "hours", None)
    told = [
        _("%(day)s: %(kind)s")
        % {
            "day": _short(day.date),
            "kind": day.get_kind_display() if day.kind else _("as published"),
        }
        for day in row.days.all()
    ]
    if hours is not None:
        kept = hours_of(hours)
        words = hours_words(kept) if kept else _("the agency's hours again")
        told.append(_("%(hours)s from %(day)s") % {"hours": words, "day": _short(hours.since)})
    return "; ".join(told)


def hours_words(hours: WorkHours) -> str:
    """«11:00–19:00, lunch 13:00–14:00» in the reader's language."""
    day = f"{hours.start:%H:%M}–{hours.end:%H:%M}"
    if hours.lunch_start == hours.lunch_end:
        return _("%(day)s without lunch") % {"day": day}
    lunch = f"{hours.lunch_start:%H:%M}–{hours.lunch_end:%H:%M}"
    return _("%(day)s, lunch %(lunch)s") % {"day": day, "lunch": lunch}


def day_page(
    day: date, unit: str, sent: Mapping[str, str], problem: PultError | None = None
) -> DayPage:
    """One day to edit."""
    calendar, index = current_calendar(unit), day_index(day)
    today = clock.today(settings.TIME_ZONE)
    return DayPage(
        day=_shown(*calendar.explain_days(index, index), today),
        unit=unit,
        unit_name=units()[unit],
        own=unit != AGENCY,
        back=reverse("calendar_year", args=[day.year]) + f"?unit={unit}",
        kinds=tuple(KINDS.items()),
        sent=sent,
        known_until=calendar.known_until,
        is_past=day < today,
        year_end=date(day.year, 12, 31),
        problem=problem,
    )


def _days(calendar: BusinessCalendar, year: int, today: date) -> list[ShownDay]:
    first = day_index(date(year, 1, 1))
    count = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    labels = {kind: str(label) for kind, label in KINDS.items()}
    records = calendar.explain_days(first, first + count - 1)
    return [_shown(record, today, labels) for record in records]


def _shown(record: DayRecord, today: date, labels: Mapping[str, Any] = KINDS) -> ShownDay:
    return ShownDay(
        date=record.date,
        kind=record.kind,
        label=labels[record.kind],
        note=_note(record),
        number=record.date.day,
        iso=record.date.isoformat(),
        is_today=record.date == today,
    )


def _note(record: DayRecord) -> str:
    reason = record.reason
    match reason.key:
        case "weekday" | "weekend":
            return ""
        case "moved":
            return _("day off moved from %(day)s") % {"day": _short(reason.moved)}
        case "working_weekend":
            return _("works, its day off is %(day)s") % {"day": _short(reason.moved)}
        case "shortened":
            return _("an hour shorter: the eve of a holiday")
        case "own":
            return _("the agency's own day off")
        case _:
            return reason.name(get_language() or "ru") or _("by decree")


def _short(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _month(year: int, number: int, days: list[ShownDay], edit: str, query: str) -> Month:
    first = date(year, number, 1)
    start = (first - date(year, 1, 1)).days
    mine = days[start : start + monthrange(year, number)[1]]
    return Month(
        first=first,
        gap=range(first.weekday()),
        days=tuple(mine),
        working=sum(day.kind != "off" for day in mine),
        edit=edit,
        query=query,
    )
