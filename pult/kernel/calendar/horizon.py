"""The days a calendar covers and where each begins: the part that depends on the zone alone.

The horizon is wide enough for any date an agency meets. Beyond it arithmetic saturates at the edge
instead of failing, so that one contract "until the year 9999" cannot stop a sweep.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from pult.kernel.calendar.hours import DAY_MINUTES, day_date, day_index
from pult.kernel.calendar.statute import HOLIDAYS, statutory_day
from pult.kernel.calendar.tables import Table

FIRST_DAY = day_index(date(1970, 1, 1))
LAST_DAY = day_index(date(2069, 12, 31))
DAYS = LAST_DAY - FIRST_DAY + 1
OFF, WORK, SHORT = 0, 1, 2
KIND_CODES = {"off": OFF, "work": WORK, "short": SHORT}
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_MINUTE = timedelta(minutes=1)


class LocalDays(NamedTuple):
    """Where the horizon's local days begin in UTC.

    midnights: DAYS + 1 instants, ascending, the first minute of each local day and of the one after
    the last. changes: days (counted from FIRST_DAY) whose clock jumps or whose length is not 24 h.
    """

    midnights: Table
    changes: NDArray[np.intp]


def local_minute(zone: ZoneInfo, day: int, minutes: int) -> int:
    """The UTC minute at which the wall clock of local `day` has shown `minutes` past midnight.

    A reading that occurs twice is taken the first time; one that is skipped, as if it were not.
    """
    reading = datetime.fromordinal(day + _EPOCH_ORDINAL) + timedelta(minutes=minutes)
    return day * DAY_MINUTES + minutes - zone.utcoffset(reading) // _MINUTE


@lru_cache(maxsize=16)
def local_days(zone_name: str) -> LocalDays:
    """The midnights of a zone over the horizon; ZoneInfoNotFoundError for an unknown zone."""
    zone = ZoneInfo(zone_name)
    days = range(FIRST_DAY, LAST_DAY + 2)
    midnights = np.array([local_minute(zone, day, 0) for day in days], np.int64)
    changes = np.flatnonzero(np.diff(midnights) != DAY_MINUTES)
    return LocalDays(Table(midnights), changes)


@lru_cache(maxsize=1)
def statutory_kinds() -> NDArray[np.int8]:
    """The kind code of every day of the horizon by law alone, read-only."""
    days = np.arange(FIRST_DAY, LAST_DAY + 1)
    # 1970-01-01 was a Thursday. Only days about a holiday differ from the week, and the
    # last eve of the horizon belongs to a holiday past it.
    kinds = np.where((days + 3) % 7 < 5, WORK, OFF).astype(np.int8)
    for year in range(day_date(FIRST_DAY).year, day_date(LAST_DAY).year + 2):
        for month, number in HOLIDAYS:
            holiday = day_index(date(year, month, number)) - FIRST_DAY
            for place in range(max(holiday - 1, 0), min(holiday + 3, DAYS)):
                kinds[place] = KIND_CODES[statutory_day(day_date(place + FIRST_DAY)).kind]
    kinds.flags.writeable = False
    return kinds
