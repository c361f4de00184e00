"""Why this date: the day-by-day count, in words one can repeat to a client."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pult.regulation.labels import is_russian
from pult.regulation.queries import DisputeItem, LedgerRow, beside, disputes_of
from pult.regulation.why import Cited, Day, Forecast, Signed, Version, Why, why
from pult.web.obligations import client_href, code_of, seen_by, what_to_do
from pult.web.pages.obligation.why_words import (
    calendar_words,
    counted_days,
    edition_words,
    forecast_label,
    is_rhythm,
    known_since,
    number_words,
    reason_words,
    said,
    stretch_words,
)

if TYPE_CHECKING:
    from pult.people.models import User

LONGEST = 98  # fourteen weeks: the rest of a long wait teaches nothing
CAUSES = {
    "fact": "file-text",
    "time": "clock",
    "parameter": "sliders-horizontal",
    "calendar": "calendar",
    "mode": "eye",
    "edition": "book-open",
    "sweep": "wrench",
}


@dataclass(frozen=True)
class StripDay:
    """A cell of the strip. `order` is its number in the count, 0 when it does not count; `look` is
    work, short, off, paused, start or due; `column` 1 is Monday."""

    date: date
    order: int
    minutes: int
    looks: tuple[str, ...]
    words: str
    names_month: bool

    @property
    def month(self) -> str:
        """A short month: English writes it with a capital, Russian does not."""
        return date_format(self.date, "b" if is_russian() else "M")

    @property
    def column(self) -> int:
        return self.date.isoweekday()


@dataclass(frozen=True)
class Moved:
    """Something that happened to the row: the state it came to and by what cause."""

    at: datetime
    state: str
    cause: str
    icon: str
    due: datetime | None


@dataclass(frozen=True)
class WhyPage:
    """The panel: `said` are sentences to repeat aloud, `weeks` the strip, `others` the rows that
    the same act discharges."""

    row: LedgerRow
    what: str
    state: str
    client_href: str
    said: tuple[str, ...]
    weeks: tuple[tuple[StripDay | None, ...], ...]
    is_hours: bool
    trigger: Cited | None
    evidence: Cited | None
    number: Signed
    number_words: str
    wording: str
    sentence: str
    edition: str
    edition_words: str
    forecast_label: str
    forecast_day: date | None
    forecast_since: datetime | None
    forecasts: tuple[Forecast, ...]
    calendars: tuple[tuple[str, datetime], ...]
    pauses: tuple[str, ...]
    moves: tuple[Moved, ...]
    due: datetime
    is_provisional: bool
    others: tuple[LedgerRow, ...]
    disputes: tuple[DisputeItem, ...]


def why_page(user: "User", obligation_id: int) -> WhyPage:
    """The explanation of a row this person sees; raises NotVisible otherwise."""
    found = why(obligation_id)
    seen_by(user, found.row)
    row, edition = found.row, found.edition
    days = counted_days(found)[-LONGEST:]
    return WhyPage(
        row=row,
        what=what_to_do(row),
        state=code_of(row),
        client_href=client_href(row.root_id),
        said=tuple(said(found)),
        weeks=_weeks(_strip(days, found)),
        is_hours=found.number.unit in ("bh", "bmin"),
        trigger=found.trigger,
        evidence=found.evidence,
        number=found.number,
        number_words=number_words(found.number),
        wording=found.wording,
        sentence=found.sentence,
        edition=edition.edition[:8] if edition else "",
        edition_words=edition_words(edition) if edition else "",
        forecast_label=forecast_label(found) if found.forecasts else "",
        forecast_day=found.forecasts[-1].day if found.forecasts else None,
        forecast_since=known_since(found.forecasts) if found.forecasts else None,
        forecasts=found.forecasts,
        calendars=tuple((calendar_words(step), step.due) for step in _that_moved(found)),
        pauses=tuple(stretch_words(*pause) for pause in found.pauses),
        moves=tuple(_moves(found)),
        due=found.due,
        is_provisional=row.is_provisional,
        others=tuple(beside(row)),
        disputes=tuple(disputes_of(row)),
    )


def _that_moved(found: Why) -> tuple[Version, ...]:
    """The first calendar, then the edits that moved the date; none of them when it is back where it
    began."""
    steps = found.calendars
    if len({step.due for step in steps}) < 2 or steps[-1].due == steps[0].due:
        return steps[:1]
    return steps[:1] + tuple(step for before, step in pairwise(steps) if step.due != before.due)


def _strip(days: tuple[Day, ...], found: Why) -> Iterator[StripDay]:
    due = localdate(found.due)
    backwards = found.number.side == "before"
    start = None if is_rhythm(found) or not days else days[-1 if backwards else 0].date
    counted = [day.date for day in days if day.counted]
    order = {day: n for n, day in enumerate(reversed(counted) if backwards else counted, 1)}
    for day in days:
        looks = [day.kind]
        looks += ["paused"] if day.paused else []
        looks += ["counted"] if day.counted else []
        looks += ["due"] if day.date == due else []
        looks += ["start"] if day.date == start else []
        words = [reason_words(day)]
        words += [_("pause")] if day.paused else []
        words += [_("the due date")] if day.date == due else []
        words += [_("counted from here")] if day.date == start else []
        names = day.date.day == 1 or day is days[0]
        said_of = f"{date_format(day.date, 'l, j E Y')}: {', '.join(filter(None, words))}"
        yield StripDay(day.date, order.get(day.date, 0), day.minutes, tuple(looks), said_of, names)


def _weeks(days: Iterator[StripDay]) -> tuple[tuple[StripDay | None, ...], ...]:
    """Rows of Monday to Sunday; None where the strip has no day."""
    weeks: dict[tuple[int, int], list[StripDay | None]] = {}
    for day in days:
        week = weeks.setdefault(tuple(day.date.isocalendar()[:2]), [None] * 7)
        week[day.column - 1] = day
    return tuple(tuple(week) for week in weeks.values())


def _moves(found: Why) -> Iterator[Moved]:
    causes = {
        "fact": _("something happened"),
        "time": _("time came"),
        "parameter": _("a number was changed"),
        "calendar": _("the calendar was changed"),
        "mode": _("the clause was switched"),
        "edition": _("the clause was reworded"),
        "sweep": _("put right by the nightly check"),
        "import": _("an import"),
    }
    for step in found.steps:
        if step.to_state is None:
            continue
        yield Moved(
            at=step.known_at,
            state=step.to_state.name.lower(),
            cause=causes.get(step.cause, step.cause),
            icon=CAUSES.get(step.cause, "circle-dot"),
            due=step.due,
        )
