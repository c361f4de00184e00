"""Анна's client with everything a card can hold; Дарья runs its ads, Глеб sold it."""

from types import SimpleNamespace

import pytest

from pult.clients.actions import add_line
from pult.clients.tests import factories as make


@pytest.fixture
def forest(cast):
    row = make.make_client("Лесная мебель", am=cast.anna, about="Мебель из сосны")
    make.make_assignment(row, cast.darya, "executor")
    make.make_assignment(row, cast.gleb, "sales")
    entity = make.make_entity(row)
    contact = make.make_contact(row, phone="+7 495 100-00-00", decides=True)
    contact.traits.create(kind="reach", text="Не любит звонков до обеда")
    return SimpleNamespace(
        row=row,
        pk=row.pk,
        entity=entity,
        contract=make.make_contract(row, entity=entity),
        contact=contact,
        line=make.make_line(row, monthly_budget=123_456_00),
        planned=add_line(
            by=cast.anna, client_id=row.pk, name="Таргет", tool="target", monthly_budget=65_432_00
        ),
    )
