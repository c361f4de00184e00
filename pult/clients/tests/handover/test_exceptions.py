"""What the head lets through, and a refusal that tells of everything at once."""

import pytest

from pult.clients import providers
from pult.clients.actions import handover as acts
from pult.clients.models import BankAccount
from pult.clients.tests.factories import make_client
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.models import Fact
from pult.people.actions import set_client_limit
from pult.people.queries import business_day
from pult.regulation.models import Waiver

pytestmark = pytest.mark.django_db


def offer(sale, row):
    return acts.offer_handover(by=sale.cast.gleb, handover_id=row.pk)


def test_the_head_lets_a_handover_without_money_through_and_says_why(sale, freeze):
    """2.2 names who lifts it: until the day, for this handover alone, never the seller."""
    sale.money[0] = (0, 0)
    row = sale.ready()
    told = {"handover_id": row.pk, "parts": ["paid"], "until": business_day()}
    with pytest.raises(Refusal):
        acts.lift_gates(by=sale.cast.gleb, reason="Очень просят", **told)
    for wrong in ({"parts": []}, {"parts": ["zzz"]}, {"reason": " "}):
        with pytest.raises(BadInput):
            acts.lift_gates(**{"by": sale.cast.vera, "reason": "Деньги в пути", **told, **wrong})
    acts.lift_gates(by=sale.cast.vera, reason="Деньги в пути, платёжка есть", **told)
    assert offer(sale, row).state == "offered"
    fact = Fact.objects.get(kind="waiver.granted")
    assert (fact.key, fact.refs["handover"]) == ("2.2", row.pk)
    assert Waiver.objects.get().reason == "Деньги в пути, платёжка есть"


def test_an_exception_that_is_over_lets_nothing_through(sale, freeze):
    sale.money[0] = (0, 0)
    row = sale.ready()
    told = {"handover_id": row.pk, "parts": ["paid"], "until": business_day()}
    acts.lift_gates(by=sale.cast.vera, reason="До вечера", **told)
    freeze("2026-03-12 12:00")
    with pytest.raises(Refusal) as refusal:
        offer(sale, row)
    assert refusal.value.clause == "2.2"


@pytest.mark.parametrize("reader", ["gleb", "vera", "zakhar"])
def test_a_refused_payment_never_sends_the_reader_to_themself(sale, reader, monkeypatch):
    sale.money[0] = (100_000_00, 0)
    bills = [providers.Bill(82, "82", 100_000_00, 0)]
    monkeypatch.setattr(providers, "_bills", [lambda client_id: bills])
    row = sale.ready()
    by = getattr(sale.cast, reader)
    with pytest.raises(Refusal) as refusal:
        acts.offer_handover(by=by, handover_id=row.pk)
    places = {way.place for way in refusal.value.ways}
    assert ("lift" in places) == (reader == "vera")
    assert ("Руководитель" in refusal.value.who) == (reader != "vera")


def test_the_limit_is_told_beside_everything_else_that_lacks(sale):
    make_client("Лес", am=sale.cast.anna)
    set_client_limit(clients=1, user=sale.cast.anna, by=sale.cast.vera)
    sale.money[0] = (0, 0)
    row = sale.ready()
    BankAccount.objects.all().delete()
    with pytest.raises(Refusal) as refusal:
        offer(sale, row)
    for told in ("2.2", "2.13", "предел 1"):
        assert told in refusal.value.cure
    assert "handover_new" in {way.page for way in refusal.value.ways}
