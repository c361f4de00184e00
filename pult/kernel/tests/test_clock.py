"""The one clock: freezing it, reading it, minutes and back."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest

from pult.kernel import clock

EVENING = datetime.fromisoformat("2026-05-06T23:30:59+00:00")


def test_the_clock_runs_in_utc():
    before = datetime.now(UTC)
    assert before <= clock.now() <= before + timedelta(minutes=1)
    assert clock.now().tzinfo is UTC


def test_a_frozen_clock_stands_and_runs_on_afterwards():
    with clock.frozen(EVENING):
        assert clock.now() == EVENING
        with clock.frozen(EVENING + timedelta(days=1)):
            assert clock.now() == EVENING + timedelta(days=1)
        assert clock.now() == EVENING
    assert clock.now() != EVENING


def test_another_thread_keeps_the_real_clock():
    seen = []
    with clock.frozen(EVENING):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] != EVENING


def test_the_local_date_may_already_be_tomorrow():
    with clock.frozen(EVENING):
        assert clock.today("Europe/Moscow") == date(2026, 5, 7)
        assert clock.today("America/New_York") == date(2026, 5, 6)


def test_minutes_round_down_also_before_the_epoch():
    assert clock.to_minute(datetime(1970, 1, 1, 0, 1, 59, tzinfo=UTC)) == 1
    assert clock.to_minute(datetime(1969, 12, 31, 23, 59, 30, tzinfo=UTC)) == -1
    assert clock.from_minute(clock.to_minute(EVENING)) == EVENING.replace(second=0)


def test_a_naive_instant_is_refused():
    naive = EVENING.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        clock.to_minute(naive)
    with pytest.raises(ValueError, match="time zone"), clock.frozen(naive):
        pass
