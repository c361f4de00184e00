"""The clock against a walk through the minutes, and its inverse laws."""

from datetime import date, time
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pult.kernel.calendar import WorkHours, day_index
from pult.kernel.calendar.tests.units import MOSCOW, agency, minute, walkers


@cache
def moscow():
    return agency()


@st.composite
def walks(draw):
    """A walker, an instant well inside its window and a duration that stays inside."""
    walker = draw(st.sampled_from(walkers()))
    length = len(walker.worked)
    instant = walker.first + draw(st.integers(length // 3, length // 2))
    return walker, instant, draw(st.integers(1, 1500))


@st.composite
def pauses(draw, around):
    spans = st.tuples(st.integers(-3000, 6000), st.integers(-50, 4000))
    return [(around + a, around + a + n) for a, n in draw(st.lists(spans, max_size=4))]


@settings(max_examples=200, deadline=None)
@given(walks())
def test_adding_and_subtracting_equal_a_walk_through_the_minutes(walk):
    walker, instant, minutes = walk
    assert walker.calendar.add(instant, minutes) == walker.add(instant, minutes, lambda t: False)
    assert walker.calendar.sub(instant, minutes) == walker.sub(instant, minutes)


@settings(max_examples=100, deadline=None)
@given(walks(), st.integers(-9000, 9000))
def test_between_counts_the_worked_minutes_with_a_sign(walk, gap):
    walker, start, _ = walk
    end = start + gap
    counted = walker.between(min(start, end), max(start, end)) * (1 if gap > 0 else -1)
    assert walker.calendar.between(start, end) == counted
    assert walker.calendar.between(end, start) == -counted


@settings(max_examples=150, deadline=None)
@given(walks(), st.data())
def test_a_paused_deadline_equals_a_walk_that_skips_the_pauses(walk, data):
    walker, instant, minutes = walk
    minutes = min(minutes, 900)
    spans = data.draw(pauses(instant))

    def paused(t):
        return any(start <= t < end for start, end in spans)

    walked = walker.add(instant, minutes, paused)
    assert walker.calendar.add_with_pauses(instant, minutes, spans) == walked


@settings(max_examples=100, deadline=None)
@given(walks())
def test_the_next_working_minute_is_the_first_one_worked(walk):
    walker, instant, _ = walk
    found = instant
    while not walker.is_worked(found):
        found += 1
    assert walker.calendar.next_working_minute(instant) == found


@settings(max_examples=100, deadline=None)
@given(walks())
def test_subtracting_undoes_adding_from_a_worked_minute(walk):
    walker, instant, minutes = walk
    calendar = walker.calendar
    working = calendar.next_working_minute(instant)
    assert calendar.sub(calendar.add(working, minutes), minutes) == working
    assert calendar.at(calendar.elapsed(instant) + minutes) == calendar.add(instant, minutes)
    assert calendar.elapsed(calendar.at(calendar.elapsed(instant))) == calendar.elapsed(instant)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(walkers()), st.integers(0, 2**32))
def test_arrays_answer_as_single_numbers_do(walker, seed):
    calendar, random = walker.calendar, np.random.default_rng(seed)
    instants = random.integers(walker.first - 10**6, walker.first + 10**6, 30)
    minutes = random.integers(-3000, 3000, 30)
    minutes[::7] = 0
    pairs = [(int(t), int(m)) for t, m in zip(instants, minutes, strict=True)]
    assert calendar.add(instants, minutes).tolist() == [calendar.add(t, m) for t, m in pairs]
    assert calendar.sub(instants, minutes).tolist() == [calendar.sub(t, m) for t, m in pairs]
    assert calendar.add(instants, 90).tolist() == [calendar.add(t, 90) for t, _ in pairs]
    for name in ("elapsed", "next_working_minute", "day_of", "is_provisional"):
        method = getattr(calendar, name)
        assert method(instants).tolist() == [method(t) for t, _ in pairs]
    counts = calendar.elapsed(instants)
    assert calendar.at(counts).tolist() == [calendar.at(int(b)) for b in counts]
    assert calendar.between(instants, instants[::-1]).tolist() == [
        calendar.between(int(a), int(b)) for a, b in zip(instants, instants[::-1], strict=True)
    ]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(walkers()), st.integers(0, 2**32))
