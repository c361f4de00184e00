"""The page of who conducts a client."""

import pytest
from django.urls import reverse

from pult.clients.actions.replacing import ask_replacement, set_demand
from pult.clients.actions.room import set_weight
from pult.clients.models import ReplacementAsk
from pult.clients.queries.handover.choosing import takers
from pult.clients.tests.factories import make_client
from pult.people.actions import set_client_limit, set_strengths

pytestmark = pytest.mark.django_db


@pytest.fixture
def forest(cast):
    client = make_client("Лес", am=cast.anna)
    set_demand(
        by=cast.anna, client_id=client.pk, version=0, risk=None, creativity=3, strictness=None
    )
    set_strengths(user=cast.boris, kinds=["creative"], by=cast.vera)
    return client


def test_a_head_sees_who_fits_and_why_and_a_manager_sees_no_colleague(login, cast, forest):
    address = reverse("client_manager", args=[forest.pk])
    text = login(cast.vera).get(address).content.decode()
    assert "Идеи и творчество" in text
    assert "отвечает: творческая работа" in text
    assert "не отмечено: творческая работа" in text
    own = login(cast.anna).get(address).content.decode()
    assert "Борис" not in own
    work = login(cast.vera).get(reverse("handover_person", args=[cast.anna.pk])).content.decode()
    assert "просит: творческая работа" in work


def test_a_load_is_told_by_weight_wherever_somebody_is_chosen(login, cast, forest):
    set_client_limit(clients=9, user=None, by=cast.vera)
    second = make_client("Ясный день", am=cast.boris)
    set_weight(client_id=second.pk, hundredths=150, by=cast.vera)
    vera = login(cast.vera)
    assert "1,5 из 9 по весу" in vera.get(reverse("client_manager", args=[forest.pk])).text
    hands = vera.get(reverse("handover_person", args=[cast.anna.pk])).text
    assert "сейчас 1,5 по весу, предел 9" in hands
    assert "клиентов по весу: 1,5 из 9" in dict(takers())[cast.boris.pk]


def test_a_request_goes_from_the_manager_to_the_head_and_into_a_handover(login, cast, forest):
    said = {"asked_by": "Алла", "reason": "Не слышит", "asked_on": ""}
    answer = login(cast.anna).post(reverse("client_replacement", args=[forest.pk]), said)
    assert answer.status_code == 303
    ask = ReplacementAsk.objects.get()
    assert "Лес" in login(cast.vera).get(reverse("handovers")).content.decode()
    assert login(cast.anna).get(reverse("handovers")).context["page"].asks == ()
    decide = reverse("client_replacement_answer", args=[forest.pk, ask.pk])
    lacking = {"answer": "keep", "decision": "Недоразумение", "told": ""}
    refused = login(cast.vera).post(decide, lacking)
    assert refused.status_code == 422
    assert "Недоразумение" in refused.content.decode()
    yes = {"answer": "replace", "decision": "Да", "receiver": str(cast.boris.pk)}
    assert login(cast.vera).post(decide, yes).status_code == 303
    text = login(cast.anna).get(reverse("client_manager", args=[forest.pk])).content.decode()
    assert "К передаче" in text


def test_a_request_of_another_client_is_not_decided_from_here(login, cast, forest):
    other = make_client("Окна", am=cast.boris)
    ask = ask_replacement(by=cast.boris, client_id=other.pk, asked_by="А", reason="Б")
    decide = reverse("client_replacement_answer", args=[forest.pk, ask.pk])
    said = {"answer": "keep", "decision": "Нет", "told": "Нет"}
    assert login(cast.vera).post(decide, said).status_code == 404
    assert ReplacementAsk.objects.get().state == "open"


def test_the_head_ticks_strengths_on_the_page_of_the_person(login, cast, forest):
    address = reverse("person_strengths", args=[cast.anna.pk])
    assert login(cast.vera).post(address, {"strength": ["bold", "order"]}).status_code == 303
    text = login(cast.vera).get(reverse("person", args=[cast.anna.pk])).content.decode()
    assert text.count("checked") == 2
    assert "strength-bold" not in (
        login(cast.boris).get(reverse("person", args=[cast.anna.pk])).content.decode()
    )
    assert login(cast.vera).post(address, {"strength": "faith"}).status_code == 422
