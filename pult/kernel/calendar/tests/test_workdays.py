"""Working-day arithmetic, days off, pauses over days, periods."""

from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pult.kernel.calendar import day_date, day_index
from pult.kernel.calendar.tests.units import agency, minute

UNITS = ("day", "week", "month", "quarter", "year")
days_2024_2027 = st.integers(day_index(date(2024, 1, 1)), day_index(date(2027, 12, 31)))


@cache
def moscow():
    return agency(days_off=[date(2026, 8, 14)])


def shifted(text: str, count: int) -> str:
    return str(day_date(moscow().add_workdays(day_index(date.fromisoformat(text)), count)))


def test_three_days_over_the_may_holidays():
    assert shifted("2026-04-30", 3) == "2026-05-06"


def test_seven_days_back_over_the_new_year():
    assert shifted("2027-01-11", -7) == "2026-12-22"


def test_a_working_saturday_counts_as_a_day():
    assert shifted("2024-11-01", 1) == "2024-11-02"
    assert shifted("2027-02-19", 1) == "2027-02-20"


def test_a_moved_holiday_does_not_count_and_neither_does_an_own_day_off():
    assert shifted("2025-05-07", 1) == "2025-05-12"
    assert shifted("2026-08-13", 1) == "2026-08-17"


def walked(day: int, count: int, counts) -> int:
    step = 1 if count > 0 else -1
    while count:
        day += step
        count -= step * counts(day)
    return day


@settings(max_examples=200, deadline=None)
@given(days_2024_2027, st.integers(-40, 40))
def test_shifting_by_working_days_equals_a_walk_through_the_days(day, count):
    assert moscow().add_workdays(day, count) == walked(day, count, moscow().is_workday)


@settings(max_examples=100, deadline=None)
@given(days_2024_2027, st.integers(-60, 60))
def test_days_between_count_the_first_and_not_the_last(day, gap):
    low, high = sorted((day, day + gap))
    counted = sum(moscow().is_workday(d) for d in range(low, high))
    assert moscow().workdays_between(day, day + gap) == (counted if gap > 0 else -counted)


