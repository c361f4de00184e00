"""A new task is set by a form, step by step."""

from datetime import timedelta

import pytest

from pult.clients.indexing import index_client
from pult.clients.tests.factories import make_client, make_line
from pult.kernel import clock
from pult.money.models import SpendDay
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


def test_a_campaign_is_chosen_from_those_the_client_spends_on(cast, login, romashka):
    line = make_line(romashka)
    today = clock.today("Europe/Moscow")
    for day, name in ((today, "Поиск · бренд"), (today - timedelta(days=200), "Старая")):
        SpendDay.objects.create(
            source="direct", campaign=name, campaign_name=name, day=day, line=line, cost=100
        )
    address = f"/tasks/new/?client={romashka.pk}&template=context"
    text = login(cast.anna).get(address).text
    assert '<option value="Поиск · бренд">' in text
    assert "Старая" not in text


def test_what_must_be_filled_in_says_so_and_the_only_service_is_chosen(cast, login, romashka):
    line = make_line(romashka)
    page = login(cast.anna).get(f"/tasks/new/?client={romashka.pk}&template=launch")
    needed = {one.name for one in page.context["page"].inputs if one.required}
    assert needed
    for name in needed:
        field = page.text.partition(f'name="{name}"')[2].partition(">")[0]
        assert "required" in field, name
    assert page.context["page"].line == str(line.pk)


def test_ones_own_clients_stand_first_and_how_many_are_left_out_is_said(cast, login, romashka):
    for number in range(21):
        make_client(f"Аптека {number:02}", am=cast.boris)
    page = login(cast.anna).get("/tasks/new/")
    found = page.context["page"].clients
    assert found.own == ((romashka.pk, "Ромашка"),)
    seen = len(found.others) + found.more
    assert page.text.index("Ромашка") < page.text.index("Аптека 00") if seen else not found.more
    boris = login(cast.boris).get("/tasks/new/").context["page"].clients
    assert len(boris.own) == 21
    head = login(cast.vera).get("/tasks/new/")
    found = head.context["page"].clients
    assert (found.own, len(found.others), found.more) == ((), 20, 2)
    assert "Ещё 2 клиента" in head.text


def test_words_narrow_ones_own_clients_too(cast, login, romashka):
    for client in (romashka, make_client("Ромб", am=cast.anna)):
        index_client(client)
    found = login(cast.anna).get("/tasks/new/?q=ромашка").context["page"].clients
    assert found.own == ((romashka.pk, "Ромашка"),)
    assert not found.more


def test_the_line_of_another_tool_is_neither_chosen_nor_offered(cast, login, romashka):
    social = make_line(romashka, "VK Реклама", tool="target")
    other = make_line(romashka, "Медийная", tool="media")
    anna = login(cast.anna)
    page = anna.get(f"/tasks/new/?client={romashka.pk}&template=context").context["page"]
    assert [pk for pk, _name in page.lines] == ["", other.pk]
    assert page.line == ""
    page = anna.get(f"/tasks/new/?client={romashka.pk}&template=target").context["page"]
    assert page.line == str(social.pk)
    page = anna.get(f"/tasks/new/?client={romashka.pk}&template=design").context["page"]
    assert {pk for pk, _name in page.lines} == {"", social.pk, other.pk}
    assert page.line == ""


def test_a_sum_that_is_none_is_told_by_its_field_and_marked_there(cast, login, romashka):
    sent = {"client": romashka.pk, **TYPED, "value_budget": "сорок тысяч"}
    answer = login(cast.anna).post("/tasks/new/", sent)
    assert answer.status_code == 422
    assert "«Бюджет»: «сорок тысяч» — не сумма" in answer.text
    field = answer.text.partition('name="value_budget"')[2].partition(">")[0]
    assert 'aria-invalid="true"' in field
    assert answer.text.count('aria-invalid="true"') == 1
