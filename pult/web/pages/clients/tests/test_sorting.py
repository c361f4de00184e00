"""The list by what is next and by the last contact: in both orders, kept by files and views."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import OuterRef
from django.urls import reverse

from pult.clients.models import Client
from pult.clients.tests.factories import make_client
from pult.comms.actions import log_contact
from pult.comms.queries import last_contact
from pult.kernel import clock
from pult.regulation.evaluate.table import Flag, Mode, State
from pult.regulation.models import Obligation
from pult.regulation.queries.nearest import first_due
from pult.web.models import SavedView

COLUMNS = {"clause": "1", "subject_type": "client", "role": "am", "opened_at": 0, "wake_at": 0}
NAMES = ("Астра", "Береста", "Верба", "Гвоздика")


@pytest.fixture
def four(cast, freeze):
    freeze("2026-05-05 12:00")
    return [make_client(name, am=cast.anna) for name in NAMES]


def owed(client, minute, state=State.OPEN, mode=Mode.VISIBLE, flags=0, key=0):
    Obligation.objects.create(
        **COLUMNS,
        subject_id=client.pk,
        root_id=client.pk,
        row_key=key or minute,
        state=state,
        mode=mode,
        flags=flags,
        due=minute,
        first_seen=0,
        changed_at=0,
    )


def order(person, sort):
    text = person.get(reverse("clients"), {"sort": sort}).text
    body = text[text.index("<tbody>") :]
    return "".join(name[0] for name in sorted(NAMES, key=lambda name: body.index(f">{name}<")))


def test_clients_stand_by_what_is_owed_first_and_those_owed_nothing_come_last(login, cast, four):
    now = clock.to_minute(clock.now())
    astra, beresta, verba, gvozdika = four
    owed(astra, now + 900)
    owed(beresta, now + 500)
    owed(beresta, now - 900, state=State.MET)
    owed(beresta, now - 800, state=State.OVERDUE, flags=Flag.CLOSED)
    owed(verba, now - 60, state=State.OVERDUE)
    owed(verba, now + 2000)
    owed(gvozdika, now - 500, mode=Mode.SHADOW)
    manager = login(cast.anna)
    assert order(manager, "next") == "ВБАГ"
    assert order(manager, "-next") == "АБВГ"


def test_those_nobody_has_talked_to_are_the_longest_without_a_contact(login, cast, four):
    now, call = clock.now(), {"by": cast.anna, "channel": "call", "outcome": "two_way"}
    for client, days in zip(four, (9, 30, 1), strict=False):
        log_contact(**call, client_id=client.pk, at=now - timedelta(days=days))
    log_contact(**call, client_id=four[0].pk, at=now - timedelta(days=90))
    manager = login(cast.anna)
    assert order(manager, "contact") == "ГБАВ"
    assert order(manager, "-contact") == "ВАБГ"


def test_the_columns_can_be_pressed_and_turn_round(login, cast, four):
    manager = login(cast.anna)
    text = manager.get(reverse("clients")).text
    assert 'href="?sort=next"' in text
    assert 'href="?sort=contact"' in text
    text = manager.get(reverse("clients"), {"sort": "next"}).text
    assert 'href="?sort=-next"' in text
    assert 'aria-sort="ascending"' in text
    assert 'name="sort" value="next"' in text


def test_files_and_saved_views_keep_the_order(login, cast, four):
    now = clock.to_minute(clock.now())
    for client, minutes in zip(four, (40, 30, 20, 10), strict=True):
        owed(client, now + minutes)
    manager = login(cast.anna)
    address = reverse("clients_table", args=["csv"])
    table = manager.get(address, {"sort": "next"}).content.decode("utf-8-sig")
    told = [line.split(";")[0] for line in table.splitlines()[1:]]
    assert told == list(reversed(NAMES))
    manager.post(reverse("clients_views"), {"name": "Ближайшее", "query": "sort=next&page=2"})
    assert SavedView.objects.get().query == "sort=next"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by what is there")
def test_both_orders_look_into_an_index_for_each_client(db):
    for key, index in (
        (first_due(OuterRef("pk")), "COVERING INDEX obligation_live (root_id=?"),
        (last_contact(OuterRef("pk")), "INDEX interaction_timeline (client_id=?"),
    ):
        plan = Client.objects.annotate(key=key).order_by("key").values("pk").explain()
        assert index in plan, plan
