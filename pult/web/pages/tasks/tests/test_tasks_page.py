"""The list of tasks: whose they are, how they are found, what is done to many."""

import pytest

from pult.clients.tests.factories import make_client
from pult.web.models import SavedView
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(cast, pack):
    return make_task(make_client("Ромашка", am=cast.anna), cast.anna)


def test_each_list_shows_its_own(cast, login, task, within_budget):
    darya = login(cast.darya)
    assert task.title in within_budget(darya, "tasks", "/tasks/", view="queue").text
    assert task.title not in darya.get("/tasks/").text
    assert task.title in login(cast.anna).get("/tasks/", {"view": "set"}).text
    assert task.title not in login(cast.boris).get("/tasks/", {"view": "all"}).text


def test_a_list_is_narrowed_and_a_strange_address_is_no_error(cast, login, task):
    anna = login(cast.anna)
    assert task.title in anna.get("/tasks/", {"view": "set", "department": "context"}).text
    assert task.title not in anna.get("/tasks/", {"view": "set", "department": "seo"}).text
    assert task.title not in anna.get("/tasks/", {"view": "set", "state": "overdue"}).text
    strange = {"view": "x", "sort": "'", "page": "9" * 30, "from": "32", "client": "-1"}
    page = anna.get("/tasks/", strange)
    assert page.status_code == 200
    assert "client=-1" in page.text
    assert "from=32" in page.text


@pytest.mark.parametrize("path", ["/tasks/", "/tasks/board/", "/tasks/calendar/"])
def test_a_choice_the_lists_do_not_have_is_named_and_a_real_one_is_not(cast, login, task, path):
    anna = login(cast.anna)
    assert "state=boiling" in anna.get(path, {"state": "boiling"}).text
    asked = {"view": "all", "state": "open", "client": task.client_id, "person": "0", "day": ""}
    assert "no such choice" not in anna.get(path, asked).text


@pytest.mark.parametrize("path", ["/tasks/", "/tasks/board/", "/tasks/calendar/"])
@pytest.mark.parametrize(("who", "sees"), [("vera", True), ("egor", True), ("anna", False)])
def test_a_list_opens_on_what_asks_for_something_of_the_reader(cast, login, task, path, who, sees):
    """The head sees all, production what nobody has taken, a manager their own."""
    assert (task.title in login(getattr(cast, who)).get(path).text) is sees


def test_many_are_changed_at_once_and_a_refusal_is_told(cast, login, task):
    other = make_task(task.client, cast.anna, title="Вторая")
    sent = {"act": "cancel", "ids": [task.pk, other.pk], "cancel": "duplicate"}
    anna = login(cast.anna)
    assert anna.post("/tasks/changes/", sent).status_code == 303
    task.refresh_from_db()
    assert task.state == "cancelled"
    sent = {"act": "accept", "ids": [task.pk]}
    assert task.title in anna.post("/tasks/changes/", sent, follow=True).text
    sent = {"act": "move", "ids": [task.pk], "reason": "client"}
    assert anna.post("/tasks/changes/", sent).status_code == 303


def test_the_list_leaves_as_a_table(cast, login, task):
    anna = login(cast.anna)
    assert task.title in anna.get("/tasks/table.csv", {"view": "set"}).content.decode()
    assert anna.get("/tasks/table.xlsx", {"view": "set"}).content[:2] == b"PK"
    assert anna.get("/tasks/table.pdf").status_code == 404


def test_a_list_is_kept_under_a_name(cast, login, task):
    anna = login(cast.anna)
    anna.post("/tasks/views/", {"name": "Моё срочное", "query": "view=set&flag=urgent"})
    assert SavedView.objects.get().page == "tasks"
    assert "Моё срочное" in anna.get("/tasks/").text
