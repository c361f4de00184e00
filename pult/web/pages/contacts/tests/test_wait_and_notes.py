"""A wait is ended and the words of a note are erased on the log of contacts."""

import pytest
from django.urls import reverse

from pult.comms.actions import log_contact
from pult.comms.models import Interaction
from pult.comms.queries import awaited_since
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(world, login):
    """Анна has asked the client and waits."""
    asked = {"channel": "mail", "outcome": "attempt", "note": "Пишу о личном", "asked": True}
    log_contact(by=world.cast.anna, client_id=world.forest.pk, **asked)
    return login(world.cast.anna)


def test_a_wait_is_shown_and_ended(world, anna):
    client = world.forest.pk
    log, end = (reverse(name, args=[client]) for name in ("client_contacts", "client_wait_end"))
    assert end in anna.get(log).text
    assert anna.post(end)["Location"] == log
    assert awaited_since(client) is None
    assert end not in anna.get(log).text


def test_the_author_erases_the_words_and_no_fact_keeps_them(world, anna):
    row = Interaction.objects.get()
    log = reverse("client_contacts", args=[world.forest.pk])
    erase = reverse("contact_note_erasure", args=[world.forest.pk, row.pk])
    assert erase in anna.get(log).text
    assert anna.post(erase).status_code == 303
    assert "о личном" not in anna.get(log).text
    assert not any("личном" in str(fact.payload) for fact in Fact.objects.all())
