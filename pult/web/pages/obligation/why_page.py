"""Why this date: the day-by-day count, in words one can repeat to a client."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from pult.regulation.language.amounts import spoken
from pult.regulation.queries import LedgerRow
from pult.regulation.why import Cited, Day, Forecast, Signed, Version, Why, why
from pult.ui.formats import exact
from pult.web.obligations import client_href, code_of, seen_by, what_to_do

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

    @property
    def column(self) -> int:
        return self.date.isoweekday()

    @property
    def starts_month(self) -> bool:
        return self.date.day == 1


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
    """The panel: `said` are sentences to repeat aloud, `weeks` the strip."""

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
    edition_since: date | None
    edition_by: str
    forecasts: tuple[Forecast, ...]
    calendars: tuple[Version, ...]
    pauses: tuple[tuple[datetime, datetime], ...]
    moves: tuple[Moved, ...]
    due: datetime
    is_provisional: bool


def why_page(user: "User", obligation_id: int) -> WhyPage:
    """The explanation of a row this person sees; raises NotVisible otherwise."""
    found = why(obligation_id)
    seen_by(user, found.row)
    row, edition = found.row, found.edition
    days = found.days[-LONGEST:]
    return WhyPage(
        row=row,
        what=what_to_do(row),
        state=code_of(row),
        client_href=client_href(row.root_id),
        said=tuple(_said(found)),
        weeks=_weeks(_strip(days, found)),
        is_hours=found.number.unit in ("bh", "bmin"),
        trigger=found.trigger,
        evidence=found.evidence,
        number=found.number,
        number_words=spoken(found.number.value, found.number.unit, _language()),
        wording=found.wording,
        sentence=found.sentence,
        edition=edition.edition[:8] if edition else "",
        edition_since=edition.effective_from if edition else None,
        edition_by=str(edition.signed_by) if edition and edition.signed_by else "",
        forecasts=found.forecasts,
        calendars=found.calendars,
        pauses=found.pauses,
        moves=tuple(_moves(found)),
        due=found.due,
        is_provisional=row.is_provisional,
    )


def _said(found: Why) -> Iterator[str]:
    yield from _start(found)
    yield from _rule(found)
    yield from _skipped(found.days, found.number)
    if found.pauses:
        yield _("The days of the pause are not counted.")
    if len(found.forecasts) > 1:
        yield _("The forecast moved from %(first)s to %(last)s, and the date moved with it.") % {
            "first": _day(found.forecasts[0].day),
            "last": _day(found.forecasts[-1].day),
        }
    if found.forecasts and found.forecasts[-1].short:
        yield _("The news came late, so there is a working day to answer it.")
    yield _("So the date is %(due)s.") % {"due": _lower(exact(found.due))}
    if found.row.is_provisional:
        yield _("The calendar of that year is not published yet: the date may still move.")


def _start(found: Why) -> Iterator[str]:
    if found.forecasts:
        label = found.forecasts[-1].fact.label if found.forecasts[-1].fact else found.row.title
        yield _("%(what)s: %(day)s.") % {
            "what": _upper(label),
            "day": _day(found.forecasts[-1].day),
        }
    elif found.trigger:
        yield _("%(what)s: %(at)s.") % {
            "what": _upper(found.trigger.label),
            "at": _lower(exact(found.trigger.at)),
        }


def _rule(found: Why) -> Iterator[str]:
    number = found.number
    if not number.value and number.side == "at":
        return
    amount = spoken(number.value, number.unit, _language())
    words = {
        "before": _("By clause %(clause)s it is done %(amount)s before that day."),
        "after": _("By clause %(clause)s there are %(amount)s for it."),
        "at": _("By clause %(clause)s: %(amount)s."),
    }[number.side]
    yield words % {"clause": found.row.clause, "amount": amount}


def _skipped(days: tuple[Day, ...], number: Signed) -> Iterator[str]:
    """Days off on the way: holidays by name, weekends by their number."""
    if number.unit not in ("wd", "bh", "bmin"):
        return
    off = [day for day in days if day.kind == "off"]
    named = [day for day in off if day.reason != "weekend"]
    weekends = len(off) - len(named)
    parts = [
        f"{date_format(day.date, 'j E')} ({day.name or reason_words(day)})" for day in named[:6]
    ]
    if weekends:
        parts.append(
            ngettext("%(n)d day of a weekend", "%(n)d days of weekends", weekends) % {"n": weekends}
        )
    if parts:
        yield _("Not counted: %(days)s.") % {"days": ", ".join(parts)}


def reason_words(day: Day) -> str:
    """Why a day is what it is, for the title of its cell."""
    words = {
        "weekday": _("working day"),
        "weekend": _("weekend"),
        "holiday": day.name or _("holiday"),
        "moved": _("day off carried over"),
        "working_weekend": _("working weekend"),
        "shortened": _("shortened day"),
        "own": _("the agency's own day off"),
        "decided": _("by the calendar"),
    }.get(day.reason, "")
    if day.moved and day.reason == "moved":
        return _("day off carried over from %(day)s") % {"day": date_format(day.moved, "j E")}
    return words


def _strip(days: tuple[Day, ...], found: Why) -> Iterator[StripDay]:
    due = found.row.due or found.due
    last = max(day.date for day in days) if days else None
    first = min(day.date for day in days) if days else None
    backwards = found.number.side == "before"
    counted = [day.date for day in days if day.counted]
    order = {day: n for n, day in enumerate(reversed(counted) if backwards else counted, 1)}
    for day in days:
        looks = [day.kind]
        looks += ["paused"] if day.paused else []
        looks += ["counted"] if day.counted else []
        looks += ["due"] if day.date == (first if backwards else last) and due else []
        looks += ["start"] if day.date == (last if backwards else first) else []
        words = f"{date_format(day.date, 'l, j E Y')}: {reason_words(day)}"
        if day.paused:
            words += f", {_('pause')}"
        yield StripDay(day.date, order.get(day.date, 0), day.minutes, tuple(looks), words)


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


def _day(day: date) -> str:
    return date_format(day, "j E Y")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _language() -> str:
    return "ru" if (get_language() or "ru").startswith("ru") else "en"
