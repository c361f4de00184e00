"""Tasks on *Мой день*: one's own, those to accept, the queue, counted as their lists count them."""

from datetime import timedelta

import pytest

from pult.clients.tests.factories import make_client
from pult.kernel import clock
from pult.work import actions
from pult.work.models import Task
from pult.work.queries import day
from pult.work.queries.day import work_of_day
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def forest(cast, pack):
    return make_client("Лес", am=cast.anna)


def handed_in(cast, task):
    actions.take_task(by=cast.darya, task_id=task.pk)
    actions.hand_in(by=cast.darya, task_id=task.pk)


def test_a_manager_has_their_own_tasks_and_what_waits_for_acceptance(cast, login, forest):
    own, ready = make_task(forest, cast.anna, "wish"), make_task(forest, cast.vera, title="Баннер")
    Task.objects.filter(pk=own.pk).update(assignee=cast.anna)
    handed_in(cast, ready)
    page = login(cast.anna).get("/")
    assert [one.id for one in page.context["page"].work.mine] == [own.pk]
    assert [one.id for one in page.context["page"].work.accept] == [ready.pk]
    assert f'action="/tasks/{ready.pk}/acts/accept/"' in page.text
    assert login(cast.anna).post(f"/tasks/{ready.pk}/acts/accept/").status_code == 303
    assert login(cast.anna).get("/").context["page"].work.accept == ()


def test_another_managers_work_is_not_on_ones_day(cast, login, forest):
    handed_in(cast, make_task(forest, cast.anna, title="Баннер"))
    assert "Баннер" not in login(cast.boris).get("/").text


def test_a_bounced_task_is_counted_and_is_not_late(cast, forest, freeze, later):
    task = make_task(forest, cast.anna)
    actions.take_task(by=cast.darya, task_id=task.pk)
    actions.bounce_task(by=cast.darya, task_id=task.pk, clause="М4.0", note="Нет ссылки")
    Task.objects.filter(pk=task.pk).update(due=task.created_at - timedelta(days=3))
    work = work_of_day(cast.darya)
    assert (work.mine_count, work.late) == (1, 0)
    Task.objects.filter(pk=task.pk).update(state="taken")
    assert work_of_day(cast.darya).late == 1


def test_the_day_and_the_lists_count_alike_and_a_late_one_of_the_queue_is_red(cast, login, forest):
    tasks = [make_task(forest, cast.anna) for _n in range(3)]
    actions.bounce_task(by=cast.darya, task_id=tasks[0].pk, clause="М4.0", note="Нет ссылки")
    Task.objects.filter(pk=tasks[1].pk).update(due=tasks[1].created_at - timedelta(days=1))
    morning = login(cast.darya).get("/")
    listed = login(cast.darya).get("/tasks/", {"view": "queue"}).context["page"].found
    assert morning.context["page"].work.queue_count == listed.counts["queue"] == 2
    queue = morning.text.partition('id="list-queue"')[2].partition("</ul>")[0]
    assert queue.count("row--breach") == 1


def test_ones_own_tasks_are_taken_and_handed_in_from_the_day(cast, login, forest):
    task = make_task(forest, cast.anna)
    actions.assign_task(by=cast.egor, task_id=task.pk, user_id=cast.darya.pk)
    browser = login(cast.darya)
    for act, state in (("take", "taken"), ("hand_in", "done")):
        page = browser.get("/")
        own = page.text.partition('id="list-my-tasks"')[2].partition("</ul>")[0]
        assert f'action="/tasks/{task.pk}/acts/{act}/"' in own
        assert 'data-key="e"' in own
        version = Task.objects.get(pk=task.pk).version
        sent = {"version": version, "next": "/"}
        assert browser.post(f"/tasks/{task.pk}/acts/{act}/", sent)["Location"] == "/"
        assert Task.objects.get(pk=task.pk).state == state


def test_a_long_queue_has_one_count_on_every_page(cast, login, forest, monkeypatch):
    monkeypatch.setattr(day, "MOST", 2)
    for _n in range(3):
        make_task(forest, cast.anna)
    work = login(cast.darya).get("/").context["page"].work
    listed = login(cast.darya).get("/tasks/", {"view": "queue"}).context["page"].found
    assert work.queue_count == listed.counts["queue"] == listed.total == 3


def test_a_task_put_off_is_out_of_the_count_of_its_list(cast, login, forest):
    task = make_task(forest, cast.anna)
    Task.objects.filter(pk=task.pk).update(assignee=cast.darya)
    actions.snooze_task(by=cast.darya, task_id=task.pk, until=clock.now().date() + timedelta(9))
    listed = login(cast.darya).get("/tasks/", {"view": "mine"}).context["page"].found
    assert listed.counts["mine"] == listed.total == work_of_day(cast.darya).mine_count == 0


def test_the_queue_is_told_in_the_figures_of_whoever_distributes_it(cast, login, forest):
    tasks = [make_task(forest, cast.anna) for _n in range(3)]
    before = tasks[0].created_at - timedelta(days=1)
    Task.objects.filter(pk=tasks[0].pk).update(due=before)
    Task.objects.filter(pk=tasks[1].pk).update(assignee=cast.egor)
    page = login(cast.egor).get("/").context["page"]
    assert page.summary.endswith("в очереди 2 · 1 просрочено")
    assert page.summary.startswith("1 дело")
