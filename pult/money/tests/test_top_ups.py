"""П.1: a client's ad money at the agency asks for a top-up once, of its own sum."""

from datetime import date

import pytest

from pult.clients.models import ServiceLine
from pult.clients.tests.factories import make_line, make_user
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.models import Fact
from pult.money.actions import top_ups
from pult.money.actions.settlement import give_back, settle
from pult.money.actions.top_ups import tell_waiting, top_up, top_up_account, void_top_up
from pult.money.actions.unsettling import unsettle
from pult.money.models import BankDocument, MoneyWait, SpendDay, TopUp
from pult.money.queries import held_at_agency, money_waiting, top_ups_of_today
from pult.money.tests.factories import Document, arrive, live, make_invoice, outgoing, share
from pult.regulation import editions, registry
from pult.regulation.evaluate.table import Mode, State
from pult.regulation.models import Obligation
from pult.regulation.modes import install_modes

pytestmark = pytest.mark.django_db
NET = 1_000_00


@pytest.fixture(autouse=True)
def _asked(freeze):
    """П.1 is on; a Tuesday at noon."""
    freeze("2026-03-10 12:00")
    editions.sync()
    registry.forget()
    install_modes(Mode.VISIBLE, date(2019, 1, 1))
    registry.forget()


@pytest.fixture
def bill(romashka, line):
    return make_invoice(romashka, "15", (line, 1_220_00))


def paid(zhanna, bill, amount=1_220_00, **fields):
    """The client's payment, settled by hand; returns the document."""
    purpose = f"Оплата по счету {bill.number}"
    (document,) = arrive(zhanna, Document(amount, purpose, **fields), sha=f"{amount}{fields}")
    if BankDocument.objects.get(pk=document).match == BankDocument.Match.UNSETTLED:
        settle(by=zhanna, document_id=document, shares=[share(bill, amount)])
    return document


def rows(line):
    return list(
        Obligation.objects.filter(clause="П.1", subject_id=line.pk)
        .order_by("pk")
        .values_list("state", flat=True)
    )


def test_a_payment_asks_to_top_up_its_sum_without_vat(zhanna, bill, line):
    paid(zhanna, bill)
    assert money_waiting([line.pk]) == {line.pk: NET}
    assert rows(line) == [State.OPEN]


def test_a_top_up_of_the_money_closes_the_row(zhanna, bill, line):
    paid(zhanna, bill)
    top_up(by=zhanna, line_id=line.pk, amount=NET, on=date(2026, 3, 10))
    assert rows(line) == [State.MET]
    assert money_waiting([line.pk]) == {}


def test_a_part_moved_leaves_the_rest_asked(zhanna, bill, line):
    paid(zhanna, bill)
    top_up(by=zhanna, line_id=line.pk, amount=400_00, on=date(2026, 3, 10))
    assert rows(line) == [State.OPEN]
    assert money_waiting([line.pk]) == {line.pk: 600_00}


def test_a_top_up_that_came_before_the_statement_asks_nothing(zhanna, bill, line, freeze):
    top_up(by=zhanna, line_id=line.pk, amount=NET, on=date(2026, 3, 10), reason="обещали платёж")
    freeze("2026-03-13 17:00")
    paid(zhanna, bill)
    assert (rows(line), money_waiting([line.pk])) == ([], {})


def test_a_top_up_of_the_payment_s_own_day_logged_later_closes_the_row(zhanna, bill, line, freeze):
    freeze("2026-03-13 17:00")
    paid(zhanna, bill)
    assert rows(line) == [State.OPEN]
    top_up(by=zhanna, line_id=line.pk, amount=NET, on=date(2026, 3, 10))
    assert rows(line) == [State.MET]


def test_money_spent_before_it_came_asks_nothing(zhanna, bill, line):
    SpendDay.objects.create(
        source="direct", campaign="1", day=date(2026, 3, 9), line=line, cost=5_000_00
    )
    paid(zhanna, bill)
    assert (rows(line), money_waiting([line.pk])) == ([], {})


def test_money_of_a_fee_asks_for_no_top_up(zhanna, bill, line):
    bill.lines.update(purpose="fee")
    paid(zhanna, bill)
    assert rows(line) == []


def test_money_given_back_asks_nothing_more(zhanna, bill, romashka, line):
    paid(zhanna, bill)
    (back,) = arrive(zhanna, outgoing(1_220_00, "Возврат"), sha="back")
    give_back(by=zhanna, document_id=back, client_id=romashka.pk, shares=[share(bill, 1_220_00)])
    assert rows(line) == [State.VOID]


