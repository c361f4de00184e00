"""The list and the card: what is found, in which order, what is hidden, in how many queries."""

from datetime import date

import pytest

from pult.clients import actions, providers
from pult.clients.queries import ClientFilters, client_card, client_list
from pult.clients.tests.factories import (
    make_assignment,
    make_client,
    make_contact,
    make_contract,
    make_entity,
    make_line,
)
from pult.kernel.errors import NotVisible
from pult.regulation import registry

pytestmark = pytest.mark.django_db


def listed(user, **filters):
    return [row.name for row in client_list(user, ClientFilters(**filters)).rows]


def test_a_list_filters_by_manager_status_and_tool(cast):
    first = make_client("Ромашка", am=cast.anna)
    make_line(first, tool="seo")
    make_line(make_client("Василёк", am=cast.boris, status="lead"))
    assert listed(cast.vera) == ["Василёк", "Ромашка"]
    assert listed(cast.vera, am=cast.anna.pk) == ["Ромашка"]
    assert listed(cast.vera, status="lead") == ["Василёк"]
    assert listed(cast.vera, tool="seo") == ["Ромашка"]
    assert listed(cast.vera, tool="smm") == []


def test_a_list_sorts_both_ways(cast):
    for name, budget, user in [("А", 1, cast.boris), ("Б", 3, cast.anna), ("В", 2, cast.boris)]:
        make_line(make_client(name, am=user), monthly_budget=budget)
    make_client("Г")
    assert listed(cast.vera, sort="budget") == ["А", "В", "Б", "Г"]
    assert listed(cast.vera, sort="-budget") == ["Б", "В", "А", "Г"]
    assert listed(cast.vera, sort="am") == ["Б", "А", "В", "Г"]
    assert listed(cast.vera, sort="-name") == ["Г", "В", "Б", "А"]
    assert listed(cast.vera, sort="nonsense") == ["А", "Б", "В", "Г"]


def test_a_list_counts_statuses_and_pages(cast):
    for number in range(60):
        make_client(f"Клиент {number:02}", status="client" if number % 3 else "lead")
    page = client_list(cast.vera, ClientFilters(page=2))
    assert (page.total, page.pages, len(page.rows)) == (60, 2, 10)
    assert page.by_status == {"client": 40, "lead": 20}
    beyond = client_list(cast.vera, ClientFilters(page=99, status="lead"))
    assert (beyond.page, beyond.total, len(beyond.rows)) == (1, 20, 20)


def test_a_client_is_found_by_its_payers_number_and_its_person(cast):
    client = actions.create_client(by=cast.anna, name="Ромашковый луг")
    actions.add_entity(by=cast.anna, client_id=client.pk, name="ООО «Поле»", inn="7700000016")
    actions.add_contact(by=cast.anna, client_id=client.pk, name="Ирина Лесная")
    actions.create_client(by=cast.anna, name="Василёк")
    for words in ("ромашковые луга", "7700000016", "лесная ирина", "поле"):
        assert listed(cast.anna, q=words) == ["Ромашковый луг"], words
    assert listed(cast.boris, q="поле") == []


def test_money_is_shown_to_those_who_may_see_it(cast, monkeypatch):
    client = make_client(am=cast.anna)
    make_line(client)
    make_assignment(client, cast.darya, "executor")
    state = providers.MoneyState("soon", "кончаются", 5_00)
    monkeypatch.setattr(providers, "_money_of", [lambda ids: dict.fromkeys(ids, state)])
    monkeypatch.setattr(providers, "_money_having", [lambda code: [client.pk]])
    row = client_list(cast.anna, ClientFilters(money="soon")).rows[0]
    assert (row.budget, row.money) == (100_000_00, state)
    row = client_list(cast.darya, ClientFilters()).rows[0]
    assert (row.budget, row.money) == (None, None)


def test_a_list_takes_few_queries_however_long_it_is(cast, django_assert_max_num_queries):
    for number in range(60):
        make_line(make_client(f"Клиент {number:02}", am=cast.anna))
    with registry.reading():
        registry.current()  # a page asks once, before its queries, whether the regulation changed
        with django_assert_max_num_queries(9):
            client_list(cast.anna, ClientFilters(sort="budget", tool="context"))


def test_a_card_shows_everything_and_what_is_missing(cast, freeze):
    freeze("2026-03-10 12:00")
    client = make_client(am=cast.anna)
    make_entity(client)
    make_contact(client, "Олег", left=True, decides=True)
    contact = make_contact(client, phone="+7 495 100-00-00")
    contact.traits.create(kind="manner", text="любит краткость")
    contract = make_contract(client)
    actions.set_scheme(
        by=cast.vera, contract_id=contract.pk, kind="prepaid", since=date(2026, 1, 1)
    )
    actions.set_scheme(by=cast.vera, contract_id=contract.pk, kind="barter", since=date(2026, 6, 1))
    line = make_line(client, contract=contract)
    actions.pause(
        by=cast.anna,
        client_id=client.pk,
        line_id=line.pk,
        first_day=date(2026, 3, 9),
        last_day=date(2026, 3, 12),
        reason_code="holiday",
    )
    card = client_card(cast.anna, client.pk)
    assert card.header.am == cast.anna.full_name
    assert [person.name for person in card.people] == ["Ирина Лес", "Олег"]
    assert card.people[0].traits[0].text == "любит краткость"
    shown = card.requisites.contracts[0]
    assert (shown.scheme, shown.next_scheme_on) == ("prepaid", date(2026, 6, 1))
    assert card.lines[0].status == "paused"
    assert card.complete.missing[:3] == ("decider", "feed", "contacts")


def test_a_card_hides_traits_from_the_accountant_and_budgets_from_the_executor(cast):
    client = make_client(am=cast.anna)
    make_contact(client).traits.create(kind="manner", text="любит краткость")
    make_line(client)
    make_assignment(client, cast.darya, "executor")
    assert client_card(cast.zhanna, client.pk).people[0].traits == ()
    assert client_card(cast.zhanna, client.pk).lines[0].budget == 100_000_00
    assert client_card(cast.darya, client.pk).lines[0].budget is None


def test_a_foreign_card_does_not_exist(cast):
    with pytest.raises(NotVisible):
        client_card(cast.anna, make_client(am=cast.boris).pk)


def test_a_card_takes_as_many_queries_for_ten_lines_as_for_one(cast, django_assert_max_num_queries):
    client = make_client(am=cast.anna)
    for number in range(10):
        make_line(client, f"Линия {number}")
        make_contact(client, f"Человек {number}")
        make_contract(client, str(number))
    with django_assert_max_num_queries(18):
        client_card(cast.anna, client.pk)
