"""A new task is set by a form, step by step."""

import pytest

from pult.clients.tests.factories import make_client
from pult.work.models import Task

pytestmark = pytest.mark.django_db
TYPED = {
    "template": "context",
    "department": "context",
    "title": "Новая кампания",
    "result": "Кампания идёт",
    "measure": "Есть показы",
    "value_campaign": "Поиск",
    "value_goal": "Заявки по 900 ₽",
    "value_budget": "30 000,50",
}


@pytest.fixture
def romashka(cast, pack):
    return make_client("Ромашка", am=cast.anna)


def test_client_then_form_then_fields(cast, login, romashka, within_budget):
    anna = login(cast.anna)
    assert "Ромашка" in within_budget(anna, "task_new", "/tasks/new/").text
    page = within_budget(anna, "task_new", "/tasks/new/", client=str(romashka.pk))
    assert "template=context" in page.text
    page = within_budget(
        anna, "task_new", "/tasks/new/", client=str(romashka.pk), template="context", title="Поиск"
    )
    assert 'name="value_goal"' in page.text
    assert 'value="Поиск"' in page.text
    answer = anna.post("/tasks/new/", {"client": romashka.pk, **TYPED})
    task = Task.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/tasks/{task.pk}/")
    assert task.values["budget"] == 3_000_050


def test_what_is_missing_is_named_and_the_rest_is_kept(cast, login, romashka):
    sent = {"client": romashka.pk, **TYPED, "value_goal": ""}
    answer = login(cast.anna).post("/tasks/new/", sent)
    assert answer.status_code == 422
    assert "Кампания идёт" in answer.text
    assert not Task.objects.exists()


def test_nobody_sets_a_task_for_a_client_they_do_not_see(cast, login, romashka):
    boris = login(cast.boris)
    assert boris.get("/tasks/new/", {"client": romashka.pk}).status_code == 404
    assert boris.post("/tasks/new/", {"client": romashka.pk, **TYPED}).status_code == 404
    assert not Task.objects.exists()
