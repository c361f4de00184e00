"""Business time by walking: minute after minute, day after day. Slow, and nothing to get wrong."""

import numpy as np

from pult.kernel.calendar import BusinessCalendar
from pult.regulation.evaluate.deadline import add_months  # calendar months have no faster twin

ZONE = 180  # Moscow keeps UTC+3 over the years of the tests
DAY = 1440
Pauses = list[tuple[int, int]]


class Walk:
    """One calendar, walked."""

    def __init__(self, calendar: BusinessCalendar) -> None:
        self.calendar = calendar

    def stretches(self, day: int) -> list[tuple[int, int]]:
        """Working stretches of a local day as instants."""
        kind = self.calendar.kind(day)
        if kind == "off":
            return []
        hours = self.calendar.hours_on(day).stretches(short=kind == "short")
        return [(day * DAY + a - ZONE, day * DAY + b - ZONE) for a, b in hours]

    def day_of(self, instant: int) -> int:
        return (instant + ZONE) // DAY

    def works(self, instant: int) -> bool:
        return any(a <= instant < b for a, b in self.stretches(self.day_of(instant)))

    def is_workday(self, day: int) -> bool:
        return bool(self.stretches(day))

    def day_start(self, day: int) -> int:
        while not self.is_workday(day):
            day += 1
        return self.stretches(day)[0][0]

    def day_end(self, day: int) -> int:
        while not self.is_workday(day):
            day -= 1
        return self.stretches(day)[-1][1]

    def add(self, instant: int, minutes: int, pauses: Pauses) -> int:
        while minutes:
            if self.works(instant) and not any(p <= instant < q for p, q in pauses):
                minutes -= 1
            instant += 1
        return instant

    def add_workdays(self, day: int, count: int, pauses: Pauses) -> int:
        step = 1 if count > 0 else -1
        while count:
            day += step
            if self.is_workday(day) and not self.paused_whole(day, pauses):
                count -= step
        return day

    def paused_whole(self, day: int, pauses: Pauses) -> bool:
        minutes = (m for a, b in self.stretches(day) for m in range(a, b))
        return bool(pauses) and all(any(p <= m < q for p, q in pauses) for m in minutes)

    def due(self, base: int, is_day: bool, value: int, unit: str, side: str, pauses: Pauses) -> int:
        """The due `value` units before, at or after an instant or a local day."""
        if side == "at":
            return self.day_end(base) if is_day else base
        sign = -1 if side == "before" else 1
        if unit == "bh":
            start = self.day_start(base) if is_day else base
            return self.add(start, 60 * value, pauses if sign > 0 else [])
        day = base if is_day else self.day_of(base)
        if unit == "wd":
            return self.day_end(self.add_workdays(day, sign * value, pauses if sign > 0 else []))
        if unit == "month":
            day = int(add_months(np.array([day]), np.array([sign * value]))[0])
            return (day + 1) * DAY - ZONE - 1
        return (day + sign * value + 1) * DAY - ZONE - 1
