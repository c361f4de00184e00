"""Tasks that come again: once, on a working day, by the calendar or after the last is accepted."""

from datetime import date, timedelta

import pytest

from pult.clients.actions import set_status
from pult.kernel.errors import BadInput
from pult.work.actions import accept_task, hand_in, repeat_task, stop_repeating, take_task
from pult.work.logic.recurrence import after_completion, first_day, next_day
from pult.work.models import Recurrence, Task
from pult.work.queries import task_card
from pult.work.recurring import set_due

WEEKDAYS = {5, 6}


def works(day: date) -> bool:
    return day.weekday() not in WEEKDAYS and day != date(2026, 3, 9)


@pytest.mark.parametrize(
    ("unit", "every", "after", "anchor", "expected"),
    [
        ("day", 1, date(2026, 3, 6), date(2026, 3, 2), date(2026, 3, 10)),
        ("week", 1, date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 6)),
        ("week", 2, date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 16)),
        ("month", 1, date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 27)),
        ("month", 1, date(2026, 2, 27), date(2026, 1, 31), date(2026, 3, 31)),
        ("month", 3, date(2026, 1, 15), date(2026, 1, 15), date(2026, 4, 15)),
    ],
)
def test_the_next_day_is_a_working_one_later_than_the_last(unit, every, after, anchor, expected):
    assert next_day(unit, every, after, anchor, works) == expected


def test_a_series_begins_on_a_working_day():
    sunday = date(2026, 3, 8)
    assert first_day(sunday, date(2026, 3, 2), works) == date(2026, 3, 6)
    assert first_day(sunday, date(2026, 3, 7), works) == date(2026, 3, 10)


@pytest.mark.parametrize("unit", ["day", "week", "month"])
def test_a_series_always_goes_on_and_only_by_working_days(unit):
    day = anchor = date(2026, 1, 31)
    for _ in range(60):
        following = next_day(unit, 1, day, anchor, works)
        assert following > day
        assert works(following)
        day = following


@pytest.mark.parametrize("unit", ["day", "week", "month"])
def test_after_completion_is_always_later(unit):
    done = date(2026, 2, 1)
    for n in range(40):
        day = done + timedelta(days=n)
        assert after_completion(unit, 1, day, works) > day


@pytest.fixture
def monthly(cast, task, freeze):
    freeze("2026-03-02 12:00")
    return repeat_task(
        by=cast.anna,
        task_id=task.pk,
        basis="calendar",
        unit="month",
        first_on=date(2026, 4, 1),
    )


@pytest.fixture(autouse=True)
def early(freeze, db):
    freeze("2026-02-20 12:00")


def others(task):
    return Task.objects.exclude(pk=task.pk)


def test_the_worker_sets_the_next_task_once(task, monthly, freeze):
    freeze("2026-03-31 06:30")
    assert set_due(date(2026, 3, 31)).set == 0
    freeze("2026-04-01 06:30")
    assert set_due(date(2026, 4, 1)).set == 1
    assert set_due(date(2026, 4, 1)).set == 0
    again = others(task).get()
    assert (again.title, again.values, again.state) == (task.title, task.values, "new")
    assert again.project == task.project
    assert Recurrence.objects.get().next_on == date(2026, 4, 30)


def test_a_worker_that_slept_for_months_sets_one_task(task, monthly, freeze):
    freeze("2026-08-03 06:30")
    assert set_due(date(2026, 8, 3)).set == 1
    assert others(task).count() == 1
    assert Recurrence.objects.get().next_on > date(2026, 8, 3)


def test_a_paused_client_gets_no_tasks(cast, task, monthly, freeze):
    set_status(by=cast.vera, client_id=task.client_id, version=1, status="paused")
    freeze("2026-04-01 06:30")
    assert set_due(date(2026, 4, 1)).set == 0
    assert others(task).count() == 0


def test_a_stopped_recurrence_is_over(cast, task, monthly, freeze):
    assert task_card(cast.anna, task.pk).recurrence.next_on == date(2026, 4, 1)
    stop_repeating(by=cast.anna, recurrence_id=monthly.pk)
    assert task_card(cast.anna, task.pk).recurrence.is_stopped
    freeze("2026-04-01 06:30")
    assert set_due(date(2026, 4, 1)).set == 0


def test_the_last_day_ends_a_recurrence(cast, task, freeze):
    row = repeat_task(
        by=cast.anna,
        task_id=task.pk,
        basis="calendar",
        unit="month",
        first_on=date(2026, 4, 1),
        ends_on=date(2026, 4, 20),
    )
    freeze("2026-04-01 06:30")
    assert set_due(date(2026, 4, 1)).set == 1
    row.refresh_from_db()
    assert row.stopped_at
    assert row.next_on is None


def test_completion_plans_the_next_one(cast, task, freeze):
    row = repeat_task(by=cast.anna, task_id=task.pk, basis="completion", unit="week")
    assert row.next_on is None
    take_task(by=cast.darya, task_id=task.pk)
    hand_in(by=cast.darya, task_id=task.pk)
    accept_task(by=cast.anna, task_id=task.pk)
    row.refresh_from_db()
    assert row.next_on == date(2026, 2, 27)
    freeze("2026-02-27 06:30")
    assert set_due(date(2026, 2, 27)).set == 1
    row.refresh_from_db()
    assert row.next_on is None


def test_a_series_does_not_begin_in_the_past(cast, task):
    with pytest.raises(BadInput) as problem:
        repeat_task(
            by=cast.anna,
            task_id=task.pk,
            basis="calendar",
            unit="week",
            first_on=date(2026, 1, 12),
        )
    assert problem.value.field == "first_on"
