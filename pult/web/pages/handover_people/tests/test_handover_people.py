"""Everything of one person: a proposal by load, begun in good time or moved at once."""

import pytest

from pult.clients.access import holder
from pult.clients.models import Handover, OutsideAccess
from pult.clients.tests.factories import make_client, make_user
from pult.people.actions import note_export
from pult.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(cast, freeze, pack):
    freeze("2026-03-02 12:00")
    make_client("Занят", am=cast.boris)
    make_user("Галина", "am")
    return [make_client(name, am=cast.anna) for name in ("Лес", "Поле")]


def place(cast):
    return f"/handovers/people/{cast.anna.pk}/"


def test_clients_are_proposed_to_whoever_has_least(cast, login, clients, within_budget):
    page = within_budget(login(cast.vera), "handover_person", place(cast)).context["page"]
    galina = User.objects.get(full_name="Галина").pk
    assert [one.value for one in page.choices] == [str(galina), str(cast.boris.pk)]


def test_the_head_begins_for_chosen_clients(cast, login, clients):
    sent = {f"to-{clients[0].pk}": cast.boris.pk, f"to-{clients[1].pk}": "", "reason": "load"}
    answer = login(cast.vera).post(f"{place(cast)}acts/begin/", sent)
    assert answer.status_code == 303
    assert Handover.objects.get().client == clients[0]
    page = login(cast.vera).get(place(cast)).context["page"]
    assert [one.client.name for one in page.choices if not one.is_going] == ["Поле"]


def test_a_refusal_keeps_what_was_chosen(cast, login, clients):
    sent = {f"to-{one.pk}": cast.darya.pk for one in clients} | {"reason": "load"}
    answer = login(cast.vera).post(f"{place(cast)}acts/begin/", sent)
    assert answer.status_code == 422
    assert [one.value for one in answer.context["page"].choices] == [str(cast.darya.pk)] * 2


def test_everything_moves_at_once(cast, login, clients):
    sent = {f"to-{one.pk}": cast.boris.pk for one in clients}
    sent |= {"reason": "dismissal", "all_of": 2}
    vera = login(cast.vera)
    assert vera.post(f"{place(cast)}acts/urgent/", sent).status_code == 303
    assert holder(clients[0].pk, "am") == cast.boris
    assert not User.objects.get(pk=cast.anna.pk).is_active


def test_accesses_and_files_taken_are_listed(cast, login, clients):
    note_export(by=cast.anna, what="clients", rows=120)
    vera = login(cast.vera)
    sent = {"name": "Рекламный кабинет", "level": "owner"}
    assert vera.post(f"{place(cast)}acts/note_access/", sent).status_code == 303
    page = vera.get(place(cast))
    assert "Рекламный кабинет" in page.text
    assert "120" in page.text
    access = OutsideAccess.objects.get()
    assert vera.post(f"{place(cast)}acts/close_access/", {"access": access.pk}).status_code == 303
    assert "Рекламный кабинет" not in vera.get(place(cast)).text


def test_a_client_there_is_none_of_is_no_choice(cast, login, clients):
    sent = {"to-99999": cast.boris.pk, "reason": "load"}
    answer = login(cast.vera).post(f"{place(cast)}acts/begin/", sent)
    assert answer.status_code == 422
    assert "None" not in str(answer.context["page"].problem)
