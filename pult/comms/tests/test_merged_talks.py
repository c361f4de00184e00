"""Talks of a card that became a part of another are read under the living one."""

import pytest

from pult.clients import actions
from pult.clients.models import Merge
from pult.clients.tests.factories import make_client
from pult.comms.actions import log_contact
from pult.comms.queries import contact_log, latest_contacts

pytestmark = pytest.mark.django_db


def test_talks_of_a_merged_card_are_read_under_the_living_one(cast, freeze):
    freeze("2026-03-02 12:00")
    firm = make_client("Ромашка", am=cast.anna)
    double = make_client("Ромашка 2", am=cast.anna)
    for client, note in ((firm, "Первый"), (double, "Второй")):
        log_contact(by=cast.anna, client_id=client.pk, channel="call", outcome="two_way", note=note)

    def told():
        return {one.note for one in contact_log(cast.anna, firm.pk)}

    actions.merge_clients(by=cast.vera, kept_id=firm.pk, gone_id=double.pk)
    assert told() == {"Первый", "Второй"}
    assert len(latest_contacts(cast.anna, firm.pk, 5)) == 2
    actions.undo_merge(by=cast.vera, kept_id=firm.pk, merge_id=Merge.objects.get().pk)
    assert told() == {"Первый"}