def test_a_settlement_taken_back_asks_nothing_more(zhanna, bill, line):
    document = paid(zhanna, bill)
    unsettle(by=zhanna, document_id=document)
    assert rows(line) == [State.VOID]


def test_the_next_payment_is_a_row_of_its_own(zhanna, bill, romashka, line, freeze):
    paid(zhanna, bill)
    top_up(by=zhanna, line_id=line.pk, amount=NET, on=date(2026, 3, 10))
    freeze("2026-03-11 12:00")
    paid(zhanna, make_invoice(romashka, "16", (line, 2_440_00)), 2_440_00)
    assert rows(line) == [State.MET, State.OPEN]
    assert money_waiting([line.pk]) == {line.pk: 2 * NET}


def test_a_top_up_on_one_line_of_a_shared_account_covers_the_other(zhanna, bill, romashka, line):
    from pult.clients.models import Wallet

    other = make_line(romashka, "РСЯ")
    wallet = Wallet.objects.create(client=romashka, platform="direct", login="demo")
    for one in (line, other):
        type(one).objects.filter(pk=one.pk).update(wallet=wallet)
    second = make_invoice(romashka, "16", (other, 1_220_00))
    paid(zhanna, bill)
    paid(zhanna, second, number="2")
    assert money_waiting([line.pk, other.pk]) == {line.pk: NET, other.pk: NET}
    top_up(by=zhanna, line_id=line.pk, amount=2 * NET, on=date(2026, 3, 10), reason="кабинет общий")
    assert money_waiting([line.pk, other.pk]) == {}


def test_more_than_the_agency_holds_wants_a_reason(zhanna, bill, line):
    paid(zhanna, bill)
    with pytest.raises(BadInput) as told:
        top_up(by=zhanna, line_id=line.pk, amount=NET + 1, on=date(2026, 3, 10))
    assert told.value.field == "reason"
    top_up(by=zhanna, line_id=line.pk, amount=NET + 1, on=date(2026, 3, 10), reason="аванс")
    assert TopUp.objects.get().reason == "аванс"


def test_an_absurd_sum_is_refused_whatever_the_reason(zhanna, bill, line):
    paid(zhanna, bill)
    with pytest.raises(Refusal):
        top_up(
            by=zhanna, line_id=line.pk, amount=999_999_999_00, on=date(2026, 3, 10), reason="надо"
        )
    assert not TopUp.objects.exists()


def test_an_absurd_sum_is_refused_in_parts_too(zhanna, bill, line, freeze):
    ServiceLine.objects.filter(pk=line.pk).update(monthly_budget=0)
    paid(zhanna, bill)
    day = date(2026, 3, 10)
    top_up(by=zhanna, line_id=line.pk, amount=NET + 60_000_00, on=day, reason="аванс")
    first = TopUp.objects.get()
    for on in (day, date(2026, 2, 20)):
        with pytest.raises(Refusal, match="уже"):
            top_up(by=zhanna, line_id=line.pk, amount=40_000_01, on=on, reason="ещё")
    top_up(by=zhanna, line_id=line.pk, amount=40_000_00, on=day, reason="ещё")
    void_top_up(by=zhanna, top_up_id=first.pk)
    top_up(by=zhanna, line_id=line.pk, amount=60_000_00, on=day, reason="вместо первого")
    freeze("2026-04-10 12:00")
    top_up(by=zhanna, line_id=line.pk, amount=90_000_00, on=date(2026, 4, 10), reason="новый месяц")
    assert TopUp.objects.filter(voided_at=None).count() == 3


def test_a_top_up_of_tomorrow_is_not_taken(zhanna, bill, line):
    paid(zhanna, bill)
    with pytest.raises(BadInput):
        top_up(by=zhanna, line_id=line.pk, amount=NET, on=date(2026, 3, 11))


def test_a_top_up_older_than_sixty_days_is_not_taken(zhanna, bill, line):
    paid(zhanna, bill)
    with pytest.raises(BadInput) as told:
        top_up(by=zhanna, line_id=line.pk, amount=NET, on=date(2026, 1, 8))
    assert told.value.field == "on"
    assert top_up(by=zhanna, line_id=line.pk, amount=NET, on=date(2026, 1, 9)).pk


