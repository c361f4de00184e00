"""0.1: what a client was promised is written down with its date and kept by it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from pult.kernel.errors import Refusal
from pult.regulation.models import Obligation
from pult.regulation.queries import obligation
from pult.web.obligations import deed_of, what_to_do
from pult.work.actions import edit_task, hand_in, move_due, take_task, tell_client
from pult.work.models import PromiseSlip, Task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


def promise(scene, **fields):
    due = datetime(2026, 3, 4, 18, tzinfo=ZoneInfo("Europe/Moscow"))
    fields = {"is_promised": True, "due": due, **fields}
    return make_task(scene.client, scene.cast.anna, "context", **fields)


def on(day):
    return datetime(2026, 3, day, 18, tzinfo=ZoneInfo("Europe/Moscow"))


def move(scene, task, day):
    told = {"by": scene.cast.anna, "task_id": task.pk, "reason_code": "client"}
    move_due(version=Task.objects.get(pk=task.pk).version, due=on(day), **told)


def keep(scene, task):
    for act in (take_task, hand_in):
        task = Task.objects.get(pk=task.pk)
        act(by=scene.cast.darya, task_id=task.pk, version=task.version)


def test_a_promise_kept_on_its_day_is_met_with_the_result_as_proof_0_1(scene):
    task = promise(scene)
    assert scene.rows("0.1") == [("open", date(2026, 3, 4))]
    scene.at("2026-03-04 15:00")
    keep(scene, task)
    assert scene.states("0.1") == ["met"]


def test_a_promise_nobody_kept_is_overdue_the_next_day_0_1(scene):
    promise(scene)
    scene.at("2026-03-05 12:00")
    assert scene.states("0.1") == ["overdue"]


def test_a_move_changes_a_promise_when_the_client_was_told_0_1(scene):
    task = promise(scene)
    scene.at("2026-03-03 12:00")
    later = datetime(2026, 3, 6, 16, tzinfo=ZoneInfo("Europe/Moscow"))
    move_due(
        by=scene.cast.anna,
        task_id=task.pk,
        version=Task.objects.get(pk=task.pk).version,
        due=later,
        reason_code="client",
    )
    assert scene.rows("0.1") == [("open", date(2026, 3, 4))]
    tell_client(by=scene.cast.anna, task_id=task.pk)
    assert scene.rows("0.1") == [("open", date(2026, 3, 6))]


def test_a_mark_set_by_mistake_promises_nothing_0_1(scene):
    task = promise(scene)
    version = Task.objects.get(pk=task.pk).version
    edit_task(by=scene.cast.anna, task_id=task.pk, version=version, is_promised=False)
    assert "open" not in scene.states("0.1")
    version = Task.objects.get(pk=task.pk).version
    edit_task(by=scene.cast.anna, task_id=task.pk, version=version, is_promised=True)
    assert scene.states("0.1") == ["open"]


def test_a_task_without_the_mark_promises_nothing(scene):
    promise(scene, is_promised=False)
    assert scene.states("0.1") == []


def test_a_promise_says_what_to_do_and_opens_its_task_0_1(scene):
    task = promise(scene)
    row = obligation(Obligation.objects.get(clause="0.1").pk)
    with translation.override("ru"):
        assert what_to_do(row) == "Сделать обещанное"
    assert deed_of([row], "/").href.startswith(f"/tasks/{task.pk}/")


def test_a_deadline_that_comes_back_to_the_promised_day_asks_to_tell_nobody_0_1(scene):
    task = promise(scene, due=on(10))
    for day in (6, 10):
        move(scene, task, day)
        assert not PromiseSlip.objects.exists()
    move(scene, task, 12)
    slip = PromiseSlip.objects.get(ended_at=None)
    assert slip.before == on(10)
    move(scene, task, 10)
    assert not PromiseSlip.objects.filter(ended_at=None).exists()


def test_a_promise_that_was_moved_early_is_told_of_from_its_own_day_0_1(scene):
    task = promise(scene, due=on(10))
    move(scene, task, 6)
    move(scene, task, 11)
    assert PromiseSlip.objects.get(ended_at=None).before.date() == date(2026, 3, 10)
    move(scene, task, 9)
    assert not PromiseSlip.objects.filter(ended_at=None).exists()


def test_a_mark_taken_off_ends_what_was_to_be_told_and_nobody_brings_it_back_0_1(scene):
    task = promise(scene)
    move(scene, task, 6)
    assert PromiseSlip.objects.filter(ended_at=None).count() == 1
    version = Task.objects.get(pk=task.pk).version
    edit_task(by=scene.cast.anna, task_id=task.pk, version=version, is_promised=False)
    assert not PromiseSlip.objects.filter(ended_at=None).exists()
    PromiseSlip.objects.update(ended_at=None)  # one left open by an earlier Pult
    with pytest.raises(Refusal):
        tell_client(by=scene.cast.anna, task_id=task.pk)
    assert "open" not in scene.states("0.1")