def test_many_paused_deadlines_at_once_equal_them_one_by_one(walker, seed):
    calendar, random = walker.calendar, np.random.default_rng(seed)
    instants = walker.first + random.integers(0, 9000, 12)
    minutes = random.integers(0, 2000, 12)
    minutes[::5] = 0
    rows = random.integers(0, 12, 25)
    starts = instants[rows] + random.integers(-4000, 8000, 25)
    ends = starts + random.integers(-100, 5000, 25)
    batches = [(rows[:10], starts[:10], ends[:10]), (rows[10:], starts[10:], ends[10:])]
    spans = [
        [(int(s), int(e)) for r, s, e in zip(rows, starts, ends, strict=True) if r == row]
        for row in range(12)
    ]
    expected = [
        calendar.add_with_pauses(int(t), int(m), spans[row])
        for row, (t, m) in enumerate(zip(instants, minutes, strict=True))
    ]
    assert calendar.add_with_pauses_array(instants, minutes, batches).tolist() == expected
    plain = calendar.add_with_pauses_array(instants, minutes, [])
    assert plain.tolist() == calendar.add(instants, minutes).tolist()


def test_a_due_at_lunch_means_before_lunch():
    calendar = moscow()
    assert calendar.add(minute("2026-05-06 11:00"), 120) == minute("2026-05-06 13:00")
    assert calendar.add(minute("2026-05-06 18:00"), 60) == minute("2026-05-06 19:00")
    assert calendar.sub(minute("2026-05-06 15:00"), 60) == minute("2026-05-06 14:00")


def test_a_shortened_day_ends_an_hour_earlier_and_loses_only_that_hour():
    calendar = moscow()
    assert calendar.day_end(day_index(date(2026, 4, 30))) == minute("2026-04-30 18:00")
    assert calendar.add(minute("2026-04-30 17:30"), 60) == minute("2026-05-04 11:30")
    start, end = minute("2026-04-30 00:00"), minute("2026-05-01 00:00")
    assert calendar.between(start, end) == 6 * 60


def test_zero_minutes_leave_the_instant_even_outside_working_hours():
    saturday = minute("2026-05-02 15:00")
    assert moscow().add(saturday, 0) == saturday
    assert moscow().add_with_pauses(saturday, 0, [(saturday - 5, saturday + 500)]) == saturday


def test_a_pause_without_end_moves_the_deadline_to_the_edge_of_the_calendar():
    start = minute("2026-05-06 12:00")
    due = moscow().add_with_pauses(start, 60, [(start, 2**40)])
    assert due == moscow().at(2**40)
    assert moscow().is_provisional(due)


def test_a_lead_time_with_pauses_is_refused():
    with pytest.raises(ValueError, match="lead time"):
        moscow().add_with_pauses(0, -1, [])
    with pytest.raises(ValueError, match="lead time"):
        moscow().add_with_pauses_array(np.array([0]), np.array([-1]), [])


def test_answers_beyond_the_horizon_saturate_and_never_fail():
    calendar = moscow()
    for instant in (-(10**9), 10**9):
        assert calendar.add(instant, 10**12) == calendar.add(0, 10**12)
        assert calendar.sub(instant, 10**12) == calendar.next_working_minute(-(10**9))
        array = calendar.add(np.array([instant]), np.array([10**12]))
        assert array.tolist() == [calendar.add(instant, 10**12)]
    for day in (-(10**6), 10**6):
        assert calendar.midnight(calendar.day_of(day * 1440)) <= day * 1440
        assert not calendar.is_workday(day)
        assert calendar.day_of(calendar.midnight(day)) == day
        assert calendar.day_of(calendar.midnight(np.array([day]))).tolist() == [day]


def test_only_what_lies_past_the_known_calendar_is_provisional():
    calendar = moscow()
    assert not calendar.is_provisional(minute("2027-12-31 23:59"))
    assert calendar.is_provisional(minute("2028-01-01 00:00"))


def test_hours_that_leave_no_work_are_refused():
    with pytest.raises(ValueError, match="no minute"):
        WorkHours(time(11), time(12), time(12), time(12))
    with pytest.raises(ValueError, match="must run"):
        WorkHours(time(19), time(11))
    with pytest.raises(ValueError, match="longer"):
        WorkHours(short_by=-1)


def test_an_unknown_zone_or_kind_is_refused():
    with pytest.raises(KeyError):
        agency(zone="Europe/Atlantis")
    with pytest.raises(KeyError):
        agency(days={date(2026, 1, 1): "holiday"})


def test_an_own_day_off_wins_over_the_table_and_a_table_over_the_law():
    calendar = agency(
        days={date(2030, 1, 1): "work", date(2030, 7, 1): "short", date(2030, 7, 2): "work"},
        days_off=[date(2030, 7, 2)],
    )
    kinds = [calendar.kind(day_index(date(2030, *day))) for day in ((1, 1), (7, 1), (7, 2))]
    assert kinds == ["work", "short", "off"]
    assert calendar.zone == MOSCOW
