"""The board: tasks by state, moved by a plain form as by the mouse."""

import pytest

from pult.clients.tests.factories import make_client
from pult.work.actions import take_task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(cast, pack):
    return make_task(make_client("Ромашка", am=cast.anna), cast.anna)


def move(browser, task, act, version=None):
    sent = f"{task.pk}:{version or task.version}:{act}"
    return browser.post("/tasks/board/moves/", {"move": sent, "query": "view=all"}, follow=True)


def test_a_card_stands_under_its_state_with_the_moves_of_its_reader(
    cast, login, task, within_budget
):
    page = within_budget(login(cast.darya), "task_board", "/tasks/board/", view="queue").text
    assert f'value="{task.pk}:{task.version}:take"' in page
    assert f"/tasks/{task.pk}/#bounce" in page
    assert f":{task.version}:accept" not in page
    authors = login(cast.anna).get("/tasks/board/", {"view": "set"}).text
    assert task.title in authors
    assert f"{task.pk}:{task.version}:take" not in authors


def test_a_card_is_moved_and_comes_back_to_the_same_board(cast, login, task):
    answer = move(login(cast.darya), task, "take")
    assert answer.redirect_chain == [("/tasks/board/?view=all", 303)]
    task.refresh_from_db()
    assert task.state == "taken"


def test_of_two_who_move_a_card_the_slower_is_told(cast, login, task):
    seen = task.version
    take_task(by=cast.darya, task_id=task.pk)
    assert str(cast.darya) in move(login(cast.egor), task, "take", version=seen).text


def test_a_refused_move_says_why_and_changes_nothing(cast, login, task):
    assert move(login(cast.darya), task, "accept").status_code == 200
    assert move(login(cast.darya), task, "nonsense").status_code == 200
    task.refresh_from_db()
    assert task.state == "new"


def test_the_board_of_others_is_not_seen(cast, login, task):
    assert task.title not in login(cast.boris).get("/tasks/board/", {"view": "all"}).text
    assert task.title in login(cast.vera).get("/tasks/board/", {"view": "all"}).text
