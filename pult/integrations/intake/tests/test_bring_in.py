"""A client moved in after its spend: the spend finds it, and lets go of it when it is undone."""

from datetime import date

import pytest

from pult.clients.actions import movein
from pult.clients.models import Client, ServiceLine
from pult.clients.tests.factories import make_client, make_line
from pult.clients.tests.moving import COLUMNS, MAPPING, rows
from pult.integrations.intake.clients import bring_in
from pult.kernel.models import Fact
from pult.money.models import LineForecast, SpendDay
from pult.money.queries import untied_campaigns
from pult.money.tests.spend_world import Row, history, load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(freeze):
    freeze("2026-03-11 12:00")


@pytest.fixture
def batch(cast):
    batch, _preview = movein.start_import(
        by=cast.vera,
        file_name="clients.xlsx",
        columns=COLUMNS,
        rows=rows(),
        mapping=MAPPING,
        go_live=date(2026, 3, 1),
        balance_day=date(2026, 2, 28),
    )
    return batch


def test_a_campaign_named_by_the_move_in_takes_the_spend_that_was_there(cast, batch):
    load(cast.darya, Row(date(2026, 3, 10), 500_00, "11"), Row(date(2026, 3, 10), 7_00))
    assert {one.campaign_id for one in untied_campaigns(cast.vera)} == {"11", "100"}
    bring_in(batch.pk, polite=False)
    assert [one.campaign_id for one in untied_campaigns(cast.vera)] == ["100"]
    line = ServiceLine.objects.get(name="Поиск")
    assert SpendDay.objects.get(campaign="romashka/11").line == line
    assert Fact.objects.get(kind="spend.loaded", root_id=line.client_id).value == 500_00
    assert LineForecast.objects.filter(line=line, current=True).exists()


def test_days_of_another_line_are_left_to_people(cast, batch):
    load(cast.darya, Row(date(2026, 3, 9), 1_00, "11"), Row(date(2026, 3, 10), 1_00, "11"))
    other = make_line(make_client("Мак"))
    SpendDay.objects.filter(day=date(2026, 3, 9)).update(line=other)
    bring_in(batch.pk, polite=False)
    owners = dict(SpendDay.objects.values_list("day", "line"))
    assert owners == {date(2026, 3, 9): other.pk, date(2026, 3, 10): None}


def test_what_pult_did_by_itself_does_not_hold_an_undo_back(cast, batch):
    bring_in(batch.pk, polite=False)
    load(cast.darya, *(Row(one.day, one.cost_kopecks, "11") for one in history(30)))
    client = Client.objects.get(name="Ромашка")
    assert Fact.objects.filter(root_id=client.pk, kind="line.funds_end").exists()
    report = movein.undo_import(by=cast.vera, batch_id=batch.pk)
    assert (report.undone, report.kept) == (2, ())
    assert not Client.objects.exists()
    assert set(SpendDay.objects.values_list("line", flat=True)) == {None}
    assert not Fact.objects.filter(root_id=client.pk, voided_by=None).exclude(kind="void").exists()
