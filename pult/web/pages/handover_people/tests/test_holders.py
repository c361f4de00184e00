"""Whose name stands at a row: a miss stays with whoever missed it."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from pult.clients.actions import handover as acts
from pult.clients.tests.factories import make_client
from pult.web.holders import answered_by

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 12, 12, tzinfo=ZoneInfo("Europe/Moscow"))


def row(number, client, due, *, is_breach):
    return SimpleNamespace(id=number, root_id=client.pk, role="am", due=due, is_breach=is_breach)


def test_what_was_missed_before_a_handover_stands_under_the_giver_s_name(cast, pack, freeze):
    freeze("2026-03-12 12:00")
    client = make_client("Лес", am=cast.anna)
    acts.hand_over_urgently(
        by=cast.vera, giver=cast.anna, shares={client.pk: cast.boris}, reason="urgent", all_of=1
    )
    freeze("2026-03-13 12:00")
    missed = row(1, client, NOW - timedelta(days=2), is_breach=True)
    ahead = row(2, client, NOW + timedelta(days=2), is_breach=False)
    since = row(3, client, NOW + timedelta(hours=20), is_breach=True)
    names = answered_by([missed, ahead, since])
    assert names == {1: "Анна Берёзова", 2: "Борис Ветров", 3: "Борис Ветров"}
