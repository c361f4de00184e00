"""Every tab and form of a client, as the people of the cast see them."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from pult.clients.actions import add_line
from pult.clients.tests import factories as make

TABS = ["client", "client_money", "client_lines", "client_people"]
TABS += ["client_requisites", "client_timeline", "client_peek"]


@pytest.fixture
def forest(cast):
    """Анна's client with everything a card can hold; Дарья runs its ads, Глеб sold it."""
    row = make.make_client("Лесная мебель", am=cast.anna, about="Мебель из сосны")
    make.make_assignment(row, cast.darya, "executor")
    make.make_assignment(row, cast.gleb, "sales")
    entity = make.make_entity(row)
    contract = make.make_contract(row, entity=entity)
    contact = make.make_contact(
        row, phone="+7 495 100-00-00", decides=True, traits="Не любит звонков до обеда"
    )
    line = make.make_line(row, contract=contract)
    planned = add_line(
        by=cast.anna, client_id=row.pk, name="Таргет", tool="target", monthly_budget=50_000_00
    )
    return SimpleNamespace(
        row=row, entity=entity, contract=contract, contact=contact, line=line, planned=planned
    )


@pytest.mark.parametrize("name", TABS)
def test_every_tab_opens_for_the_manager(login, cast, forest, name):
    answer = login(cast.anna).get(reverse(name, args=[forest.row.pk]))
    assert answer.status_code == 200
    assert "Лесная мебель" in answer.text
