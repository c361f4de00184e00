"""Requisites on entry: what cannot be right is named, with what it may have been."""

import pytest

from pult.clients import actions
from pult.clients.actions import movein
from pult.clients.models import LegalEntity
from pult.clients.tests.factories import make_client, make_entity
from pult.kernel.errors import BadInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_(cast):
    return make_client(am=cast.anna)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("inn", "7700000017"),
        ("inn", "77000"),
        ("kpp", "12"),
        ("ogrn", "1027700000009"),
        ("ogrn", "304770000000000"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused_by_field(cast, client_, field, value):
    with pytest.raises(BadInput) as problem:
        actions.add_entity(by=cast.anna, client_id=client_.pk, name="ООО", **{field: value})
    assert problem.value.field == field
    assert not LegalEntity.objects.exists()


def test_a_slip_is_guessed(cast, client_):
    with pytest.raises(BadInput) as problem:
        actions.add_entity(by=cast.anna, client_id=client_.pk, name="ООО", inn="7700000061")
    assert "7700000016" in str(problem.value.cure)


def test_spaces_are_forgiven(cast, client_):
    entity = actions.add_entity(
        by=cast.anna, client_id=client_.pk, name="ООО", inn="77 0000 0016", ogrn="1027700000008"
    )
    assert entity.inn == "7700000016"


def test_other_countries_have_other_numbers(cast, client_):
    belarus = {"name": "ОДО", "country": "BY", "inn": "200988541"}
    assert actions.add_entity(by=cast.anna, client_id=client_.pk, **belarus).inn == "200988541"
    with pytest.raises(BadInput):
        actions.add_entity(by=cast.anna, client_id=client_.pk, **{**belarus, "inn": "7700000016"})
    elsewhere = {"name": "GmbH", "country": "--", "inn": "DE1"}
    actions.add_entity(by=cast.anna, client_id=client_.pk, **elsewhere)


def test_an_edit_is_checked_too(cast, client_):
    entity = make_entity(client_)
    with pytest.raises(BadInput):
        actions.edit_entity(by=cast.anna, entity_id=entity.pk, version=1, inn="7700000017")


def test_an_account_agrees_with_its_bank(cast, client_):
    entity = make_entity(client_)
    account = {"by": cast.anna, "entity_id": entity.pk, "bik": "044525000"}
    actions.add_account(**account, account="40702810900000000001")
    with pytest.raises(BadInput) as problem:
        actions.add_account(**account, account="40702810800000000001")
    assert problem.value.field == "account"
    with pytest.raises(BadInput) as problem:
        actions.add_account(
            by=cast.anna, entity_id=entity.pk, bik="12", account="40702810900000000001"
        )
    assert problem.value.field == "bik"


def test_an_import_names_the_row_with_a_wrong_number(cast):
    columns = ["Клиент", "ИНН", "Р/с", "БИК"]
    preview = movein.preview_import(
        by=cast.vera,
        columns=columns,
        rows=[
            (2, ["Ромашка", "7700000061", "", ""]),
            (3, ["Василёк", "7700000023", "40702810800000000001", "044525000"]),
            (4, ["Мак", "7700000030", "40702810900000000001", "044525000"]),
        ],
        mapping={"client": 0, "inn": 1, "account": 2, "bik": 3},
    )
    assert [(error.line, error.field) for error in preview.errors] == [(2, "inn"), (3, "account")]
    assert preview.errors[0].column == "ИНН"
    assert "7700000016" in preview.errors[0].cure
    assert [made.name for made in preview.plans] == ["Мак"]
