import pytest

from pult.clients.actions import assign
from pult.comms.models import Interaction
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(world, login):
    sent = {"channel": "call", "outcome": "attempt", "note": "Не берут трубку"}
    login(world.cast.anna).post(f"/clients/{world.forest.pk}/contacts/", sent)
    return Interaction.objects.get()


@pytest.fixture
def path(world, entry):
    return f"/clients/{world.forest.pk}/contacts/{entry.pk}/correction/"


def standing() -> list[str]:
    told = Fact.objects.filter(kind="contact.logged", voided_by=None)
    return list(told.values_list("state", flat=True))


def test_the_author_corrects_how_it_went_and_the_facts_follow(world, login, entry, path):
    anna = login(world.cast.anna)
    assert path in anna.get(f"/clients/{world.forest.pk}/contacts/").text
    shown = anna.get(path).context["page"].values
    assert (shown["outcome"], shown["note"]) == ("attempt", "Не берут трубку")
    sent = shown | {"outcome": "two_way", "note": "Перезвонили сами", "direction": "in"}
    assert anna.post(path, sent).status_code == 303
    row = Interaction.objects.get()
    assert (row.outcome, row.note, row.direction) == ("two_way", "Перезвонили сами", "in")
    assert row.at == entry.at, "the minute shown is no new moment"
    assert standing() == ["two_way"]


def test_a_moment_is_corrected_in_the_reader_s_own_time(world, login, entry, path):
    anna = login(world.cast.anna)
    sent = anna.get(path).context["page"].values | {"at": "2026-05-04T18:30"}
    assert anna.post(path, sent).status_code == 303
    assert Interaction.objects.get().at.isoformat() == "2026-05-04T15:30:00+00:00"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"channel": "pigeon"}, "Выберите, как говорили и чем кончилось"),
        ({"outcome": ""}, "Выберите, как говорили и чем кончилось"),
        ({"direction": "sideways"}, "Выберите из предложенного"),
        ({"channel": "meeting", "outcome": "two_way", "note": " "}, "После встречи остаются итоги"),
        ({"at": "2026-05-06T12:00"}, "Это ещё впереди"),
        ({"at": "0001-01-01T00:00"}, "слишком далёк"),
        ({"at": "1999-12-31T23:59"}, "слишком далёк"),
        ({"at": "9999-12-31T23:59"}, "слишком далёк"),
        ({"at": "вчера"}, "Выберите день и время"),
        ({"version": "x"}, "Выберите из предложенного"),
    ],
)
def test_what_cannot_be_corrected_is_said_and_nothing_is_written(
    world, login, entry, path, change, words
):
    anna = login(world.cast.anna)
    sent = anna.get(path).context["page"].values | change
    answer = anna.post(path, sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert Interaction.objects.get().version == entry.version


def test_two_corrections_at_once_do_not_both_win(world, login, entry, path):
    anna, vera = login(world.cast.anna), login(world.cast.vera)
    anna = login(world.cast.anna)
    seen = anna.get(path).context["page"].values
    anna.post(path, seen | {"note": "Обсудили смету"})
    vera = login(world.cast.vera)
    answer = vera.post(path, seen | {"note": "Иначе"})
    assert answer.status_code == 409
    assert "Иначе" in answer.text
    assert Interaction.objects.get().note == "Обсудили смету"


def test_a_colleague_s_entry_is_corrected_by_the_head_alone(world, login, entry, path):
    assign(by=world.cast.vera, client_id=world.forest.pk, user=world.cast.gleb, role="sales")
    gleb = login(world.cast.gleb)
    assert path not in gleb.get(f"/clients/{world.forest.pk}/contacts/").text
    assert gleb.get(path).status_code == 409
    assert gleb.post(path, {"channel": "call", "outcome": "light"}).status_code == 409
    assert login(world.cast.vera).get(path).status_code == 200
    assert login(world.cast.boris).get(path).status_code == 404


def test_an_entry_that_was_taken_back_is_not_corrected(world, login, entry, path):
    anna = login(world.cast.anna)
    anna.post(f"/clients/{world.forest.pk}/contacts/{entry.pk}/undo/")
    assert anna.get(path).status_code == 409
    assert anna.post(path, {"channel": "call", "outcome": "light"}).status_code == 409
