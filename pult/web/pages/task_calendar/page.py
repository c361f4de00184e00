"""What the calendar of tasks shows."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import QueryDict
from django.utils.safestring import SafeString

from pult.kernel import clock
from pult.kernel.calendar.hours import day_index
from pult.kernel.days import read_day
from pult.kernel.errors import BadInput
from pult.regulation.calendars import current_calendar
from pult.ui.parts import Tab
from pult.web.answers import address_of
from pult.web.pages.task_calendar.cells import drawn
from pult.web.pages.tasks.filters import VIEWS, filters_of
from pult.web.saved_views import canonical
from pult.work.access import ACCOUNTS
from pult.work.queries import DueDay, TaskFilters, due_days, overdue_count

if TYPE_CHECKING:
    from pult.people.models import User

WEEKS = 5
FARTHEST = timedelta(days=3660)


@dataclass(frozen=True)
class Cell:
    """A day: `is_off` for a day off, `href` of its whole list."""

    told: DueDay
    is_off: bool
    is_today: bool
    href: str

    @property
    def more(self) -> int:
        return self.told.total - len(self.told.rows)


@dataclass(frozen=True)
class CalendarPage:
    """Five weeks; `overdue` tasks of the list, up to a thousand, stand above them."""

    weeks: tuple[tuple[Cell, ...], ...]
    filters: TaskFilters
    tabs: tuple[Tab, ...]
    earlier: str
    later: str
    address: str
    overdue: int
    overdue_href: str

    @property
    def drawn_days(self) -> SafeString:
        """The body of the table."""
        return drawn(self.weeks)


def calendar_page(user: "User", query: QueryDict) -> CalendarPage:
    """Five weeks from the Monday of the day asked for, this week's by default."""
    today = clock.today(settings.TIME_ZONE)
    first = _first(query, today)
    filters = filters_of(user, query)
    house = current_calendar(ACCOUNTS)
    cells = [
        Cell(
            told=one,
            is_off=not house.is_workday(day_index(one.day)),
            is_today=one.day == today,
            href=_with(query, {"from": one.day.isoformat(), "to": one.day.isoformat()}),
        )
        for one in due_days(user, filters, first, WEEKS * 7)
    ]
    span = timedelta(weeks=WEEKS - 1)
    return CalendarPage(
        weeks=tuple(tuple(cells[n : n + 7]) for n in range(0, len(cells), 7)),
        filters=filters,
        tabs=tuple(
            Tab(label, _with(query, {"view": code}), code == filters.view)
            for code, label in VIEWS.items()
        ),
        earlier=_with(query, {"day": (first - span).isoformat()}),
        later=_with(query, {"day": (first + span).isoformat()}),
        address=canonical(query.urlencode()),
        overdue=overdue_count(user, filters),
        overdue_href=address_of("tasks") + _with(query, {"view": filters.view, "state": "overdue"}),
    )


def _first(query: QueryDict, today: date) -> date:
    """The Monday of the day in the address; a strange or a far day is today."""
    try:
        day = read_day(query.get("day", ""), "day") or today
    except BadInput:
        day = today
    day = day if abs(day - today) < FARTHEST else today
    return day - timedelta(days=day.weekday())


def _with(query: QueryDict, changes: dict[str, str]) -> str:
    fresh = query.copy()
    fresh.pop("page", None)
    for name, value in changes.items():
        fresh[name] = value
    return f"?{fresh.urlencode()}"
