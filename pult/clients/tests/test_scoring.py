"""How complete a card is: counted in the act itself, the same every night."""

from datetime import date

import pytest

from pult.clients import actions
from pult.clients.logic.completeness import PARTS
from pult.clients.models import Client
from pult.clients.scoring import ASKED, complete_of, rescore_all
from pult.clients.tests.factories import make_client

pytestmark = pytest.mark.django_db


def test_every_part_of_a_card_is_asked_of_the_database():
    assert set(ASKED) == {*PARTS, "bought"}


def test_an_act_counts_its_card_at_once(cast):
    client = actions.create_client(by=cast.anna, name="Ромашка", status="client")
    row = Client.objects.get()
    assert "goal" in row.gaps.split(",")
    before = row.complete
    actions.add_aim(by=cast.anna, client_id=client.pk, kind="long", text="Втрое за три года")
    row.refresh_from_db()
    assert "goal" not in row.gaps.split(",")
    assert row.complete > before
    assert rescore_all() == 0


def test_the_night_finds_what_grew_old(cast, freeze):
    freeze("2026-01-10 12:00")
    client = make_client(am=cast.anna)
    actions.judge_solvency(by=cast.zhanna, client_id=client.pk, grade="good")
    assert "solvency" not in complete_of(client.pk).missing
    freeze("2026-07-20 00:10")
    assert rescore_all() == 1
    assert "solvency" in Client.objects.get().gaps.split(",")


def test_a_whole_card_has_no_gaps(cast, freeze):
    freeze("2026-03-10 12:00")
    client = actions.create_client(by=cast.anna, name="Ромашка", status="client")
    actions.edit_client(by=cast.anna, client_id=client.pk, version=1, folder="//клиенты/ромашка")
    actions.add_contact(
        by=cast.anna,
        client_id=client.pk,
        name="Ирина",
        position="владелец",
        phone="+7 495 100-00-00",
        email="i@romashka.ru",
        decides=True,
        birthday_day=5,
        birthday_month=3,
    )
    actions.add_entity(by=cast.anna, client_id=client.pk, name="ООО", inn="7707083893")
    actions.add_contract(by=cast.anna, client_id=client.pk, number="1", signed_on=date(2026, 3, 1))
    actions.add_line(by=cast.anna, client_id=client.pk, name="SEO", tool="seo")
    for kind in ("business", "product", "market", "promotion", "payment", "documents", "reporting"):
        actions.write_block(by=cast.anna, client_id=client.pk, kind=kind, version=0, text="Да")
    for kind in ("site", "need"):
        actions.add_aim(by=cast.anna, client_id=client.pk, kind=kind, text="Заявки")
    actions.judge_solvency(by=cast.anna, client_id=client.pk, grade="fair")
    for kind in ("account", "relation"):
        actions.make_plan(
            by=cast.anna, client_id=client.pk, kind=kind, text="План", review_on=date(2026, 6, 1)
        )
    row = Client.objects.get()
    assert (row.gaps, row.complete) == ("", 100)
