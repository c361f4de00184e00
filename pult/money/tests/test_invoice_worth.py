"""What a sent invoice is good for: an agency's fee adds no ad money, so 5.3 goes on asking."""

from datetime import date

import pytest

from pult.clients.actions import pause
from pult.clients.tests.factories import make_client, make_line, make_own_entity
from pult.money.actions.invoices import (
    Wanted,
    cancel_invoice,
    issue_invoice,
    request_invoice,
    send_invoice,
)
from pult.money.models import InvoiceLine
from pult.regulation import editions, registry
from pult.regulation.evaluate.table import Mode, State
from pult.regulation.models import Obligation
from pult.regulation.modes import install_modes
from pult.regulation.tests.world import tell
from pult.regulation.worker import nightly

pytestmark = pytest.mark.django_db

AD_MONEY, FEE = InvoiceLine.Purpose.AD_MONEY, InvoiceLine.Purpose.FEE


@pytest.fixture(autouse=True)
def own(db, freeze):
    freeze("2026-03-11 12:00")
    return make_own_entity()


@pytest.fixture
def line(cast):
    editions.sync()
    install_modes(Mode.VISIBLE, date(2019, 1, 1))
    registry.forget()
    line = make_line(make_client(am=cast.anna))
    tell("client.status", root=line.client_id, at="2026-03-02 12:00", state="client")
    tell(
        "line.funds_end",
        root=line.client_id,
        line=line.pk,
        day="2026-03-27",
        key="opening",
        at="2026-03-11 11:00",
    )
    tell("spend.loaded", root=line.client_id, line=line.pk, day="2026-03-10", at="2026-03-11 10:00")
    return line


def send(cast, line, *purposes):
    wanted = [Wanted(line_id=line.pk, amount=10_000_00, purpose=one) for one in purposes]
    asked = request_invoice(by=cast.anna, client_id=line.client_id, lines=wanted)
    issued = issue_invoice(by=cast.zhanna, invoice_id=asked.pk, version=asked.version)
    return send_invoice(by=cast.anna, invoice_id=issued.pk, version=issued.version, channel="email")


def state_of(clause):
    return State(Obligation.objects.get(clause=clause).state)


def test_an_invoice_for_the_fee_alone_leaves_the_ad_money_to_be_asked_for(cast, line):
    send(cast, line, FEE)
    assert state_of("5.3") == State.OPEN
    send(cast, line, AD_MONEY, FEE)
    assert state_of("5.3") == State.MET
    assert nightly(polite=False).drift == 0


def test_a_fee_does_not_stand_in_for_ad_money_whose_invoice_is_cancelled(cast, line):
    bill = send(cast, line, AD_MONEY)
    send(cast, line, FEE)
    cancel_invoice(by=cast.zhanna, invoice_id=bill.pk, version=bill.version, reason_code="wrong")
    assert state_of("5.3") == State.OPEN


def test_ad_money_sent_later_stands_in_for_what_is_cancelled(cast, line):
    bill = send(cast, line, AD_MONEY)
    send(cast, line, AD_MONEY)
    cancel_invoice(by=cast.zhanna, invoice_id=bill.pk, version=bill.version, reason_code="wrong")
    assert state_of("5.3") == State.MET


def test_who_rests_over_the_day_of_the_invoice_is_not_asked_for_one_that_month(cast, line, freeze):
    assert state_of("5.1") == State.OPEN
    rest = {"first_day": date(2026, 3, 23), "last_day": date(2026, 3, 27)}
    pause(by=cast.anna, client_id=line.client_id, reason_code="holiday", **rest)
    for moment in ("2026-03-26 12:00", "2026-03-30 12:00"):
        freeze(moment)
        nightly(polite=False)
        assert not Obligation.objects.filter(clause="5.1", state=State.OVERDUE).exists()
