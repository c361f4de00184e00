"""A birthday without its year, with it, and with a year somebody only presumes (2.16)."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from pult.clients import actions
from pult.clients.models import Contact
from pult.clients.queries.traits import people_and_traits
from pult.clients.tests.factories import make_client
from pult.kernel.errors import BadInput
from pult.kernel.facts import kinds
from pult.regulation.language.pack import load_pack
from pult.regulation.pack_path import default_pack

pytestmark = pytest.mark.django_db
SEPTEMBER = {"birthday_day": 15, "birthday_month": 9}


@pytest.fixture
def firm(cast, freeze):
    freeze("2026-03-02 12:00")
    return make_client(am=cast.anna)


def add(cast, firm, **born):
    return actions.add_contact(by=cast.anna, client_id=firm.pk, name="Ирина Лес", **born)


@pytest.mark.parametrize(
    ("born", "russian", "english"),
    [
        ({}, "15 сентября, год неизвестен", "15 September, the year is unknown"),
        ({"birthday_year": 1980}, "15 сентября 1980", "15 September 1980"),
        (
            {"birthday_year": 1980, "birthday_presumed": True},
            "15 сентября 1980, год предположительно",
            "15 September 1980, the year is presumed",
        ),
    ],
)
def test_a_birthday_is_honest_about_its_year_2_16(cast, firm, born, russian, english):
    add(cast, firm, **SEPTEMBER, **born)
    shown = {}
    for language in ("ru", "en"):
        with override(language):
            person = people_and_traits(cast.anna, firm.pk)[0]
            shown[language] = person.birthday.replace("\N{NO-BREAK SPACE}", " ")
    assert shown == {"ru": russian, "en": english}
    assert load_pack(default_pack(), kinds()).card("2.16").kind == "definition"


def test_a_leap_birthday_needs_no_year_and_only_a_leap_one_fits(cast, firm):
    leap = {"birthday_day": 29, "birthday_month": 2}
    row = add(cast, firm, **leap)
    with pytest.raises(BadInput) as problem:
        actions.edit_contact(by=cast.anna, contact_id=row.pk, version=1, **leap, birthday_year=1981)
    assert problem.value.field == "birthday_year"
    actions.edit_contact(by=cast.anna, contact_id=row.pk, version=1, **leap, birthday_year=1980)


@pytest.mark.parametrize("year", [1880, 2027])
def test_a_year_nobody_can_be_born_in_is_refused(cast, firm, year):
    with pytest.raises(BadInput):
        add(cast, firm, **SEPTEMBER, birthday_year=year)


def test_without_a_year_nothing_is_presumed(cast, firm):
    row = add(cast, firm, **SEPTEMBER, birthday_year=1980, birthday_presumed=True)
    actions.edit_contact(
        by=cast.anna,
        contact_id=row.pk,
        version=1,
        **SEPTEMBER,
        birthday_year=None,
        birthday_presumed=True,
    )
    assert not Contact.objects.get().birthday_presumed
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.update(birthday_presumed=True)
