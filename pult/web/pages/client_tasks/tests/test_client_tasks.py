"""The tab of a client's tasks, and the tasks a specialist's day begins with."""

from datetime import timedelta

import pytest

from pult.clients.tests.factories import make_client
from pult.kernel import clock
from pult.work.actions import assign_task, cancel_task, snooze_task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(cast, pack):
    return make_task(make_client("Ромашка", am=cast.anna), cast.anna)


def test_a_client_shows_what_is_open_and_what_is_closed(cast, login, task, within_budget):
    here = f"/clients/{task.client_id}/tasks/"
    anna = login(cast.anna)
    assert task.title in within_budget(anna, "client_tasks", here).text
    assert task.title not in anna.get(here, {"state": "closed"}).text
    cancel_task(by=cast.anna, task_id=task.pk, reason_code="mistake")
    assert task.title in anna.get(here, {"state": "closed"}).text
    assert login(cast.boris).get(here).status_code == 404


def test_a_specialists_day_begins_with_own_tasks_and_the_queue(cast, login, task):
    page = login(cast.darya).get("/").text
    assert f"/tasks/{task.pk}/acts/take/" in page
    assign_task(by=cast.egor, task_id=task.pk, user_id=cast.darya.pk)
    page = login(cast.darya).get("/").text
    assert 'id="my-tasks"' in page
    assert 'id="queue"' not in page
    snooze_task(
        by=cast.darya, task_id=task.pk, until=clock.today("Europe/Moscow").replace(year=2100)
    )
    assert 'id="my-tasks"' not in login(cast.darya).get("/").text
    assert 'id="queue"' not in login(cast.anna).get("/").text


def test_a_specialists_day_counts_their_tasks_among_the_things_to_do(cast, login, task, freeze):
    assert "1 дело" not in login(cast.darya).get("/").text
    assign_task(by=cast.egor, task_id=task.pk, user_id=cast.darya.pk)
    page = login(cast.darya).get("/").text
    assert "1 дело" in page
    assert "1 дело ·" not in page
    freeze(task.due + timedelta(hours=1))
    assert "1 дело ·" in login(cast.darya).get("/").text
