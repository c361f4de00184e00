"""A phone one digit short is told of in words, of whatever country it is."""

import pytest

from pult.clients import actions
from pult.clients.logic.people import phone_problem
from pult.clients.tests.factories import make_client, make_contact
from pult.kernel.errors import BadInput


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("8 903 111 22 3", "russian"),
        ("89031112233", ""),
        ("8903111223", "russian"),
        ("+7 495 100-00-0", "russian"),
        ("+7 495 100-00-00", ""),
        ("495 100-00-00", ""),
        ("831 234-56-78", ""),
        ("8 (831) 234-56-78 доб. 12", ""),
        ("+375 29 111-22-33", ""),
        ("+43 1 58858", ""),
        ("+45 12 34 56", ""),
        ("100-00-00", "short"),
        ("+49 30 1234", ""),
        ("+49 301", "short"),
    ],
)
def test_how_many_digits_a_phone_has(typed, problem):
    assert phone_problem(typed) == problem


@pytest.mark.django_db
def test_a_short_phone_is_refused_and_one_kept_before_is_left_alone(cast):
    firm = make_client(am=cast.anna)
    with pytest.raises(BadInput) as refused:
        actions.add_contact(by=cast.anna, client_id=firm.pk, name="Ян", phone="8 903 111 22 3")
    assert refused.value.field == "phone"
    row = make_contact(firm, phone="100-00-00")
    actions.edit_contact(
        by=cast.anna, contact_id=row.pk, version=1, phone="100-00-00", position="директор"
    )
    row.refresh_from_db()
    assert row.position == "директор"
