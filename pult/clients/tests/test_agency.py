"""The agency's own entities: who keeps them, what leaves a fact, which VAT a day has."""

from datetime import date

import pytest

from pult.clients import actions
from pult.clients.models import OwnEntity, OwnVat
from pult.clients.queries import agency, own_entities, own_vat_on
from pult.clients.tests.factories import make_own_account, make_own_entity, make_user
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["anna", "vera", "gleb", "darya", "egor"])
def test_the_agency_s_requisites_are_kept_by_few(cast, who):
    entity, person = make_own_entity(), getattr(cast, who)
    with pytest.raises(Refusal):
        actions.add_own_entity(by=person, name="ООО «Пульт»")
    with pytest.raises(Refusal):
        actions.edit_own_entity(by=person, entity_id=entity.pk, version=1, name="Другое")
    with pytest.raises(Refusal):
        actions.set_own_vat(by=person, entity_id=entity.pk, vat="5", since=date(2026, 1, 1))
    with pytest.raises(Refusal):
        actions.add_own_account(by=person, account="40702810500000000001")
    with pytest.raises(Refusal):
        actions.edit_own_account(by=person, account_id=make_own_account().pk, closed=True)


def test_it_may_enter_the_agency_before_there_is_an_accountant(db):
    actions.add_own_entity(by=make_user("Иван", "it"), name="ООО «Пульт»")
    assert Fact.objects.get(kind="agency.entity").role == "it"


def test_each_day_has_the_vat_said_of_it_and_a_second_word_replaces_the_first(cast):
    entity = make_own_entity(vat="none")
    said = {"by": cast.zhanna, "entity_id": entity.pk}
    actions.set_own_vat(**said, vat="7", since=date(2026, 1, 1))
    actions.set_own_vat(**said, vat="5", since=date(2026, 1, 1))
    actions.set_own_vat(**said, vat="standard", since=date(2027, 1, 1))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2027, 1, 1)]
    assert [own_vat_on(entity, day) for day in days] == ["none", "5", "standard"]
    assert OwnVat.objects.count() == 2
    assert agency(date(2026, 5, 1)).entities[0].vat == OwnEntity.Vat.FIVE.label
    with pytest.raises(BadInput):
        actions.set_own_vat(**said, vat="22", since=date(2027, 1, 1))
    with pytest.raises(BadInput):
        actions.set_own_vat(**said, vat="5", since=date(1999, 1, 1))


def test_an_entity_no_longer_used_is_not_offered(cast):
    entity = make_own_entity()
    actions.edit_own_entity(by=cast.zhanna, entity_id=entity.pk, version=1, closed=True)
    assert own_entities() == []
    assert agency(date(2026, 5, 1)).entities[0].row.closed


def test_nothing_changed_leaves_no_fact(cast):
    entity, account = make_own_entity(), make_own_account()
    actions.edit_own_entity(by=cast.zhanna, entity_id=entity.pk, version=1, name=entity.name)
    actions.edit_own_account(by=cast.zhanna, account_id=account.pk, closed=False)
    actions.add_own_account(by=None, account=account.account)
    assert not Fact.objects.filter(kind__startswith="agency").exists()


def test_an_account_of_nobody_s_entity_is_refused(cast):
    with pytest.raises(NotVisible):
        actions.add_own_account(by=cast.zhanna, account="40702810500000000001", entity_id=77)
