"""The list of clients: whose, found how, saved, exported, acted on together."""

import io
import json
from pathlib import Path

import python_calamine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pult.clients.indexing import index_client
from pult.clients.models import Assignment, PlannedPause
from pult.clients.tests import factories as make
from pult.money.models import Invoice
from pult.people.models import Absence
from pult.people.queries import business_day
from pult.web.models import SavedView
from pult.web.saved_views import canonical

BUDGETS = json.loads(Path("tests/budgets.json").read_text())


def listed(person, **asked):
    answer = person.get(reverse("clients"), asked)
    assert answer.status_code == 200
    return answer.text


def test_a_manager_sees_own_clients_only(login, cast):
    make.make_client("Лесная мебель", am=cast.anna)
    make.make_client("Ясный день", am=cast.boris)
    text = listed(login(cast.anna))
    assert "Лесная мебель" in text
    assert "Ясный день" not in text


def test_a_manager_who_stands_in_tells_own_clients_from_the_others(login, cast):
    make.make_client("Лесная мебель", am=cast.anna)
    make.make_client("Ясный день", am=cast.boris)
    anna, mine = login(cast.anna), f"am={cast.anna.pk}"
    assert mine not in listed(anna)
    today = business_day()
    Absence.objects.create(
        user=cast.boris, category="leave", since=today, until=today, substitute=cast.anna
    )
    text = listed(anna)
    assert "Ясный день" in text
    assert f'href="?{mine}"' in text
    assert f'<option value="{cast.boris.pk}"' in text
    own = listed(anna, am=cast.anna.pk)
    assert "Лесная мебель" in own
    assert "Ясный день" not in own


def test_a_search_answers_with_the_list_alone(login, cast):
    for name in ("Лесная мебель", "Ясный день"):
        index_client(make.make_client(name, am=cast.anna))
    answer = login(cast.anna).get(
        reverse("clients"),
        {"q": "мебели"},
        headers={"HX-Request": "true", "HX-Target": "client-list"},
    )
    assert "Лесная мебель" in answer.text
    assert "Ясный день" not in answer.text
    assert "<html" not in answer.text


def test_nonsense_in_the_address_is_ignored(login, cast):
    make.make_client("Лесная мебель", am=cast.anna)
    text = listed(login(cast.anna), am="x", page="-1", sort="password", status="?", tool="?")
    assert "Лесная мебель" in text


def test_those_who_see_no_money_cannot_find_it_by_filters(login, cast):
    rich, poor = (make.make_client(name) for name in ("Богатый", "Бедный"))
    for row in (rich, poor):
        make.make_assignment(row, cast.darya, "executor")
    make.make_line(rich, monthly_budget=900_000_00)
    make.make_line(poor, monthly_budget=1_00)
    Invoice.objects.create(client=poor, number="1", status="sent", total=10_00, due_on="2020-01-01")
    specialist = login(cast.darya)
    text = listed(specialist, money="debt", sort="-budget")
    assert "₽" not in text
    assert text.index("Бедный") < text.index("Богатый")
    table = specialist.get(reverse("clients_table", args=["csv"])).content.decode("utf-8-sig")
    assert "900000" not in table


def test_fifty_clients_a_page_keep_the_budget_of_queries(login, cast):
    for number in range(55):
        row = make.make_client(f"Клиент {number:02}", am=cast.anna)
        make.make_line(row)
        index_client(row)
    for person in (cast.vera, cast.anna):
        reader = login(person)
        for asked, name in (({}, "clients"), ({"q": "клиент"}, "clients_found")):
            listed(reader, **asked)
            with CaptureQueriesContext(connection) as queries:
                text = listed(reader, **asked)
            assert text.count("data-peek=") == 50
            assert len(queries) <= BUDGETS[name], [query["sql"][:120] for query in queries]


def test_a_view_is_saved_without_its_page_shown_pinned_and_removed(login, cast):
    manager = login(cast.anna)
    typed = {"name": "Мои паузы", "query": "status=paused&page=3", "pinned": "1"}
    answer = manager.post(reverse("clients_views"), typed)
    assert (answer.status_code, answer.url) == (303, reverse("clients") + "?status=paused")
    view = SavedView.objects.get()
    assert (view.user, view.query, view.pinned) == (cast.anna, "status=paused", True)
    assert "Мои паузы" in listed(manager)
    assert "Мои паузы" not in listed(login(cast.boris))
    removal = reverse("clients_view_removal", args=[view.pk])
    assert login(cast.boris).post(removal).status_code == 404
    assert login(cast.anna).post(removal).status_code == 303
    assert not SavedView.objects.exists()


