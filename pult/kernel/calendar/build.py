"""From kinds of days, hours and a zone to the tables business time is computed with."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from pult.kernel.calendar.horizon import (
    DAYS,
    FIRST_DAY,
    KIND_CODES,
    LAST_DAY,
    OFF,
    SHORT,
    WORK,
    LocalDays,
    local_minute,
    statutory_kinds,
)
from pult.kernel.calendar.hours import Day, HoursSince, day_index
from pult.kernel.calendar.stretches import Stretches
from pult.kernel.calendar.tables import Minutes, Table


class WorkingDays(NamedTuple):
    """Working days by rank (their number on the horizon) and ranks by day.

    days: local day index of each rank. rank: for every day of the horizon, and one past it, the
    number of working days before it. opens, closes: first working minute of each rank and the end
    of its last. elapsed: working minutes before each rank, and `total` past the last.
    """

    days: Table
    rank: Table
    opens: Table
    closes: Table
    elapsed: Table


def day_kinds(days: Mapping[date, Day], days_off: Collection[date]) -> NDArray[np.int8]:
    """Kind codes of the horizon: by law, then as `days` say, then the agency's own days off."""
    kinds = statutory_kinds().copy()
    for day, kind in days.items():
        _put(kinds, day, KIND_CODES[kind])
    for day in days_off:
        _put(kinds, day, OFF)
    kinds.flags.writeable = False
    return kinds


def _put(kinds: NDArray[np.int8], day: date, code: int) -> None:
    place = day_index(day) - FIRST_DAY
    if 0 <= place < DAYS:
        kinds[place] = code


def working_time(
    kinds: NDArray[np.int8], hours: Sequence[HoursSince], zone: ZoneInfo, local: LocalDays
) -> tuple[Stretches, WorkingDays]:
    """The staircase of working minutes and the table of working days; ValueError if none works."""
    owners, starts, ends = _stretches(kinds, hours, zone, local)
    if not len(owners):
        raise ValueError("the calendar has no working day")
    stretches = Stretches(starts, ends)
    places, first = np.unique(owners, return_index=True)
    works = np.zeros(DAYS, np.int64)
    works[places] = 1
    past_last = np.r_[first[1:], len(owners)]
    return stretches, WorkingDays(
        days=Table(places + FIRST_DAY),
        rank=Table(np.concatenate([[0], np.cumsum(works)])),
        opens=Table(starts[first]),
        closes=Table(ends[past_last - 1]),
        elapsed=Table(stretches.before.values[np.r_[first, len(owners)]]),
    )


def _stretches(
    kinds: NDArray[np.int8], hours: Sequence[HoursSince], zone: ZoneInfo, local: LocalDays
) -> tuple[NDArray[np.intp], Minutes, Minutes]:
    parts = list(_stretches_by_kind(kinds, hours, zone, local))
    owners, starts, ends = (np.concatenate(column) for column in zip(*parts, strict=True))
    # A clock change may skip a stretch or push its edge past midnight; a day keeps what it has.
    midnights = local.midnights.values
    starts = np.clip(starts, midnights[owners], midnights[owners + 1])
    ends = np.clip(ends, midnights[owners], midnights[owners + 1])
    kept = np.flatnonzero(starts < ends)
    order = kept[np.argsort(starts[kept], kind="stable")]
    return owners[order], starts[order], ends[order]


def _stretches_by_kind(
    kinds: NDArray[np.int8], hours: Sequence[HoursSince], zone: ZoneInfo, local: LocalDays
) -> Iterable[tuple[NDArray[np.intp], Minutes, Minutes]]:
    ends = [*(later.day for later in hours[1:]), LAST_DAY + 1]
    for code in (WORK, SHORT):
        days = np.flatnonzero(kinds == code)
        for kept, until in zip(hours, ends, strict=True):
            owners = days[(days + FIRST_DAY >= kept.day) & (days + FIRST_DAY < until)]
            for opens, closes in kept.hours.stretches(short=code == SHORT):
                yield owners, *(_instants(owners, edge, zone, local) for edge in (opens, closes))


def _instants(owners: NDArray[np.intp], minutes: int, zone: ZoneInfo, local: LocalDays) -> Minutes:
    instants = local.midnights.values[owners] + minutes
    for place in np.flatnonzero(np.isin(owners, local.changes)):
        instants[place] = local_minute(zone, int(owners[place]) + FIRST_DAY, minutes)
    return instants