@settings(max_examples=200, deadline=None)
@given(days_2024_2027, st.integers(-15, 15), st.data())
def test_a_day_paused_through_all_its_working_minutes_does_not_count(day, count, data):
    calendar = moscow()
    span = st.tuples(st.integers(-30, 30), st.integers(0, 1440), st.integers(-10, 9000))
    spans = []
    for offset, clock, length in data.draw(st.lists(span, max_size=4)):
        start = calendar.midnight(day + offset) + clock
        spans.append((start, start + length))

    def counts(d):
        minutes = range(calendar.day_start(d), calendar.day_end(d), 10)
        worked = (t for t in minutes if calendar.next_working_minute(t) == t)
        return calendar.is_workday(d) and not all(
            any(start <= t < end for start, end in spans) for t in worked
        )

    aligned = [(start // 10 * 10, end // 10 * 10) for start, end in spans]
    spans[:] = aligned
    assert calendar.add_workdays_with_pauses(day, count, spans) == walked(day, count, counts)


def test_two_half_day_pauses_make_a_paused_day_and_one_does_not():
    calendar, monday = moscow(), day_index(date(2026, 6, 15))
    morning = (minute("2026-06-16 10:00"), minute("2026-06-16 13:00"))
    afternoon = (minute("2026-06-16 14:00"), minute("2026-06-16 19:00"))
    assert calendar.add_workdays_with_pauses(monday, 1, [morning]) == monday + 1
    assert calendar.add_workdays_with_pauses(monday, 1, [afternoon, morning]) == monday + 2
    assert calendar.add_workdays_with_pauses(monday + 2, -1, [morning, afternoon]) == monday


def test_many_shifts_at_once_equal_them_one_by_one():
    calendar, random = moscow(), np.random.default_rng(7)
    days = random.integers(day_index(date(2024, 1, 1)), day_index(date(2027, 1, 1)), 300)
    counts = random.integers(-30, 30, 300)
    pairs = [(int(d), int(n)) for d, n in zip(days, counts, strict=True)]
    assert calendar.add_workdays(days, counts).tolist() == [
        calendar.add_workdays(d, n) for d, n in pairs
    ]
    for name in ("is_workday", "day_start", "day_end", "midnight"):
        method = getattr(calendar, name)
        assert method(days).tolist() == [method(d) for d, _ in pairs]
    rows = random.integers(0, 300, 500)
    starts = calendar.midnight(days[rows]) + random.integers(-30000, 30000, 500)
    ends = starts + random.integers(0, 20000, 500)
    together = calendar.add_workdays_with_pauses_array(days, counts, [(rows, starts, ends)])
    for row, (day, count) in enumerate(pairs):
        own = zip(starts[rows == row], ends[rows == row], strict=True)
        spans = [(int(start), int(end)) for start, end in own]
        assert together[row] == calendar.add_workdays_with_pauses(day, count, spans)


def test_an_off_day_starts_with_the_next_working_day_and_ends_with_the_one_before():
    calendar, sunday = moscow(), day_index(date(2026, 5, 10))
    assert calendar.day_start(sunday) == minute("2026-05-12 11:00")
    assert calendar.day_end(sunday) == minute("2026-05-08 18:00")
    assert calendar.day_end(sunday + 2) == minute("2026-05-12 19:00")


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["Europe/Moscow", "Europe/Berlin", "America/New_York", "Asia/Tashkent"]),
    st.integers(minute("2023-12-20 00:00"), minute("2027-01-20 00:00")),
    st.sampled_from(UNITS),
)
def test_every_instant_lies_inside_the_period_it_is_numbered_with(zone, instant, unit):
    calendar = in_zone(zone)
    number = calendar.period_of(instant, unit)
    start, end = calendar.period_bounds(number, unit)
    assert start <= instant < end
    assert calendar.period_of(start, unit) == number
    assert calendar.period_of(end, unit) == number + 1
    array = np.array([instant, start, end])
    assert calendar.period_of(array, unit).tolist() == [number, number, number + 1]
    starts, ends = calendar.period_bounds(np.array([number]), unit)
    assert (starts.tolist(), ends.tolist()) == ([start], [end])


@cache
def in_zone(zone):
    return agency(zone=zone)


def test_periods_begin_at_local_midnight_and_weeks_on_monday():
    calendar, noon = moscow(), minute("2026-05-06 12:00")
    starts = {unit: calendar.period_bounds(calendar.period_of(noon, unit), unit) for unit in UNITS}
    assert starts == {
        "day": (minute("2026-05-06 00:00"), minute("2026-05-07 00:00")),
        "week": (minute("2026-05-04 00:00"), minute("2026-05-11 00:00")),
        "month": (minute("2026-05-01 00:00"), minute("2026-06-01 00:00")),
        "quarter": (minute("2026-04-01 00:00"), minute("2026-07-01 00:00")),
        "year": (minute("2026-01-01 00:00"), minute("2027-01-01 00:00")),
    }
    assert calendar.period_of(noon, "year") == 56


def test_an_unknown_period_is_refused():
    with pytest.raises(ValueError, match="unknown period"):
        moscow().period_of(0, "decade")


def test_a_day_of_a_clock_change_is_one_day_of_another_length():
    calendar = in_zone("Europe/Berlin")
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 7, 1), 24)):
        index = day_index(day)
        start, end = calendar.midnight(index), calendar.midnight(index + 1)
        assert end - start == hours * 60
        assert calendar.day_of(start) == calendar.day_of(end - 1) == index


def test_a_day_a_zone_never_had_is_not_worked():
    calendar = agency(zone="Pacific/Apia")
    skipped = day_index(date(2011, 12, 30))
    assert calendar.midnight(skipped) == calendar.midnight(skipped + 1)
    assert not calendar.is_workday(skipped)
    assert calendar.is_workday(skipped - 1)
    assert calendar.midnight(skipped + 4) - calendar.midnight(skipped + 3) == 1440


def test_day_indexes_count_from_the_epoch():
    assert day_index(date(1970, 1, 1)) == 0
    assert day_date(day_index(date(2026, 5, 6))) == date(2026, 5, 6)
    assert day_date(-1) == date(1970, 1, 1) - timedelta(days=1)
