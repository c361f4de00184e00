"""What a contract's payment schemes say of each of its lines."""

from datetime import date

import pytest

from pult.clients import actions
from pult.clients.tests.factories import make_client, make_contract, make_line
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(cast, freeze):
    freeze("2026-03-10 12:00")
    return make_contract(make_client(am=cast.anna))


def said_of(line):
    facts = Fact.objects.filter(kind="line.scheme", refs__line=line.pk, voided_by=None)
    return [(f.valid_at.date().isoformat(), f.state) for f in facts.order_by("valid_at", "pk")]


def agree(cast, contract, kind, since, **terms):
    actions.set_scheme(by=cast.vera, contract_id=contract.pk, kind=kind, since=since, **terms)


def test_every_line_of_the_contract_hears_of_its_scheme(cast, contract):
    lines = [make_line(contract.client, name, contract=contract) for name in ("Контекст", "SEO")]
    stranger = make_line(contract.client, "Без договора")
    agree(cast, contract, "prepaid", date(2026, 1, 12))
    agree(cast, contract, "postpaid", date(2026, 4, 1), days=10)
    for line in lines:
        assert said_of(line) == [("2026-01-11", "prepaid"), ("2026-03-31", "postpaid")]
    assert said_of(stranger) == []


def test_a_scheme_dated_back_does_not_outlive_the_later_one(cast, contract):
    line = make_line(contract.client, contract=contract)
    agree(cast, contract, "postpaid", date(2026, 3, 1), days=10)
    agree(cast, contract, "barter", date(2026, 2, 1))
    assert [state for _day, state in said_of(line)] == ["barter", "postpaid"]
    assert Fact.objects.filter(kind="line.scheme").count() == 2


def test_a_line_opened_under_a_contract_is_paid_as_the_contract_says(cast, contract):
    agree(cast, contract, "postpaid", date(2026, 2, 1), days=10)
    line = actions.add_line(
        by=cast.anna,
        client_id=contract.client_id,
        name="Контекст",
        tool="context",
        platform="direct",
        contract=contract,
    )
    assert said_of(line) == [("2026-01-31", "postpaid")]


def test_a_line_that_changes_its_contract_forgets_only_what_lay_ahead(cast, contract, freeze):
    agree(cast, contract, "postpaid", date(2026, 2, 1), days=10)
    agree(cast, contract, "barter", date(2026, 5, 1))
    other = make_contract(contract.client, "2")
    agree(cast, other, "instalments", date(2026, 1, 12), parts=3)
    line = make_line(contract.client, contract=contract)
    agree(cast, contract, "trial", date(2026, 6, 1))
    freeze("2026-03-12 12:00")
    actions.edit_line(by=cast.anna, line_id=line.pk, version=1, contract=other)
    assert said_of(line) == [("2026-01-31", "postpaid"), ("2026-03-12", "instalments")]
    agree(cast, other, "fee_only", date(2026, 3, 1))
    assert said_of(line) == [("2026-01-31", "postpaid"), ("2026-03-12", "fee_only")]


def test_a_line_without_a_contract_is_paid_in_advance_again(cast, contract):
    agree(cast, contract, "postpaid", date(2026, 2, 1), days=10)
    line = make_line(contract.client, contract=contract)
    agree(cast, contract, "barter", date(2026, 4, 1))
    actions.edit_line(by=cast.anna, line_id=line.pk, version=1, contract=None)
    assert said_of(line) == [("2026-01-31", "postpaid"), ("2026-03-10", "prepaid")]
