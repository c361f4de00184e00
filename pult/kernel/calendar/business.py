"""`BusinessCalendar`: working minutes and working days of one unit in one zone.

Instants are whole UTC minutes since 1970-01-01; local days are days since 1970-01-01 on the unit's
wall calendar. Every method takes ints and gives ints, or, when an argument is an int64 array, gives
arrays. Beyond the horizon (1970 to 2069) answers saturate at its edge and never fail.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Self
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from pult.kernel.calendar import pauses as paused
from pult.kernel.calendar.build import day_kinds, working_time
from pult.kernel.calendar.horizon import DAYS, FIRST_DAY, KIND_CODES, local_days
from pult.kernel.calendar.hours import (
    DAY_MINUTES,
    Day,
    HoursSince,
    WorkHours,
    dated_hours,
    day_date,
    day_index,
)
from pult.kernel.calendar.periods import Unit, first_day_of, period_of_day
from pult.kernel.calendar.reasons import DayRecord, Reason
from pult.kernel.calendar.russia import production_day
from pult.kernel.calendar.tables import Minutes, Whole, clip

Pause = tuple[int, int]
PauseArrays = tuple[Minutes, Minutes, Minutes]
_KINDS: dict[int, Day] = {code: kind for kind, code in KIND_CODES.items()}


class BusinessCalendar:
    """Immutable business time; build it with `BusinessCalendar.build`, keep it by `version`."""

    def __init__(
        self,
        *,
        kinds: NDArray[np.int8],
        hours: tuple[HoursSince, ...],
        zone: str,
        known_until: date,
        days_off: frozenset[date],
        reasons: Mapping[date, Reason],
        version: int,
    ) -> None:
        self.hours, self.zone, self.known_until, self.version = hours, zone, known_until, version
        self._kinds, self._days_off, self._reasons = kinds, days_off, reasons
        self._local = local_days(zone)
        self._time, self._days = working_time(kinds, hours, ZoneInfo(zone), self._local)
        self._known_end = self.midnight(day_index(known_until) + 1)

    @classmethod
    def build(
        cls,
        days: Mapping[date, Day],
        hours: WorkHours,
        zone: str,
        known_until: date,
        days_off: Collection[date] = (),
        version: int = 0,
        reasons: Mapping[date, Reason] | None = None,
        later_hours: Sequence[tuple[date, WorkHours]] = (),
    ) -> Self:
        """A calendar of the given `days`; days they leave out follow the Labour Code.

        `later_hours` take over from `hours`, each from its day on. `days_off` (the unit's own) win
        over `days`. `reasons` are what the table itself says of a day. KeyError for an unknown
        kind, ZoneInfoNotFoundError for an unknown zone.
        """
        own = frozenset(days_off)
        return cls(
            kinds=day_kinds(days, own),
            hours=dated_hours(hours, later_hours),
            zone=zone,
            known_until=known_until,
            days_off=own,
            reasons=reasons or {},
            version=version,
        )

    def elapsed(self, instant: Whole) -> Whole:
        """b(t): working minutes before `instant` since the horizon began."""
        return self._time.elapsed(instant)

    def at(self, elapsed: Whole) -> Whole:
        """The inverse of `elapsed`: the earliest instant by which so many minutes have passed."""
        return self._time.earliest(elapsed)

    def add(self, instant: Any, minutes: Any) -> Any:
        """The earliest instant by which `minutes` of work have passed since `instant`.

        A deadline that falls on 13:00 thus means before lunch. Zero minutes leave the instant as it
        is; a negative number counts back as `sub` does.
        """
        if isinstance(instant, np.ndarray) or isinstance(minutes, np.ndarray):
            instant, minutes = np.broadcast_arrays(instant, minutes)
            count = self._time.elapsed(instant) + minutes
            if np.all(minutes > 0):
                return self._time.earliest(count)
            moved = np.where(minutes > 0, self._time.earliest(count), self._time.latest(count))
            return np.where(minutes == 0, instant, moved)
        if minutes == 0:
            return int(instant)
        count = self._time.elapsed(instant) + int(minutes)
        return self._time.earliest(count) if minutes > 0 else self._time.latest(count)

    def sub(self, instant: Any, minutes: Any) -> Any:
        """The latest instant from which `minutes` of work remain until `instant`."""
        return self.add(instant, -minutes)

    def between(self, start: Any, end: Any) -> Any:
        """Working minutes from `start` to `end`; negative when `end` comes first."""
        return self._time.elapsed(end) - self._time.elapsed(start)

    def next_working_minute(self, instant: Whole) -> Whole:
        """`instant` if someone works in that minute, else when work next begins."""
        return self._time.latest(self._time.elapsed(instant))

    def is_provisional(self, instant: Any) -> Any:
        """Whether `instant` lies past `known_until`, where the calendar is only the law's guess."""
        later = instant >= self._known_end
        return later if isinstance(later, np.ndarray) else bool(later)

    def add_with_pauses(self, instant: int, minutes: int, pauses: Iterable[Pause]) -> int:
        """`add` on a clock that stands still in `pauses` [start, end), however they overlap.

        Zero minutes leave the instant as it is. ValueError for negative minutes: a lead time is
        counted back from its event and does not pause.
        """
        if minutes < 0:
            raise ValueError("a pause holds up a deadline, not a lead time")
        if minutes == 0:
            return int(instant)
        b = self._time.elapsed
        spans = paused.merged((b(start), b(end)) for start, end in pauses)
        return self._time.earliest(paused.stretch(b(instant), int(minutes), spans))

    def add_with_pauses_array(
        self, instants: Minutes, minutes: Minutes, pauses: Sequence[PauseArrays]
    ) -> Minutes:
        """`add_with_pauses` for many rows; each of `pauses` is arrays (row, start, end)."""
        if np.any(np.less(minutes, 0)):
            raise ValueError("a pause holds up a deadline, not a lead time")
        instants, minutes = np.broadcast_arrays(instants, minutes)
        rows, starts, ends = _joined(pauses)
        b = self._time.elapsed
        spans = paused.merged_arrays(rows, b(starts), b(ends))
        due = self._time.earliest(paused.stretch_array(b(instants), minutes, spans))
        return np.where(minutes == 0, instants, due)

    def add_workdays(self, day: Any, count: Any) -> Any:
        """The `count`-th working day after local `day` (before it when negative); 0 is `day`.

        A shortened day counts as a day; `day` itself need not be a working day.
        """
        place = day - FIRST_DAY
        rank = self._days.rank
        if isinstance(place, np.ndarray) or isinstance(count, np.ndarray):
            place, count = np.broadcast_arrays(place, count)
            target = np.where(count > 0, rank.at(place + 1) - 1, rank.at(place)) + count
            return np.where(count == 0, place + FIRST_DAY, self._days.days.at(target))
        if count == 0:
            return int(day)
        target = (rank.at(place + 1) - 1 if count > 0 else rank.at(place)) + int(count)
        return self._days.days.at(target)

    def add_workdays_with_pauses(self, day: int, count: int, pauses: Iterable[Pause]) -> int:
        """`add_workdays` where a day does not count if all its working minutes are paused."""
        spans = [(0, start, end) for start, end in pauses]
        columns = np.array(spans, np.int64).reshape(-1, 3).T
        result = self.add_workdays_with_pauses_array(
            np.array([day], np.int64), np.array([count], np.int64), [tuple(columns)]
        )
        return int(result[0])

    def add_workdays_with_pauses_array(
        self, days: Minutes, counts: Minutes, pauses: Sequence[PauseArrays]
    ) -> Minutes:
        """`add_workdays_with_pauses` for many rows; each of `pauses` is (row, start, end)."""
        days, counts = np.broadcast_arrays(days, counts)
        rows, starts, ends = _joined(pauses)
        b, rank, elapsed = self._time.elapsed, self._days.rank, self._days.elapsed
        rows, low, high = paused.merged_arrays(rows, b(starts), b(ends))
        low, high = elapsed.below(low), elapsed.upto(high) - 1
        # Counting back is counting forth on the mirrored line of ranks.
        ahead = counts > 0
        low, high = np.where(ahead[rows], low, -high), np.where(ahead[rows], high, -low)
        start = np.where(ahead, rank.at(days - FIRST_DAY + 1), -rank.at(days - FIRST_DAY))
        spans = paused.merged_arrays(rows, low, high)
        end = paused.stretch_array(start, np.abs(counts), spans)
        return np.where(counts == 0, days, self._days.days.at(np.where(ahead, end - 1, -end)))

    def workdays_between(self, start: Any, end: Any) -> Any:
        """Working days in [start, end) of local days; negative when `end` comes first."""
        return self._days.rank.at(end - FIRST_DAY) - self._days.rank.at(start - FIRST_DAY)

    def is_workday(self, day: Any) -> Any:
        """Whether anybody works on local `day`; no day beyond the horizon is one."""
        works = self.workdays_between(day, day + 1) == 1
        return works if isinstance(works, np.ndarray) else bool(works)

    def kind(self, day: int) -> Day:
        """The kind of one local day, saturating like all else."""
        return _KINDS[int(self._kinds[clip(day - FIRST_DAY, 0, DAYS - 1)])]

    def hours_on(self, day: int) -> WorkHours:
        """The hours kept on a local day that works."""
        return next(kept.hours for kept in reversed(self.hours) if kept.day <= day)

    def day_start(self, day: Whole) -> Whole:
        """The first working minute of `day`; of the next working day when it is off."""
        return self._days.opens.at(self._days.rank.at(day - FIRST_DAY))

    def day_end(self, day: Whole) -> Whole:
        """When work on `day` ends (19:00, not 18:59); of the previous working day when it is off.

        A deadline "on Saturday" must thus be met on Friday.
        """
        return self._days.closes.at(self._days.rank.at(day - FIRST_DAY + 1) - 1)

    def day_of(self, instant: Whole) -> Whole:
        """The local day index of an instant."""
        midnights = self._local.midnights
        place = clip(midnights.upto(instant) - 1, 0, DAYS)
        over = (instant - midnights.at(place)) // DAY_MINUTES
        # A day of 25 hours is one day; only outside the horizon do 24 hours make another.
        inside = (place < DAYS) & (over >= 0)
        return FIRST_DAY + place + over * (1 - inside)

    def midnight(self, day: Whole) -> Whole:
        """The first instant of a local day."""
        midnights = self._local.midnights
        place = day - FIRST_DAY
        return midnights.at(place) + (place - clip(place, 0, DAYS)) * DAY_MINUTES

    def period_of(self, instant: Whole, unit: Unit) -> Whole:
        """The number of the day, week, month, quarter or year an instant falls in, 1970 being 0."""
        return period_of_day(self.day_of(instant), unit)

    def period_bounds(self, number: Whole, unit: Unit) -> tuple[Whole, Whole]:
        """The local midnights at which period `number` begins and the next one does."""
        begins, ends = first_day_of(number, unit), first_day_of(number + 1, unit)
        return self.midnight(begins), self.midnight(ends)

    def explain_days(self, start_day: int, end_day: int) -> list[DayRecord]:
        """Every local day from `start_day` to `end_day`, both included, with kind and reason."""
        return [self._explain(day) for day in range(start_day, end_day + 1)]

    def _explain(self, index: int) -> DayRecord:
        day, kind = day_date(index), self.kind(index)
        if day in self._days_off:
            return DayRecord(day, kind, Reason("own"))
        if day in self._reasons:
            return DayRecord(day, kind, self._reasons[day])
        official = production_day(day)
        if official.kind == kind:
            return official
        usual = "weekend" if day.weekday() >= 5 else "weekday"
        follows_week = (kind == "off") == (usual == "weekend") and kind != "short"
        return DayRecord(day, kind, Reason(usual if follows_week else "decided"))


def _joined(pauses: Sequence[PauseArrays]) -> PauseArrays:
    if not pauses:
        return (np.zeros(0, np.int64),) * 3
    rows, starts, ends = (np.concatenate(column) for column in zip(*pauses, strict=True))
    return rows.astype(np.int64), starts.astype(np.int64), ends.astype(np.int64)