def test_a_head_shares_a_view_with_a_role_and_a_manager_cannot(login, cast):
    typed = {"name": "Общий", "query": "status=lead", "role": "am"}
    login(cast.anna).post(reverse("clients_views"), typed)
    assert not SavedView.objects.exists()
    login(cast.vera).post(reverse("clients_views"), typed)
    assert "Общий" in listed(login(cast.boris))
    assert "Общий" not in listed(login(cast.zhanna))


def test_equal_lists_have_equal_addresses():
    assert canonical("?status=lead&am=2&q=") == canonical("am=2&page=4&status=lead")


def test_the_table_holds_every_page_and_no_formula(login, cast):
    for number in range(53):
        make.make_client(f"Клиент {number:02}", am=cast.anna)
    make.make_client("=1+1", am=cast.anna)
    manager = login(cast.anna)
    lines = manager.get(reverse("clients_table", args=["csv"])).content.decode("utf-8-sig")
    assert len(lines.splitlines()) == 55
    assert "'=1+1;" in lines
    assert "Последний контакт;Ближайшее;" in lines
    book = manager.get(reverse("clients_table", args=["xlsx"])).content
    sheet = python_calamine.load_workbook(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert len(sheet) == 55
    assert manager.get(reverse("clients_table", args=["pdf"])).status_code == 404


def test_many_clients_nobody_conducts_get_a_manager_at_once(login, cast):
    rows = [make.make_client(name) for name in ("Один", "Два")]
    typed = {"ids": [row.pk for row in rows], "manager": cast.boris.pk, "query": "status=client"}
    answer = login(cast.vera).post(reverse("clients_assignment"), typed)
    assert answer.url == reverse("clients") + "?status=client"
    held = Assignment.objects.filter(role="am", until=None)
    assert set(held.values_list("user", flat=True)) == {cast.boris.pk}


def test_clients_that_have_managers_lead_to_their_handovers_and_stay(login, cast):
    free = make.make_client("Ничей")
    rows = [make.make_client(name, am=cast.anna) for name in ("Один", "Два")]
    typed = {"ids": [free.pk, *(row.pk for row in rows)], "manager": cast.boris.pk}
    answer = login(cast.vera).post(reverse("clients_assignment"), typed)
    assert answer.status_code == 409
    held = Assignment.objects.filter(role="am", user=cast.boris)
    assert list(held.values_list("client", flat=True)) == [free.pk]
    begun = reverse("handover_person", args=[cast.anna.pk])
    chosen = f"{begun}?to={cast.boris.pk}&clients={rows[0].pk}-{rows[1].pk}"
    assert chosen.replace("&", "&amp;") in answer.text
    page = login(cast.vera).get(chosen).context["page"]
    assert {one.value for one in page.choices} == {str(cast.boris.pk)}


def test_a_bulk_pause_skips_foreign_clients_and_names_those_that_refuse(login, cast):
    mine, twice = (make.make_client(name, am=cast.anna) for name in ("Один", "Уже пауза"))
    foreign = make.make_client("Чужой", am=cast.boris)
    manager = login(cast.anna)
    typed = {"ids": [twice.pk], "reason": "season"}
    manager.post(reverse("clients_pause"), typed)
    typed["ids"] = [mine.pk, twice.pk, foreign.pk]
    text = manager.post(reverse("clients_pause"), typed, follow=True).text
    assert "Уже пауза:" in text
    assert "Чужой" not in text
    assert set(PlannedPause.objects.values_list("client", flat=True)) == {mine.pk, twice.pk}


def test_a_bulk_pause_needs_a_reason(login, cast):
    row = make.make_client("Один", am=cast.anna)
    login(cast.anna).post(reverse("clients_pause"), {"ids": [row.pk], "reason": ""})
    assert not PlannedPause.objects.exists()
