"""The sentences of "Why this date?": what one can repeat to a client."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from pult.regulation.language.amounts import spoken
from pult.regulation.models import CardEdition
from pult.regulation.why import Day, Forecast, Signed, Version, Why
from pult.ui.formats import exact
from pult.web.pages.regulation.words import parameter_label


def said(found: Why) -> Iterator[str]:
    """Sentence by sentence: from what, by which rule, what is not counted, so which date."""
    yield from _start(found)
    yield from _rule(found)
    yield from _skipped(counted_days(found), found.number)
    yield from _paused(found)
    if found.row.waits_client:
        yield _("The answer is the client's: while we wait for it nothing is broken.")
    if found.forecasts and found.forecasts[0].day != found.forecasts[-1].day:
        yield _("The day moved from %(first)s to %(last)s, and the date moved with it.") % {
            "first": _day(found.forecasts[0].day),
            "last": _day(found.forecasts[-1].day),
        }
    if found.forecasts and found.forecasts[-1].short:
        yield _("The news came late, so there is a working day to answer it.")
    yield _("So the date is %(due)s.") % {"due": _lower(exact(found.due, zone=False))}
    if found.row.is_provisional:
        yield _("The calendar of that year is not published yet: the date may still move.")


def _paused(found: Why) -> Iterator[str]:
    """The pauses by their days; one without an end has taken no day yet."""
    stretches = ", ".join(stretch_words(*pause) for pause in found.pauses)
    if stretches:
        yield _("Pause: %(days)s; working days in it are not counted.") % {"days": stretches}
    elif found.row.is_paused:
        yield _("Work is on pause and nobody has said until when: the date waits for its end.")


def stretch_words(start: datetime, end: datetime) -> str:
    """A pause as its first and last day; one that ends at midnight does not touch that day."""
    first, last = localdate(start), localdate(end - timedelta(minutes=1))
    if first == last:
        return _day(first)
    return _("%(first)s – %(last)s") % {"first": date_format(first, "j E"), "last": _day(last)}


def _start(found: Why) -> Iterator[str]:
    if found.forecasts:
        yield _("%(what)s: %(day)s.") % {
            "what": forecast_label(found),
            "day": _day(found.forecasts[-1].day),
        }
    elif found.trigger:
        yield _("%(what)s: %(at)s.") % {
            "what": _upper(found.trigger.label),
            "at": _lower(exact(found.trigger.at, zone=False)),
        }


def forecast_label(found: Why) -> str:
    """What was predicted: the name of the newest prediction."""
    fact = found.forecasts[-1].fact
    return _upper(fact.label if fact else found.row.title)


def known_since(forecasts: Sequence[Forecast]) -> datetime:
    """When the newest of these days was first told, since it last was another."""
    first = forecasts[-1]
    for step in reversed(forecasts):
        if step.day != first.day:
            break
        first = step
    return first.recorded_at


def _rule(found: Why) -> Iterator[str]:
    number = found.number
    if not number.value and number.side == "at":
        return
    if is_rhythm(found):
        yield from _rhythm(found)
        return
    amount = spoken(number.value, number.unit, _language())
    words = {
        "before": _("By clause %(clause)s it is done %(amount)s before that day."),
        "after": _("By clause %(clause)s there are %(amount)s for it."),
        "at": _("By clause %(clause)s: %(amount)s."),
    }[number.side]
    yield words % {"clause": found.row.clause, "amount": amount}


def _rhythm(found: Why) -> Iterator[str]:
    """How often in the period, how much of it is done."""
    number, days = found.number, counted_days(found)
    if number.unit == "count" and number.name:
        yield _("By clause %(clause)s: %(label)s, %(need)d; done %(done)d.") % {
            "clause": found.row.clause,
            "label": parameter_label(number.name),
            "need": found.row.need or number.value,
            "done": found.row.done,
        }
    else:
        yield _("By clause %(clause)s: %(amount)s.") % {
            "clause": found.row.clause,
            "amount": spoken(number.value, number.unit, _language()),
        }
    yield _("The period is %(first)s – %(last)s.") % {
        "first": date_format(days[0].date, "j E"),
        "last": _day(days[-1].date),
    }


def is_rhythm(found: Why) -> bool:
    """Whether the row counts acts within a period instead of time from an event."""
    return found.number.side == "at" and len(found.days) > 1


def counted_days(found: Why) -> tuple[Day, ...]:
    """The days on the way; of a period its own, without the day before it."""
    return found.days[1:] if is_rhythm(found) else found.days


def number_words(number: Signed) -> str:
    """The number with its unit; a bare count with what it counts."""
    if number.unit == "count" and number.name:
        return _("%(label)s: %(n)d") % {"label": parameter_label(number.name), "n": number.value}
    return spoken(number.value, number.unit, _language())


def edition_words(edition: CardEdition) -> str:
    """Which wording it is, as a person would say it; its hash is for the details."""
    since = edition.effective_from or (edition.signed_at and localdate(edition.signed_at))
    if edition.signed_as == "pack" or not edition.signed_by or since is None:
        return _("first edition, as it came with Pult")
    return _("edition of %(day)s, signed by %(who)s") % {
        "day": _day(since),
        "who": edition.signed_by,
    }


def calendar_words(version: Version) -> str:
    """Which calendar was counted by."""
    if not version.number:
        return _("the production calendar as published")
    if version.reason:
        return _("after an edit: %(reason)s") % {"reason": version.reason}
    return _("after an edit")


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
    }.get(day.reason, "")
    if day.reason == "decided":
        return {"work": _("working day"), "short": _("shortened day")}.get(
            day.kind, pgettext("day", "day off")
        )
    if day.moved and day.reason == "moved":
        return _("day off carried over from %(day)s") % {"day": date_format(day.moved, "j E")}
    return words


def _day(day: date) -> str:
    return date_format(day, "j E Y")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """For the middle of a sentence; English writes its weekdays with a capital there too."""
    return text[:1].lower() + text[1:] if _language() == "ru" else text


def _language() -> str:
    return "ru" if (get_language() or "ru").startswith("ru") else "en"
