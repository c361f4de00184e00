"""The agency's own fields: typed values, retired fields, two people at once."""

import pytest

from pult.clients import actions
from pult.clients.models import CustomValue
from pult.clients.queries.custom import client_custom, custom_fields
from pult.clients.tests.factories import make_client
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(cast):
    return make_client(am=cast.anna)


def own(cast, kind, **told):
    return actions.add_custom_field(by=cast.vera, name=f"Поле {kind}", kind=kind, **told)


def write(who, firm, field, typed, version=0):
    actions.set_custom_values(
        by=who, client_id=firm.pk, values={field.pk: typed}, versions={field.pk: version}
    )


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", " Опт ", "Опт"),
        ("number", "12 500", "12500"),
        ("number", "-3", "-3"),
        ("day", "2026-05-01", "2026-05-01"),
        ("choice", "Б", "Б"),
        ("yes", True, "1"),
    ],
)
def test_a_value_is_kept_by_the_kind_of_its_field(cast, firm, kind, typed, kept):
    field = own(cast, kind, options="А\nБ" if kind == "choice" else "")
    write(cast.anna, firm, field, typed)
    assert client_custom(cast.anna, firm.pk)[0].value == kept
    assert Fact.objects.get(kind="client.edited").payload == {"fields": ["custom"]}


@pytest.mark.parametrize(
    ("kind", "typed"), [("number", "много"), ("number", "1.5"), ("day", "31.02"), ("choice", "В")]
)
def test_a_value_of_another_kind_is_refused_at_its_field(cast, firm, kind, typed):
    field = own(cast, kind, options="А\nБ" if kind == "choice" else "")
    with pytest.raises(BadInput) as problem:
        write(cast.anna, firm, field, typed)
    assert problem.value.field == f"custom_{field.pk}"
    assert not CustomValue.objects.exists()


def test_a_choice_has_options_and_a_name_is_taken_once(cast, firm):
    with pytest.raises(BadInput):
        own(cast, "choice", options="Одна\nОдна\n")
    own(cast, "text")
    with pytest.raises(BadInput):
        own(cast, "text")


def test_the_second_of_two_is_told_what_the_first_wrote(cast, firm):
    field = own(cast, "text")
    write(cast.vera, firm, field, "Опт")
    with pytest.raises(Conflict) as problem:
        write(cast.anna, firm, field, "Розница")
    assert "Опт" in str(problem.value.message)
    write(cast.anna, firm, field, "Розница", version=2)
    assert client_custom(cast.anna, firm.pk)[0].value == "Розница"


def test_a_retired_field_is_asked_no_more_and_keeps_its_values(cast, firm):
    field = own(cast, "text")
    write(cast.anna, firm, field, "Опт")
    actions.edit_custom_field(by=cast.vera, field_id=field.pk, version=1, closed=True)
    assert client_custom(cast.anna, firm.pk) == ()
    assert custom_fields()[0].used == 1


def test_a_manager_chooses_no_fields_and_writes_no_foreign_values(cast, firm):
    with pytest.raises(Refusal):
        actions.add_custom_field(by=cast.anna, name="Х", kind="text")
    field = own(cast, "text")
    with pytest.raises(NotVisible):
        write(cast.boris, firm, field, "Х")
