"""Why a day is what it is, for the panel that explains a date."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from pult.kernel.calendar.hours import Day

ReasonKey = Literal[
    "weekday", "weekend", "holiday", "moved", "working_weekend", "shortened", "own", "decided"
]


@dataclass(frozen=True)
class Reason:
    """One reason: a key the interface words, and what to put into the words.

    weekday, weekend: the day of the week. holiday: named. moved: a day off carried over from
    `moved` (with a name when it is a holiday that fell on a weekend). working_weekend: a day of
    work whose day off went to `moved`. shortened: the eve of the named holiday. own: a day off of
    the agency. decided: the calendar table says so and gives no reason.
    """

    key: ReasonKey
    name_ru: str = ""
    name_en: str = ""
    moved: date | None = None

    def name(self, language: str) -> str:
        """The holiday's name in `language` ("ru…" or else English); empty when it has none."""
        return self.name_ru if language.startswith("ru") else self.name_en


class DayRecord(NamedTuple):
    """One day of a calendar: its date, its kind and why."""

    date: date
    kind: Day
    reason: Reason
