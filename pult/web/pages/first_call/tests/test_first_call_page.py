"""The form of the first call."""

import pytest

from pult.clients.models import FirstCall
from pult.clients.tests.factories import make_client, make_contact, make_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def forest(cast, freeze, pack):
    freeze("2026-03-02 12:00")
    client = make_client("Лес", am=cast.anna)
    make_line(client)
    make_contact(
        client,
        email="i@les.example",
        phone="+7 495 100-00-00",
        position="Директор",
        birthday_day=5,
        birthday_month=3,
    )
    return client


def send(browser, client, act, **form):
    return browser.post(f"/clients/{client.pk}/first-call/{act}/", form)


def test_a_call_is_written_held_and_confirmed(cast, login, forest, within_budget):
    anna = login(cast.anna)
    page = within_budget(anna, "first_call", f"/clients/{forest.pk}/first-call/")
    assert "Шесть целей" in page.text
    told = {"goal": "60 заявок", "aim": ["meet", "goals"], "days": "90", "cost": "100 000"}
    assert send(anna, forest, "hold", **told).status_code == 303
    call = FirstCall.objects.get()
    assert (call.aims, call.days, call.cost) == (["meet", "goals"], 90, 100_000_00)
    assert call.held_by == cast.anna
    assert "60 заявок" in anna.get(f"/clients/{forest.pk}/first-call/").context["page"].summary
    sent = {"version": call.version, "summary": "60 заявок за 90 дней"}
    assert send(anna, forest, "send", **sent).status_code == 303
    said = {"version": call.version + 1, "proof": "Письмо от Ирины", "confirmed": "yes"}
    assert send(anna, forest, "answer", **said).status_code == 303
    assert "Подтвердил" in anna.get(f"/clients/{forest.pk}/first-call/").text


def test_without_a_goal_the_call_is_not_held_and_what_was_typed_stays(cast, login, forest):
    answer = send(login(cast.anna), forest, "hold", goal="", look="Тепло")
    assert answer.status_code == 409
    assert "3.3" in answer.text
    assert "Тепло" in answer.text
    assert FirstCall.objects.get().held_at is None


@pytest.mark.parametrize(("field", "value"), [("days", "скоро"), ("cost", "много")])
def test_a_number_that_is_none_is_refused_in_words(cast, login, forest, field, value):
    answer = send(login(cast.anna), forest, "save", goal="Рост", **{field: value})
    assert answer.status_code == 422


def test_specialists_read_and_do_not_write(cast, login, forest):
    assert send(login(cast.egor), forest, "save", goal="Рост").status_code == 403
    assert login(cast.egor).get(f"/clients/{forest.pk}/first-call/").status_code == 200


def test_a_cost_that_is_no_sum_is_marked_where_it_stands(cast, login, forest):
    answer = send(login(cast.anna), forest, "save", goal="60 заявок", cost="сорок тысяч")
    assert answer.status_code == 422
    assert "поле «Ожидаемая цена»" in answer.text
    field = answer.text.partition('name="cost"')[2].partition(">")[0]
    assert 'aria-invalid="true"' in field
