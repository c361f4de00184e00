"""An entry taken back: what a person types about it can be erased, unlike a fact."""

import pytest

from pult.clients.tests.factories import make_client
from pult.comms import actions
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db


def test_why_an_entry_was_taken_back_lies_in_the_note_that_can_be_erased(cast):
    client = make_client(am=cast.anna)
    row = actions.log_contact(
        by=cast.anna, client_id=client.pk, channel="call", outcome="two_way", note="О бюджете"
    )
    entry = {"client_id": client.pk, "interaction_id": row.pk}
    actions.void_contact(by=cast.anna, **entry, reason="Звонила Забава, не Ирина")
    assert "Забава" not in str(Fact.objects.get(kind="void").payload)
    row.refresh_from_db()
    assert row.note == "О бюджете\nЗвонила Забава, не Ирина"
    actions.erase_note(by=cast.anna, **entry)
    row.refresh_from_db()
    assert (row.note, row.voided_at is None) == ("", False)
