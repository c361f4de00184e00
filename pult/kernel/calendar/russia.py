"""The Russian production calendar 2019 to 2027, read from `data/ru.csv`.

The file lists holidays, moved days, working weekends and shortened days; all other days follow the
week. Sources: the yearly transfer decrees, as the `holidays` package quotes them and, for 2024 to
2026, equal to the published calendars; shortened days by article 95, a working weekend inheriting
the length of the day it was swapped with (2027: by this rule alone).

The paid non-working days the president decreed in 2020 and 2021 stay working days here: the norm of
hours counted them (1979 in 2020, 1972 in 2021), many agencies worked through them, and an agency
that did not may set them off in its own table.
"""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import cast

from pult.kernel.calendar.hours import Day
from pult.kernel.calendar.reasons import DayRecord, Reason, ReasonKey
from pult.kernel.calendar.statute import statutory_day

KNOWN_FROM = date(2019, 1, 1)
KNOWN_UNTIL = date(2027, 12, 31)
DATA = Path(__file__).parent / "data" / "ru.csv"
_FIELDS = ("date", "kind", "reason", "moved", "ru", "en")


@cache
def listed_days() -> Mapping[date, DayRecord]:
    """The days the file lists, by date, read once."""
    return MappingProxyType(read_days(DATA))


@cache
def production_days() -> Mapping[date, Day]:
    """The kind of every day from KNOWN_FROM to KNOWN_UNTIL: what `BusinessCalendar.build` takes."""
    span = (KNOWN_UNTIL - KNOWN_FROM).days + 1
    days = (KNOWN_FROM + timedelta(days=offset) for offset in range(span))
    return MappingProxyType({day: production_day(day).kind for day in days})


def production_day(day: date) -> DayRecord:
    """One day with its reason: from the file, else by the week, else (other years) by law."""
    if not KNOWN_FROM <= day <= KNOWN_UNTIL:
        return statutory_day(day)
    listed = listed_days().get(day)
    if listed:
        return listed
    if day.weekday() >= 5:
        return DayRecord(day, "off", Reason("weekend"))
    return DayRecord(day, "work", Reason("weekday"))


def norm_hours(year: int, days: Mapping[date, Day]) -> int:
    """Hours of a 40-hour week in `year`: eight a working day, one less a shortened day."""
    kinds = [kind for day, kind in days.items() if day.year == year]
    return 8 * (len(kinds) - kinds.count("off")) - kinds.count("short")


def read_days(path: Path) -> dict[date, DayRecord]:
    """Days of a calendar file: UTF-8 CSV `date,kind,reason,moved,ru,en`, lines with # skipped.

    `moved` is the other date of a swap. ValueError names the line of a bad or repeated day.
    """
    days: dict[date, DayRecord] = {}
    with path.open(encoding="utf-8", newline="") as file:
        lines = ((number, text) for number, text in enumerate(file, 1) if not text.startswith("#"))
        numbers, texts = zip(*lines, strict=True)
    reader = csv.DictReader(texts)
    if tuple(reader.fieldnames or ()) != _FIELDS:
        raise ValueError(f"{path.name}:{numbers[0]}: the header must be {','.join(_FIELDS)}")
    for number, row in zip(numbers[1:], reader, strict=True):
        try:
            record = _record(row)
        except (ValueError, TypeError) as error:
            raise ValueError(f"{path.name}:{number}: {error}") from error
        if record.date in days:
            raise ValueError(f"{path.name}:{number}: {record.date} stands twice")
        days[record.date] = record
    return days


def _record(row: Mapping[str, str]) -> DayRecord:
    if row["kind"] not in ("work", "off", "short"):
        raise ValueError(f"unknown kind «{row['kind']}»")
    moved = date.fromisoformat(row["moved"]) if row["moved"] else None
    reason = Reason(cast(ReasonKey, row["reason"]), row["ru"], row["en"], moved)
    return DayRecord(date.fromisoformat(row["date"]), cast(Day, row["kind"]), reason)
