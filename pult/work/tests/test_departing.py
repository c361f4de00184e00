"""Whoever leaves keeps no open work: it goes to the client's manager or back into the queue."""

from datetime import date

import pytest

from pult.clients.actions.handover import hand_over_urgently
from pult.clients.tests.factories import make_client, make_user
from pult.kernel import clock, outbox
from pult.kernel.models import Fact
from pult.people.actions import part_with
from pult.work.actions import add_auditor
from pult.work.departing import free_gone, free_work, left_with
from pult.work.models import Auditor, Task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def foreign(cast):
    """Борис conducts the client; Анна does two things for it."""
    client = make_client("Лес", am=cast.boris)
    own, queued = make_task(client, cast.boris), make_task(client, cast.boris)
    Task.objects.filter(pk=own.pk).update(department="accounts")
    Task.objects.filter(pk=queued.pk).update(is_promised=True)
    Task.objects.update(assignee=cast.anna)
    return own, queued


def doers():
    return list(Task.objects.order_by("pk").values_list("assignee", "state"))


def told():
    outbox.dispatch()


def test_an_urgent_handover_moves_tasks_at_clients_of_others(cast, foreign):
    mine = make_client("Поле", am=cast.anna)
    shares = {mine.pk: cast.boris}
    hand_over_urgently(by=cast.vera, giver=cast.anna, shares=shares, reason="dismissal", all_of=1)
    told()
    assert doers() == [(cast.boris.pk, "new"), (None, "new")]
    facts = Fact.objects.filter(kind="task.assigned").order_by("pk")
    assert [one.payload["user"] for one in facts][-2:] == [cast.boris.pk, 0]


def test_a_departure_of_today_moves_them_and_a_later_one_waits_for_its_day(cast, foreign, freeze):
    freeze("2026-03-02 12:00")
    part_with(user=cast.anna, by=cast.zakhar, last_day=date(2026, 3, 6))
    told()
    assert free_gone() == 0
    freeze("2026-03-10 06:45")
    assert free_gone() == 2
    assert doers() == [(cast.boris.pk, "new"), (None, "new")]


def test_whoever_comes_in_keeps_everything(cast, foreign):
    assert free_work(cast.anna.pk) == 0
    assert {one for one, _state in doers()} == {cast.anna.pk}


def test_what_was_handed_in_stays_until_it_comes_back(cast, foreign):
    own, _queued = foreign
    Task.objects.filter(pk=own.pk).update(state="done", taken_at=clock.now())
    type(cast.anna).objects.filter(pk=cast.anna.pk).update(is_active=False)
    assert free_gone() == 1
    Task.objects.filter(pk=own.pk).update(state="returned")
    assert free_gone() == 1
    assert doers()[0][0] == cast.boris.pk


def test_a_task_of_whoever_left_is_watched_by_them_no_more(cast, foreign):
    roman = make_user("Роман Сухов", "executor")
    task, _other = foreign
    add_auditor(by=cast.boris, task_id=task.pk, user_id=roman.pk)
    type(roman).objects.filter(pk=roman.pk).update(is_active=False)
    free_work(roman.pk)
    assert not Auditor.objects.exists()
    assert Fact.objects.filter(kind="task.auditor", state="off", key=str(roman.pk)).exists()


def test_a_plan_names_tasks_at_clients_of_others_alone(cast, foreign):
    mine = make_client("Поле", am=cast.anna)
    Task.objects.filter(pk=make_task(mine, cast.anna).pk).update(assignee=cast.anna)
    tasks, count = left_with(cast.anna.pk)
    assert [(one.client, one.to, one.promised) for one in tasks] == [
        ("Лес", cast.boris.full_name, False),
        ("Лес", "", True),
    ]
    assert count == 2
