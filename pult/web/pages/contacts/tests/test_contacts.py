import pytest

from pult.clients.tests.factories import make_contact
from pult.comms.models import Interaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(world):
    return f"/clients/{world.forest.pk}/contacts/"


def test_two_taps_note_a_call_and_the_row_leaves_the_day(world, login, path, later):
    anna = login(world.cast.anna)
    assert "Два разговора в неделю" in anna.get("/").content.decode()
    sent = {"channel": "call", "outcome": "two_way", "next": "/"}
    for client in (world.forest, world.clinic):
        for _ in range(2):
            answer = anna.post(f"/clients/{client.pk}/contacts/", sent)
            later()
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert Interaction.objects.count() == 4
    assert "Два разговора в неделю" not in anna.get("/").content.decode()


def test_a_contact_is_dated_back_in_the_reader_s_own_time(world, login, path):
    sent = {"channel": "mail", "outcome": "attempt", "at": "2026-05-04T18:30", "note": "Ждём"}
    login(world.cast.anna).post(path, sent)
    row = Interaction.objects.get()
    assert (row.at.isoformat(), row.note) == ("2026-05-04T15:30:00+00:00", "Ждём")


@pytest.mark.parametrize(
    "sent",
    [
        {"channel": "call"},
        {"channel": "pigeon", "outcome": "two_way"},
        {"channel": "call", "outcome": "two_way", "at": "2026-05-06T12:00"},
        {"channel": "call", "outcome": "two_way", "at": "вчера"},
        {"channel": "call", "outcome": "two_way", "person": "999999"},
        {"channel": "call", "outcome": "two_way", "person": "Ирина"},
        {"channel": "call", "outcome": "two_way", "direction": "sideways"},
        {"channel": "call", "outcome": "two_way", "at": "1970-01-01T12:00"},
        {"channel": "call", "outcome": "two_way", "at": "9999-12-31T23:59"},
        {"channel": "meeting", "outcome": "two_way"},
    ],
)
def test_what_cannot_be_noted_is_said_at_once_and_nothing_is_written(world, login, path, sent):
    answer = login(world.cast.anna).post(path, {**sent, "note": ""})
    assert answer.status_code == 422
    assert not Interaction.objects.exists()


def test_a_contact_of_a_dialog_stays_there_with_what_is_wrong_and_what_was_typed(
    world, login, path
):
    anna, person = login(world.cast.anna), make_contact(world.forest)
    in_dialog = {"HX-Request": "true", "HX-Target": "act"}
    assert f'hx-post="{path}" hx-target="#act"' in anna.get(path, headers=in_dialog).text
    sent = {"channel": "meeting", "outcome": "two_way", "next": "/?view=all", "asked": "on"}
    sent |= {"direction": "in", "person": str(person.pk)}
    answer = anna.post(path, sent, headers=in_dialog)
    assert answer.status_code == 422
    assert "<html" not in answer.text
    assert "После встречи остаются итоги" in answer.text
    assert answer.text.count(" checked") == 4
    answer = anna.post(path, sent | {"note": "Обсудили май"}, headers=in_dialog)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/?view=all")
    assert Interaction.objects.get().note == "Обсудили май"


def test_an_entry_is_taken_back_and_stays_readable(world, login, path):
    anna = login(world.cast.anna)
    anna.post(path, {"channel": "call", "outcome": "two_way"})
    row = Interaction.objects.get()
    assert anna.post(f"{path}{row.pk}/undo/").status_code == 303
    row.refresh_from_db()
    assert row.voided_at is not None
    assert "<del>" in anna.get(path).content.decode()


def test_another_department_logs_its_own_and_awaits_nothing(world, login, path):
    zhanna = login(world.cast.zhanna)
    text = zhanna.get(path).content.decode()
    assert 'name="outcome"' in text
    assert 'name="asked"' not in text
    assert zhanna.post(path, {"channel": "call", "outcome": "two_way"}).status_code == 303
    assert login(world.cast.boris).get(path).status_code == 404


def test_the_form_in_place_is_a_part_of_the_same_page(world, login, path):
    answer = login(world.cast.anna).get(path, headers={"HX-Request": "true", "HX-Target": "act"})
    text = answer.content.decode()
    assert "<html" not in text
    assert text.count('name="outcome"') == 3


def test_the_form_offers_the_channel_used_last_with_this_client(world, login, path):
    anna = login(world.cast.anna)
    assert 'value="call" checked' in anna.get(path).content.decode()
    anna.post(path, {"channel": "messenger", "outcome": "two_way"})
    assert 'value="messenger" checked' in anna.get(path).content.decode()
    assert 'value="meeting" checked' in anna.get(f"{path}?channel=meeting").content.decode()
