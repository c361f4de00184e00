"""One payment to one ad account: which lines share it, what it may be, and taking it back."""

from datetime import date

import pytest

from pult.clients.models import OpeningBalance, Wallet
from pult.clients.tests.factories import make_client, make_line
from pult.kernel.errors import BadInput, NotVisible
from pult.kernel.facts import acting
from pult.money.actions import top_ups
from pult.money.actions.top_ups import top_up, top_up_account, void_top_ups
from pult.money.models import TopUp
from pult.money.queries.funds import line_money

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)
NOON = "2026-03-10T09:00:00Z"
AHEAD = {"on": DAY, "reason": "агентство платит вперёд"}


@pytest.fixture(autouse=True)
def _now(freeze):
    freeze("2026-03-10 12:00")


@pytest.fixture
def lines(romashka):
    """`lines("a", "a", "")` → lines of one platform, each of the ad account with that login."""

    def make(*logins):
        for number, login in enumerate(logins):
            wallet = (
                login
                and Wallet.objects.get_or_create(client=romashka, platform="yandex", login=login)[0]
            )
            name = f"Строка {number}"
            yield make_line(romashka, name, platform="yandex", wallet=wallet or None)

    return lambda *logins: list(make(*logins))


@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("a", "")])
def test_lines_of_two_logins_have_two_ad_accounts(zhanna, lines, one, other):
    sums = {line.pk: 100_00 for line in lines(one, other)}
    with pytest.raises(BadInput, match="Строка 1"):
        top_up_account(by=zhanna, sums=sums, **AHEAD)
    assert not TopUp.objects.exists()


@pytest.mark.parametrize("login", ["a", ""])
def test_lines_of_one_login_or_of_none_are_topped_up_together(zhanna, lines, login):
    sums = {line.pk: 100_00 for line in lines(login, login)}
    assert len(top_up_account(by=zhanna, sums=sums, **AHEAD)) == 2


def test_what_one_line_of_an_account_took_is_not_held_for_the_other(zhanna, lines):
    first, second, third = lines("a", "a", "a")
    for line in (first, second):
        OpeningBalance.objects.create(
            client=line.client, line=line, day=DAY, with_agency=500_00, set_by=zhanna, set_at=NOON
        )
    top_up(by=zhanna, line_id=third.pk, amount=400_00, **AHEAD)
    sums = {first.pk: 500_00, second.pk: 500_00}
    with pytest.raises(BadInput, match="Строка 1") as refused:
        top_up_account(by=zhanna, sums=sums, on=DAY)
    assert refused.value.field == "reason"
    assert TopUp.objects.count() == 1
    assert len(top_up_account(by=zhanna, sums=sums | {second.pk: 100_00}, on=DAY)) == 2


def test_the_money_of_many_lines_is_looked_up_once(zhanna, lines, monkeypatch):
    looked = []
    monkeypatch.setattr(
        top_ups, "line_money", lambda *_, **__: looked.append(1) or line_money(*_, **__)
    )
    monkeypatch.setattr(top_ups, "tell_waiting", lambda *_, **__: None)
    sums = {line.pk: 100_00 for line in lines(*"aaaa")}
    assert len(top_up_account(by=zhanna, sums=sums, **AHEAD)) == 4
    assert len(looked) == 1


def test_only_top_ups_of_one_payment_are_taken_back_together(zhanna, lines, anna):
    first, second = lines("a", "a")
    other = make_line(make_client("Пион", am=anna), platform="yandex")
    mine = top_up_account(by=zhanna, sums={first.pk: 100_00, second.pk: 100_00}, **AHEAD)
    foreign = top_up(by=zhanna, line_id=other.pk, amount=100_00, **AHEAD)
    earlier = top_up(
        by=zhanna, line_id=first.pk, amount=100_00, on=date(2026, 3, 9), reason=AHEAD["reason"]
    )
    for stranger in (foreign.pk, earlier.pk):
        with pytest.raises(NotVisible):
            void_top_ups(by=zhanna, top_up_ids=[mine[0].pk, stranger])
    assert not TopUp.objects.exclude(voided_at=None).exists()
    void_top_ups(by=zhanna, top_up_ids=[row.pk for row in mine])
    assert set(TopUp.objects.filter(voided_at=None)) == {foreign, earlier}


def test_the_client_is_locked_before_anything_is_taken_back(zhanna, lines, monkeypatch):
    (line,) = lines("a")
    row, locked = top_up(by=zhanna, line_id=line.pk, amount=100_00, **AHEAD), []
    monkeypatch.setattr(top_ups, "acting", lambda *roots: locked.append(roots) or acting(*roots))
    void_top_ups(by=zhanna, top_up_ids=[row.pk])
    assert locked[0] == (line.client_id,)
