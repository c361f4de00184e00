"""How money, numbers and moments are written for people, in the active language."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€", "BYN": "Br", "KZT": "₸"}


def number(value: int | None) -> str:
    """Digits in groups of three: `1 234 567`; nothing known is a dash."""
    if value is None:
        return "—"
    grouped = f"{abs(value):,}".replace(",", SPACE)
    return f"{MINUS}{grouped}" if value < 0 else grouped


def money(kopecks: int | None, exact: bool = False, currency: str = "RUB") -> str:
    """Kopecks as `180 000 ₽`; kopecks are written when there are any or when `exact`."""
    if kopecks is None:
        return "—"
    roubles, rest = divmod(abs(kopecks), 100)
    text = number(roubles)
    if rest or exact:
        text += f",{rest:02}"
    sign = MINUS if kopecks < 0 else ""
    return f"{sign}{text}{SPACE}{SIGNS.get(currency, currency)}"


def short_money(kopecks: int | None) -> str:
    """For axes and tight places: `1,2 млн ₽`, `180 тыс. ₽`."""
    if kopecks is None:
        return "—"
    roubles = abs(kopecks) // 100
    sign = MINUS if kopecks < 0 else ""
    if roubles >= 1_000_000:
        return sign + _("%(amount)s m ₽") % {"amount": _tenths(roubles, 1_000_000)}
    if roubles >= 1_000:
        return sign + _("%(amount)s k ₽") % {"amount": _tenths(roubles, 1_000)}
    return f"{sign}{roubles}{SPACE}₽"


def _tenths(value: int, unit: int) -> str:
    whole, tenth = divmod(value * 10 // unit, 10)
    return f"{whole},{tenth}" if tenth and whole < 100 else str(whole)


def moment(value: datetime | date | int) -> datetime | date:
    """A datetime in the reader's zone; a whole number is minutes since 1970 in UTC."""
    if isinstance(value, int):
        value = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=value)
    return timezone.localtime(value) if isinstance(value, datetime) else value


def deadline(value: datetime | date | int | None, now: datetime) -> str:
    """`tomorrow, 12:00`: the day as people say it, the time when there is one."""
    if value is None:
        return "—"
    at = moment(value)
    day = at.date() if isinstance(at, datetime) else at
    said = _day(day, timezone.localtime(now).date())
    if not isinstance(at, datetime):
        return said
    return _("%(day)s, %(time)s") % {"day": said, "time": f"{at:%H:%M}"}


def _day(day: date, today: date) -> str:
    return _said(day, today, get_language() or "ru")


@lru_cache(maxsize=2048)
def _said(day: date, today: date, language: str) -> str:
    """The day in the active language, which also keys the cache."""
    away = (day - today).days
    if away == 0:
        return _("today")
    if away == 1:
        return _("tomorrow")
    if away == -1:
        return _("yesterday")
    if 1 < away < 7:
        weekday = date_format(day, "D")
        if language.startswith("ru"):  # the one of the two that writes weekdays small
            weekday = weekday.lower()
        return f"{weekday}{SPACE}{date_format(day, 'j E')}"
    said = date_format(day, "j E") if day.year == today.year else date_format(day, "j E Y")
    return said.replace(" ", SPACE)


def short_day(value: datetime | date) -> str:
    """A day inside a sentence or the name of a paper: `25 Sep 2026`, in Russian `25.09.2026`."""
    return date_format(moment(value), "SHORT_DATE_FORMAT")


def birthday(day: int, month: int, year: int | None, *, presumed: bool = False) -> str:
    """`15 September 1980`; without a year, or with a presumed one, it says so."""
    leap = date(2000, month, day)  # 29 February is a birthday too
    said = date_format(leap, "j E").replace(" ", SPACE)
    if year is None:
        return _("%(day)s, the year is unknown") % {"day": said}
    said = f"{said}{SPACE}{year}"
    return _("%(day)s, the year is presumed") % {"day": said} if presumed else said


def exact(value: datetime | date | int | None, zone: bool = True) -> str:
    """The whole date for a `title`: `Wednesday, 6 May 2026, 12:00 MSK`, in a sentence without the
    name of the zone."""
    return (
        ""
        if value is None
        else _exactly(value, zone, get_language(), timezone.get_current_timezone())
    )


@lru_cache(maxsize=4096, typed=True)
def _exactly(value: datetime | date | int, zone: bool, _language: str | None, _of: tzinfo) -> str:
    at = moment(value)
    said = _in_full(date(at.year, at.month, at.day), get_language())
    if not isinstance(at, datetime):
        return said
    return _("%(day)s, %(time)s") % {
        "day": said,
        "time": f"{at:%H:%M} {_zone(at) if zone else ''}".rstrip(),
    }


def _zone(at: datetime) -> str:
    """Moscow has a word in both languages, any other zone is told by its hours from UTC."""
    if at.tzname() == "MSK":
        return _("MSK")
    return f"UTC{at.isoformat()[-6:]}".removesuffix(":00")


@lru_cache(maxsize=2048)
def _in_full(day: date, language: str) -> str:
    return date_format(day, "l, j E Y")


def machine(value: datetime | date | int) -> str:
    """The `datetime` attribute of a `<time>`."""
    at = moment(value)
    return at.isoformat(timespec="minutes") if isinstance(at, datetime) else at.isoformat()


def ago(value: datetime | int | None, now: datetime) -> str:
    """`5 min ago`, `in 3 h`, `2 days ago`: the largest unit that fits, rounded down."""
    if value is None:
        return "—"
    at = moment(value)
    if not isinstance(at, datetime):
        zone = timezone.get_current_timezone()
        at = datetime(at.year, at.month, at.day, tzinfo=zone)
    minutes = int((now - at).total_seconds() // 60)
    if abs(minutes) < 1:
        return _("just now")
    span = _span(abs(minutes))
    shape = _("%(span)s ago") if minutes > 0 else _("in %(span)s")
    return shape % {"span": span}


def _span(minutes: int) -> str:
    if minutes < 60:
        return ngettext("%(n)d min", "%(n)d min", minutes) % {"n": minutes}
    if minutes < 24 * 60:
        hours = minutes // 60
        return ngettext("%(n)d h", "%(n)d h", hours) % {"n": hours}
    days = minutes // (24 * 60)
    if days < 60:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    months = days // 30
    return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
