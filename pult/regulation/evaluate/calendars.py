"""Versions of business calendars, by unit, and the rule which version a due date uses."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from pult.kernel.calendar import BusinessCalendar
from pult.regulation.evaluate.table import Ints, filled


class Version(NamedTuple):
    """One edition of a unit's calendar: when it was recorded, its number and the calendar."""

    recorded: int
    number: int
    calendar: BusinessCalendar


@dataclass(frozen=True)
class Calendars:
    """Versions of each unit, oldest first, and the unit of each root (`default` for the rest)."""

    units: Mapping[int, tuple[Version, ...]]
    unit_of: Mapping[int, int] = field(default_factory=dict)
    default: int = 0

    @classmethod
    def single(cls, calendar: BusinessCalendar) -> "Calendars":
        """One calendar for everybody, known from the beginning."""
        return cls({0: (Version(0, calendar.version, calendar),)})

    @classmethod
    def of(cls, versions: Iterable[tuple[int, int, BusinessCalendar]]) -> "Calendars":
        """Versions (recorded, number, calendar) of one unit, in any order."""
        return cls({0: tuple(sorted((Version(*v) for v in versions), key=lambda v: v[:2]))})

    def known(self, at: int) -> "Calendars":
        """Versions recorded by an instant; a unit's first version stays, or nothing could count."""
        if all(v.recorded <= at for versions in self.units.values() for v in versions[1:]):
            return self
        units = {
            unit: (versions[0], *(v for v in versions[1:] if v.recorded <= at))
            for unit, versions in self.units.items()
        }
        return Calendars(units, self.unit_of, self.default)

    def parts(self, root: Ints) -> Iterator[tuple[Ints, tuple[Version, ...]]]:
        """Rows grouped by unit: (positions, versions)."""
        everyone = np.arange(len(root))
        if len(self.units) == 1:
            yield everyone, self._only
            return
        units = np.array([self.unit_of.get(r, self.default) for r in root.tolist()], np.int64)
        for unit in np.unique(units).tolist():
            yield everyone[units == unit], self.units[unit]

    @cached_property
    def _only(self) -> tuple[Version, ...]:
        return next(iter(self.units.values()))

    def newest(self, root: int) -> BusinessCalendar:
        """The newest calendar of one root."""
        if len(self.units) == 1:
            return self._only[-1].calendar
        return self.units[self.unit_of.get(root, self.default)][-1].calendar

    def map(self, root: Ints, compute: Callable[[BusinessCalendar, Ints], Ints]) -> Ints:
        """`compute(newest calendar, rows)` for each unit, put together."""
        if len(self.units) == 1:
            return compute(self._only[-1].calendar, np.arange(len(root)))
        result = np.zeros(len(root), np.int64)
        for rows, versions in self.parts(root):
            result[rows] = compute(versions[-1].calendar, rows)
        return result


Columns = tuple[Ints, ...]


def fold(
    calendars: Calendars,
    root: Ints,
    closed: Ints,
    compute: Callable[[BusinessCalendar, Ints], Columns],
) -> tuple[Columns, Ints]:
    """`compute` gives columns, the due first, under a calendar; the oldest version begins, and each
    later one recorded before the due as it then stands (and before the row closed) computes again.
    A due it moves earlier is not moved past `notice`: an edit makes nobody late backwards.

    Returns the columns and the version number of each row.
    """
    result: list[Ints] = []
    number = np.zeros(len(root), np.int64)
    parts = list(calendars.parts(root))
    if len(parts) == 1 and len(parts[0][1]) == 1:
        rows, (version,) = parts[0]
        number.fill(version.number)
        return tuple(compute(version.calendar, rows)), number
    for rows, versions in parts:
        columns = [np.array(c) for c in compute(versions[0].calendar, rows)]
        chosen = filled(len(rows), versions[0].number)
        for version in versions[1:]:
            early = (version.recorded < columns[0]) & (version.recorded < closed[rows])
            again = early.nonzero()[0]
            if len(again):
                due, *others = compute(version.calendar, rows[again])
                due = np.maximum(due, np.minimum(columns[0][again], notice(version)))
                for column, new in zip(columns, (due, *others), strict=True):
                    column[again] = new
                chosen[again] = version.number
        if not result:
            result = [np.zeros(len(root), column.dtype) for column in columns]
        for whole, column in zip(result, columns, strict=True):
            whole[rows] = column
        number[rows] = chosen
    return tuple(result), number


def notice(version: Version) -> int:
    """The earliest due an edit of the calendar may ask for: the end of the working day on which it
    was recorded, or of the next one when nobody worked any more."""
    calendar = version.calendar
    return int(calendar.day_end(calendar.day_of(calendar.next_working_minute(version.recorded))))
