"""Figures and days typed at a task: bounds are told in words, no page breaks."""

import pytest

from pult.clients.tests.factories import make_client, make_line
from pult.work.models import Snooze, Task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db
WISH = {"template": "wish", "title": "Скидка", "result": "Есть", "measure": "Видно"}


@pytest.fixture
def task(cast, pack):
    return make_task(make_client("Ромашка", am=cast.anna), cast.anna)


@pytest.mark.parametrize("hours", ["0999999999", "2001", "-1", "много"])
def test_hours_beyond_a_year_of_work_are_refused_by_their_name(cast, login, task, hours):
    sent = {**WISH, "client": task.client_id, "estimate": hours}
    answer = login(cast.anna).post("/tasks/new/", sent)
    assert answer.status_code == 422
    assert "Плановых часов" in answer.text
    sent = {"version": task.version, "title": task.title, "estimate": hours}
    assert login(cast.anna).post(f"/tasks/{task.pk}/changes/", sent).status_code == 422


def test_planned_hours_are_changed_like_the_rest(cast, login, task):
    sent = {"version": task.version, "estimate": "12"}
    assert login(cast.anna).post(f"/tasks/{task.pk}/changes/", sent).status_code == 303
    assert Task.objects.get(pk=task.pk).estimate == 720


def test_the_workload_opens_over_rows_of_any_size(cast, login, task):
    others = [make_task(task.client, cast.anna) for _n in range(2)]
    huge = [one.pk for one in (task, *others)]
    Task.objects.filter(pk__in=huge).update(estimate=2**31 - 1, assignee=cast.darya)
    for query in ("", "?department=context"):
        assert login(cast.vera).get(f"/tasks/load/{query}").status_code == 200


def test_a_mark_there_is_not_is_refused(cast, login, task):
    sent = {**WISH, "client": task.client_id, "flag": "zzz"}
    assert login(cast.anna).post("/tasks/new/", sent).status_code == 422


def test_the_only_service_of_a_client_is_chosen_already(cast, login, task):
    line = make_line(task.client)
    address = f"/tasks/new/?client={task.client_id}&template=wish"
    assert f'value="{line.pk}" selected' in login(cast.anna).get(address).text
    make_line(task.client, "Второй")
    assert f'value="{line.pk}" selected' not in login(cast.anna).get(address).text


def test_time_is_typed_in_hours_and_minutes(cast, login, task):
    act = f"/tasks/{task.pk}/acts/log_time/"
    assert login(cast.darya).post(act, {"minutes": "1ч 20"}).status_code == 303
    assert Task.objects.get(pk=task.pk).spent == 80
    assert login(cast.darya).post(act, {"minutes": "долго"}).status_code == 422


def test_a_zone_there_is_not_is_no_moment(cast, login, task):
    act = f"/tasks/{task.pk}/acts/move/"
    sent = {"due": "2029-12-31T23:59-23:59", "reason": "client"}
    assert login(cast.anna).post(act, sent).status_code == 422


def test_putting_off_asks_for_a_day_and_showing_again_does_not(cast, login, task):
    act, browser = f"/tasks/{task.pk}/acts/snooze/", login(cast.darya)
    assert browser.post(act, {"until": ""}).status_code == 422
    Snooze.objects.create(task=task, user=cast.darya, until="2026-12-01")
    assert browser.post(act, {"back": "yes"}).status_code == 303
    assert not Snooze.objects.exists()