def test_a_top_up_logged_by_mistake_is_taken_back_and_its_row_burns_again(zhanna, bill, line):
    paid(zhanna, bill)
    row = top_up(by=zhanna, line_id=line.pk, amount=NET, on=date(2026, 3, 10))
    for _twice in range(2):
        void_top_up(by=zhanna, top_up_id=row.pk)
    fact = Fact.objects.get(kind="line.topped_up")
    assert Fact.objects.filter(kind="void", voids=fact).count() == 1
    assert rows(line) == [State.OPEN]
    assert held_at_agency([line.pk]) == {line.pk: NET}


def test_whoever_logged_a_top_up_takes_it_back_the_same_day_alone(anna, zhanna, bill, line, freeze):
    paid(zhanna, bill)
    row = top_up(by=anna, line_id=line.pk, amount=NET, on=date(2026, 3, 10))
    assert [one.id for one in top_ups_of_today(anna)] == [row.pk]
    boris = make_user("Борис", "am")
    with pytest.raises(NotVisible):
        void_top_up(by=boris, top_up_id=row.pk)
    freeze("2026-03-11 10:00")
    with pytest.raises(Refusal):
        void_top_up(by=anna, top_up_id=row.pk)
    void_top_up(by=zhanna, top_up_id=row.pk)
    assert top_ups_of_today(anna) == ()


def test_what_was_told_is_told_once_and_a_lost_row_is_told_anew(zhanna, bill, line):
    paid(zhanna, bill)
    tell_waiting()
    assert live("line.money_waits").count() == 1
    MoneyWait.objects.all().delete()
    tell_waiting()
    assert (rows(line), money_waiting([line.pk])) == ([State.OPEN], {line.pk: NET})


def waits():
    return list(live("line.money_waits").order_by("pk").values_list("state", flat=True))


def test_money_moved_while_the_job_looked_is_not_asked_for_again(zhanna, bill, line, meanwhile):
    paid(zhanna, bill)
    MoneyWait.objects.update(amount=1_00)  # what was told is behind what is known
    moved = {"by": zhanna, "line_id": line.pk, "amount": NET, "on": date(2026, 3, 10)}
    meanwhile(top_ups, lambda: top_up(**moved))
    tell_waiting()
    assert waits() == ["waits", "moved"]
    assert MoneyWait.objects.get().state == "moved"
    assert rows(line) == [State.MET]


def test_of_two_jobs_at_once_one_tells_that_money_waits(zhanna, bill, line, meanwhile):
    paid(zhanna, bill)
    MoneyWait.objects.all().delete()
    before = len(waits())
    meanwhile(top_ups, tell_waiting)
    tell_waiting()
    assert len(waits()) == before + 1


def test_many_lines_are_told_in_one_transaction_each_chunk(zhanna, bill, line, monkeypatch):
    paid(zhanna, bill)
    MoneyWait.objects.all().delete()
    before = len(waits())
    monkeypatch.setattr(top_ups, "AT_ONCE", 0)
    monkeypatch.setattr(top_ups, "_keep", lambda rows: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        tell_waiting()
    assert len(waits()) == before


@pytest.mark.parametrize("reason", ["\u200b", "я" * 201])
def test_the_reason_of_a_top_up_is_one_that_can_be_kept_and_read(zhanna, bill, line, reason):
    paid(zhanna, bill)
    day = date(2026, 3, 10)
    with pytest.raises(BadInput) as refused:
        top_up(by=zhanna, line_id=line.pk, amount=NET + 1_00, on=day, reason=reason)
    assert refused.value.field == "reason"
    assert not TopUp.objects.exists()


def test_a_line_on_no_platform_has_nothing_to_top_up_and_is_told_so(zhanna, line, romashka):
    seo = make_line(romashka, "Продвижение", tool="seo", platform="")
    for sums in ({seo.pk: NET}, {line.pk: NET, seo.pk: NET}):
        with pytest.raises(BadInput, match="Продвижение") as refused:
            top_up_account(by=zhanna, sums=sums, on=date(2026, 3, 10))
        assert (refused.value.field, bool(refused.value.cure)) == ("line", True)
    other = make_line(romashka, "Соцсети", platform="vk")
    with pytest.raises(BadInput, match="Соцсети"):
        top_up_account(by=zhanna, sums={line.pk: NET, other.pk: NET}, on=date(2026, 3, 10))
    assert not TopUp.objects.exists()
