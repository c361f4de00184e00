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


def test_erased_words_do_not_come_back_from_a_form_opened_before(world, anna, login):
    row = Interaction.objects.get()
    entry = [world.forest.pk, row.pk]
    correct, erase = (reverse(f"contact_{n}", args=entry) for n in ("correction", "note_erasure"))
    opened = anna.get(correct).context["page"].values
    assert login(world.cast.vera).post(erase).status_code == 303
    assert login(world.cast.anna).post(correct, opened).status_code == 409
    assert Interaction.objects.get().note == ""


@pytest.mark.parametrize("act", ["taken_back", "note_erasure", "correction"])
def test_an_entry_has_no_page_under_another_client(world, anna, act):
    row = Interaction.objects.get()
    for other in (world.clinic.pk, 99999, 2**63):
        sent = {"version": "1", "channel": "call", "outcome": "light"}
        address = reverse(f"contact_{act}", args=[other, row.pk])
        assert anna.post(address, sent).status_code == 404
    kept = Interaction.objects.get()
    assert (kept.version, kept.voided_at, kept.note) == (1, None, "Пишу о личном")
