"""Business time: production calendar, working hours, zones and pauses, by prefix sums.

Pure: numpy and the standard library. Instants are UTC minutes since 1970-01-01, local days are days
since 1970-01-01; both are plain ints or int64 arrays.
"""

from pult.kernel.calendar.business import BusinessCalendar
from pult.kernel.calendar.hours import DAY_MINUTES, Day, WorkHours, day_date, day_index
from pult.kernel.calendar.periods import Unit
from pult.kernel.calendar.reasons import DayRecord, Reason
from pult.kernel.calendar.russia import KNOWN_UNTIL, norm_hours, production_days
from pult.kernel.calendar.statute import statutory_day

__all__ = [
    "DAY_MINUTES",
    "KNOWN_UNTIL",
    "BusinessCalendar",
    "Day",
    "DayRecord",
    "Reason",
    "Unit",
    "WorkHours",
    "day_date",
    "day_index",
    "norm_hours",
    "production_days",
    "statutory_day",
]
