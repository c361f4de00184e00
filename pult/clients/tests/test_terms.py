"""Contracts, dated payment schemes, payers and the agency's own requisites."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from pult.clients import actions
from pult.clients.models import OwnAccount, PaymentScheme
from pult.clients.queries import payer_index, same_payer, scheme_on, schemes_of_lines
from pult.clients.tests.factories import (
    make_client,
    make_contract,
    make_entity,
    make_line,
    make_own_entity,
)
from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(cast):
    return make_contract(make_client(am=cast.anna))


def test_a_scheme_holds_until_the_next_one_begins(cast, contract):
    set_scheme = {"by": cast.vera, "contract_id": contract.pk}
    actions.set_scheme(**set_scheme, kind="prepaid", since=date(2026, 1, 1))
    actions.set_scheme(
        **set_scheme, kind="postpaid", since=date(2026, 4, 1), days=10, limit=500_000_00
    )
    line = make_line(contract.client, contract=contract)
    assert scheme_on(contract.pk, date(2025, 12, 31)) is None
    assert scheme_on(contract.pk, date(2026, 3, 31)).kind == "prepaid"
    later = schemes_of_lines([line.pk], date(2026, 4, 1))[line.pk]
    assert (later.kind, later.days, later.limit) == ("postpaid", 10, 500_000_00)
    facts = Fact.objects.filter(kind="contract.scheme").order_by("pk")
    assert [(f.state, f.payload) for f in facts] == [
        ("prepaid", {}),
        ("postpaid", {"days": 10, "limit": 500_000_00}),
    ]


def test_two_schemes_do_not_begin_on_one_day(cast, contract):
    new_year = date(2026, 1, 1)
    actions.set_scheme(by=cast.vera, contract_id=contract.pk, kind="prepaid", since=new_year)
    with pytest.raises(BadInput):
        actions.set_scheme(
            by=cast.vera, contract_id=contract.pk, kind="barter", since=date(2026, 1, 1)
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentScheme.objects.create(
            contract=contract,
            kind="barter",
            since=date(2026, 1, 1),
            set_by=cast.vera,
            set_at=clock.now(),
        )


@pytest.mark.parametrize(("kind", "field"), [("postpaid", "days"), ("instalments", "parts")])
def test_a_scheme_says_what_it_needs(cast, contract, kind, field):
    with pytest.raises(BadInput) as problem:
        actions.set_scheme(by=cast.vera, contract_id=contract.pk, kind=kind, since=date(2026, 1, 1))
    assert problem.value.field == field


@pytest.mark.parametrize("who", ["anna", "gleb", "darya"])
def test_terms_of_payment_are_not_the_managers_to_change(cast, contract, who):
    with pytest.raises(Refusal):
        actions.set_scheme(
            by=getattr(cast, who), contract_id=contract.pk, kind="trial", since=date(2026, 1, 1)
        )


def test_a_foreign_contract_does_not_exist(cast, contract):
    with pytest.raises(NotVisible):
        actions.edit_contract(by=cast.boris, contract_id=contract.pk, version=1, number="2")


def test_a_contract_names_its_own_clients_payer(cast, contract):
    stranger = make_entity(make_client("Василёк", am=cast.anna))
    with pytest.raises(BadInput) as problem:
        actions.edit_contract(by=cast.anna, contract_id=contract.pk, version=1, entity=stranger)
    assert problem.value.field == "entity"


def test_the_same_payer_twice_at_one_client_is_refused_at_another_only_noticed(cast):
    first, second = make_client(am=cast.anna), make_client("Василёк", am=cast.boris)
    numbers = {"name": "ООО «Луг»", "inn": "7700000016", "kpp": "770001001"}
    actions.add_entity(by=cast.anna, client_id=first.pk, **numbers)
    with pytest.raises(BadInput) as problem:
        actions.add_entity(by=cast.anna, client_id=first.pk, **numbers)
    assert problem.value.field == "inn"
    actions.add_entity(by=cast.boris, client_id=second.pk, **numbers)
    assert same_payer(cast.zhanna, "7700000016", besides=second.pk) == ["Ромашка"]
    assert same_payer(cast.boris, "7700000016", besides=second.pk) == ["—"]


def test_two_editors_of_a_payer_do_not_overwrite_each_other(cast):
    entity = make_entity(make_client(am=cast.anna))
    actions.edit_entity(by=cast.anna, entity_id=entity.pk, version=1, address="Москва")
    with pytest.raises(Conflict):
        actions.edit_entity(by=cast.zhanna, entity_id=entity.pk, version=1, address="Тверь")


def test_a_third_party_pays_for_a_client_on_certain_days(cast):
    client = make_client(am=cast.anna)
    alias = actions.add_payer_alias(
        by=cast.anna, client_id=client.pk, inn="7700000016", since=date(2026, 1, 1)
    )
    actions.end_payer_alias(
        by=cast.anna, client_id=client.pk, alias_id=alias.pk, last_day=date(2026, 6, 30)
    )
    assert payer_index(date(2026, 6, 30)).third_by_inn == {"7700000016": {client.pk}}
    assert payer_index(date(2026, 7, 1)).third_by_inn == {}


def test_a_third_party_is_known_by_something(cast):
    client = make_client(am=cast.anna)
    with pytest.raises(BadInput):
        actions.add_payer_alias(by=cast.anna, client_id=client.pk, name="Сосед")


def test_a_client_not_posted_yet_receives_no_money():
    make_entity(make_client("Тень", staged=True))
    assert payer_index(date(2026, 1, 1)).by_inn == {}


def test_an_account_met_in_a_statement_gets_its_entity_later(cast):
    actions.add_own_account(by=None, account="40702810500000000001")
    entity = make_own_entity()
    actions.add_own_account(by=cast.zhanna, account="40702810500000000001", entity_id=entity.pk)
    assert OwnAccount.objects.get().entity == entity


@pytest.mark.parametrize("who", ["anna", "gleb", "darya", "egor"])
def test_the_agencys_requisites_are_kept_by_accountant_head_and_director(cast, who):
    with pytest.raises(Refusal):
        actions.add_own_entity(by=getattr(cast, who), name="ООО «Пульт»")
