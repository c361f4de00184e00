"""A series of tasks in its second year: handovers, bad mornings, pauses, cancelled tasks."""

from datetime import date

import pytest

from pult.clients.actions import set_status
from pult.clients.models import Client
from pult.clients.providers import Change
from pult.kernel.errors import Refusal
from pult.kernel.facts import acting
from pult.work import actions, recurring
from pult.work.actions import repeat_task
from pult.work.handing import move_work
from pult.work.models import Recurrence, Task
from pult.work.recurring import set_due, set_next
from pult.work.tests.factories import make_task


@pytest.fixture(autouse=True)
def early(freeze, db):
    freeze("2026-03-02 12:00")


def daily(cast, task):
    told = {"basis": "calendar", "unit": "day", "first_on": date(2026, 3, 3)}
    return repeat_task(by=cast.anna, task_id=task.pk, **told)


def weekly_after(cast, task):
    return repeat_task(by=cast.anna, task_id=task.pk, basis="completion", unit="week")


def finish(cast, task):
    actions.take_task(by=cast.darya, task_id=task.pk)
    actions.hand_in(by=cast.darya, task_id=task.pk)
    actions.accept_task(by=cast.anna, task_id=task.pk)


def version_of(client_id):
    return Client.objects.get(pk=client_id).version


def test_after_a_handover_the_next_task_is_the_new_managers(cast, task, freeze):
    Task.objects.filter(pk=task.pk).update(assignee=cast.anna)
    row = daily(cast, task)
    with acting(task.client_id):
        move_work(cast.vera, {task.client_id: Change(cast.anna.pk, cast.boris.pk)})
    freeze("2026-03-03 06:30")
    following = set_next(row.pk, date(2026, 3, 3))
    assert (following.author, following.assignee) == (cast.boris, cast.boris)
    row.refresh_from_db()
    assert row.version == 2


def test_a_handover_leaves_a_specialist_at_the_series(cast, task, freeze):
    Task.objects.filter(pk=task.pk).update(assignee=cast.darya)
    row = daily(cast, task)
    with acting(task.client_id):
        move_work(cast.vera, {task.client_id: Change(cast.anna.pk, cast.boris.pk)})
    freeze("2026-03-03 06:30")
    assert set_next(row.pk, date(2026, 3, 3)).assignee == cast.darya


def test_a_series_that_refuses_holds_up_no_other(cast, romashka, freeze, monkeypatch):
    rows = [daily(cast, make_task(romashka, cast.anna)) for _number in range(3)]
    once = recurring.set_next

    def refuses_first(pk, day):
        if pk == rows[0].pk:
            raise Refusal("Нет такой формы")
        return once(pk, day)

    monkeypatch.setattr(recurring, "set_next", refuses_first)
    freeze("2026-03-03 06:30")
    result = set_due(date(2026, 3, 3))
    assert (result.set, result.refused) == (2, (rows[0].pk,))
    monkeypatch.undo()
    assert set_due(date(2026, 3, 3)).set == 1


def test_every_series_is_set_each_morning_however_many_there_are(cast, romashka, freeze):
    for _number in range(3):
        daily(cast, make_task(romashka, cast.anna))
    for day in range(3, 7):
        freeze(f"2026-03-0{day} 06:30")
        assert set_due(date(2026, 3, day)).set == 3


def test_a_completion_series_waits_for_a_paused_client(cast, task, freeze):
    row = weekly_after(cast, task)
    finish(cast, task)
    client = task.client_id
    set_status(by=cast.vera, client_id=client, version=version_of(client), status="paused")
    freeze("2026-03-10 06:30")
    assert set_due(date(2026, 3, 10)).set == 0
    set_status(by=cast.vera, client_id=client, version=version_of(client), status="client")
    freeze("2026-03-11 06:30")
    assert set_due(date(2026, 3, 11)).set == 1
    row.refresh_from_db()
    assert row.next_on is None


def test_a_cancelled_task_does_not_end_its_series(cast, task):
    row = weekly_after(cast, task)
    actions.cancel_task(by=cast.anna, task_id=task.pk, reason_code="not_needed")
    row.refresh_from_db()
    assert row.next_on == date(2026, 3, 6)
    actions.restore_task(by=cast.anna, task_id=task.pk)
    row.refresh_from_db()
    assert row.next_on is None


def test_work_sent_back_after_acceptance_holds_the_next_one(cast, task):
    row = weekly_after(cast, task)
    finish(cast, task)
    actions.send_back(by=cast.anna, task_id=task.pk, reason="Не тот город")
    row.refresh_from_db()
    assert row.next_on is None


def test_an_old_task_accepted_again_plans_nothing_beside_an_open_one(cast, task, freeze):
    row = weekly_after(cast, task)
    finish(cast, task)
    freeze("2026-03-06 06:30")
    assert set_due(date(2026, 3, 6)).set == 1
    actions.send_back(by=cast.anna, task_id=task.pk, reason="Не тот город")
    actions.hand_in(by=cast.darya, task_id=task.pk)
    actions.accept_task(by=cast.anna, task_id=task.pk)
    row.refresh_from_db()
    assert row.next_on is None


def test_of_two_people_who_repeat_a_task_the_second_is_refused(cast, task):
    daily(cast, task)
    with pytest.raises(Refusal):
        repeat_task(by=cast.vera, task_id=task.pk, basis="completion", unit="week")
    assert Recurrence.objects.count() == 1


def test_a_series_begins_within_a_year(cast, task):
    told = {"basis": "calendar", "unit": "day", "first_on": date(2028, 3, 3)}
    with pytest.raises(actions.recurring.BadInput) as problem:
        repeat_task(by=cast.anna, task_id=task.pk, **told)
    assert problem.value.field == "first_on"


def test_a_closed_task_completes_no_more_so_no_series_counts_from_it(cast, task):
    finish(cast, task)
    with pytest.raises(Refusal):
        weekly_after(cast, task)
    assert not Recurrence.objects.exists()
    daily(cast, task)
