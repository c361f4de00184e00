"""A bounce called unfounded takes back the minutes it gave, and nothing else."""

from datetime import timedelta

import pytest

from pult.kernel import clock
from pult.work import actions
from pult.work.models import Task


@pytest.fixture(autouse=True)
def early(freeze, db):
    freeze("2026-03-02 12:00")


def due_of(task):
    return Task.objects.get(pk=task.pk).due


def bounce(cast, task):
    return actions.bounce_task(by=cast.darya, task_id=task.pk, clause="М4.0", note="Нет ссылки")


def mend(cast, task):
    version = Task.objects.get(pk=task.pk).version
    actions.mend_task(by=cast.anna, task_id=task.pk, version=version, result="Всё указано")


def test_what_a_bounce_gave_goes_back_and_the_version_says_so(cast, task, freeze):
    asked = task.due
    row = bounce(cast, task)
    freeze("2026-03-02 15:00")
    mend(cast, task)
    assert due_of(task) > asked
    version = Task.objects.get(pk=task.pk).version
    actions.call_unfounded(by=cast.vera, bounce_id=row.pk)
    assert due_of(task) == asked
    assert Task.objects.get(pk=task.pk).version == version + 1


def test_a_bounce_after_the_deadline_gave_nothing_to_take_back(cast, task, freeze):
    freeze("2026-03-16 12:00")
    row = bounce(cast, task)
    freeze("2026-03-16 16:00")
    mend(cast, task)
    agreed = clock.now() + timedelta(days=3)
    actions.move_due(by=cast.anna, task_id=task.pk, due=agreed, reason_code="client")
    actions.call_unfounded(by=cast.vera, bounce_id=row.pk)
    assert due_of(task) == agreed


def test_a_date_agreed_on_since_stays(cast, task, freeze):
    row = bounce(cast, task)
    freeze("2026-03-02 15:00")
    mend(cast, task)
    agreed = clock.now() + timedelta(days=20)
    actions.move_due(by=cast.anna, task_id=task.pk, due=agreed, reason_code="client")
    actions.call_unfounded(by=cast.vera, bounce_id=row.pk)
    assert due_of(task) == agreed


def test_a_bounced_task_cancelled_and_restored_loses_no_day(cast, task, freeze):
    row, asked = bounce(cast, task), task.due
    freeze("2026-03-03 12:00")
    actions.cancel_task(by=cast.anna, task_id=task.pk, reason_code="mistake")
    actions.restore_task(by=cast.anna, task_id=task.pk)
    actions.call_unfounded(by=cast.vera, bounce_id=row.pk)
    assert due_of(task) == asked


def test_work_handed_in_after_the_deadline_that_comes_back_was_late(cast, task, freeze):
    asked = task.due
    row = bounce(cast, task)
    freeze("2026-03-03 12:00")
    mend(cast, task)
    actions.take_task(by=cast.darya, task_id=task.pk)
    freeze("2026-03-12 13:00")
    actions.hand_in(by=cast.darya, task_id=task.pk)
    assert Task.objects.get(pk=task.pk).missed_at is None
    actions.call_unfounded(by=cast.vera, bounce_id=row.pk)
    assert Task.objects.get(pk=task.pk).missed_at == asked
