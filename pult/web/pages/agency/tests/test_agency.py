"""The agency's own requisites on pages: entered, corrected, dated, and who may."""

from datetime import date

import pytest
from django.urls import reverse

from pult.clients.models import OwnAccount, OwnEntity, OwnVat
from pult.clients.tests.factories import make_own_account, make_own_entity
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db
NEW = {
    "name": "ООО «Свой пульт»",
    "country": "RU",
    "inn": "7707 083 893",
    "kpp": "773601001",
    "vat": "standard",
    "signatory": "Директор З. Лунин",
}


@pytest.fixture(autouse=True)
def _now(freeze):
    freeze("2026-03-10 12:00")


@pytest.fixture
def entity():
    return make_own_entity(inn="7707083893", kpp="773601001")


def told(kind):
    rows = Fact.objects.filter(kind=kind, root_id=0).order_by("pk")
    return [(fact.actor, fact.state, fact.payload.get("fields")) for fact in rows]


def test_an_empty_agency_says_what_to_do_first(login, cast):
    assert "Внесите его один раз" in login(cast.zhanna).get(reverse("agency")).text
    assert reverse("agency_entity_new") not in login(cast.vera).get(reverse("agency")).text


@pytest.mark.parametrize("who", ["zhanna", "zakhar"])
def test_a_legal_entity_is_entered_with_checked_numbers(login, cast, who):
    person = login(getattr(cast, who))
    wrong = person.post(reverse("agency_entity_new"), {**NEW, "inn": "7707083892"})
    assert wrong.status_code == 422
    assert "не сходится" in wrong.text or "ифра" in wrong.text
    assert person.post(reverse("agency_entity_new"), NEW).status_code == 303
    row = OwnEntity.objects.get()
    assert (row.inn, row.signatory) == ("7707083893", NEW["signatory"])
    [(actor, _state, fields)] = told("agency.entity")
    assert actor == getattr(cast, who)
    assert "inn" in fields


def test_the_same_legal_entity_is_not_entered_twice(login, cast, entity):
    answer = login(cast.zhanna).post(reverse("agency_entity_new"), NEW)
    assert answer.status_code == 422
    assert "уже есть" in answer.text


def test_two_who_edit_one_entity_do_not_overwrite_each_other(login, cast, entity, later):
    address, zhanna = reverse("agency_entity", args=[entity.pk]), login(cast.zhanna)
    mine = {**NEW, "version": 1, "address": "Тверь"}
    assert zhanna.post(address, mine).status_code == 303
    assert zhanna.post(address, {**mine, "address": "Клин"}).status_code == 409
    entity.refresh_from_db()
    assert entity.address == "Тверь"
    assert told("agency.entity")[0][2] == ["address", "name", "signatory"]


def test_vat_changes_from_a_day_on_and_is_shown_with_its_days(login, cast, entity, within_budget):
    zhanna = login(cast.zhanna)
    said = {"vat": "5", "since": "2026-07-01"}
    assert zhanna.post(reverse("agency_vat", args=[entity.pk]), said).status_code == 303
    assert OwnVat.objects.get().since == date(2026, 7, 1)
    assert told("agency.vat") == [(cast.zhanna, "5", None)]
    item = within_budget(zhanna, "agency", reverse("agency")).context["page"].entities[0].item
    assert item.vat == OwnEntity.Vat.STANDARD.label
    assert [since for since, _words in item.vats] == [None, date(2026, 7, 1)]


def test_an_account_is_checked_with_its_bank(login, cast, entity):
    address, zhanna = reverse("agency_account_new", args=[entity.pk]), login(cast.zhanna)
    wrong = {"account": "40702810900000000001", "bik": "044525225"}
    assert zhanna.post(address, wrong).status_code == 422
    assert not OwnAccount.objects.exists()
    assert zhanna.get(reverse("agency_check"), wrong).context["page"].wrong
    right = {"account": "40702810200000000001", "bik": "044525225", "bank": "Банк"}
    assert zhanna.post(address, right).status_code == 303
    assert OwnAccount.objects.get().entity == entity
    assert told("agency.account")[0][2] == ["account", "bank", "bik", "entity"]


def test_an_account_from_a_statement_is_given_its_owner_and_closed(login, cast, entity):
    row, zhanna = make_own_account(), login(cast.zhanna)
    assert row.account in zhanna.get(reverse("agency")).text
    address = reverse("agency_account", args=[row.pk])
    assert zhanna.post(address, {"entity": entity.pk, "closed": "on"}).status_code == 303
    row.refresh_from_db()
    assert (row.entity, row.closed) == (entity, True)
    assert told("agency.account")[0][2] == ["closed", "entity"]


def test_what_is_not_there_is_404(login, cast):
    for name in ("agency_entity", "agency_vat", "agency_account_new", "agency_account"):
        assert login(cast.zhanna).get(reverse(name, args=[77])).status_code == 404
