import pytest

from pult.clients.actions import release
from pult.regulation.actions import dispute
from pult.regulation.models import Dispute

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(world):
    return dispute(
        obligation_id=world.row("5.3").pk, proof="Счёт ушёл вчера", by=world.cast.anna, role="am"
    )


def test_a_head_reads_the_proof_and_decides(world, login, opened, within_budget):
    vera = login(world.cast.vera)
    assert "Счёт ушёл вчера" in within_budget(vera, "disputes", "/disputes/").text
    path = f"/disputes/{opened.pk}/decision/"
    assert vera.post(path, {"decision": "upheld", "answer": " "}).status_code == 422
    assert vera.post(path, {"decision": "upheld", "answer": "Вижу письмо"}).status_code == 303
    assert Dispute.objects.get().decision == "upheld"
    assert vera.post(path, {"decision": "rejected", "answer": "поздно"}).status_code == 409
    assert "Вижу письмо" in vera.get("/disputes/").content.decode()


def test_nobody_decides_a_dispute_of_their_own(world, login):
    own = dispute(obligation_id=world.row("5.3").pk, proof="Это моё", by=world.cast.vera)
    vera = login(world.cast.vera)
    assert 'name="decision"' not in vera.get("/disputes/").content.decode()
    sent = {"decision": "upheld", "answer": "да"}
    assert vera.post(f"/disputes/{own.pk}/decision/", sent).status_code == 422


def test_the_answer_reaches_whoever_disputed(world, login, opened):
    path = f"/disputes/{opened.pk}/decision/"
    sent = {"decision": "rejected", "answer": "Письма нет во входящих"}
    login(world.cast.vera).post(path, sent)
    anna = login(world.cast.anna)
    for place in ("/", "/disputes/", f"/obligations/{world.row('5.3').pk}/why/"):
        assert "Письма нет во входящих" in anna.get(place).content.decode()
    assert "Письма нет" not in login(world.cast.boris).get("/disputes/").content.decode()


def test_an_act_disputed_at_once_is_decided_at_once(world, login):
    row = world.row("5.3")
    sent = {"proof": "Счёт ушёл вчера"}
    login(world.cast.anna).post(f"/obligations/{row.pk}/dispute/", sent)
    vera = login(world.cast.vera)
    assert vera.get("/disputes/").content.decode().count('name="answer"') == 1
    assert "1 спор ждёт решения" in vera.get("/escalations/").content.decode()
    first = Dispute.objects.earliest("pk")
    vera.post(f"/disputes/{first.pk}/decision/", {"decision": "upheld", "answer": "Вижу письмо"})
    assert set(Dispute.objects.values_list("clause", "decision")) == {
        ("5.1", "upheld"),
        ("5.3", "upheld"),
    }
    (answer,) = login(world.cast.anna).get("/").context["page"].answers
    assert set(answer.clauses) == {"5.1", "5.3"}


def test_an_unknown_dispute_is_not_found(world, login):
    sent = {"decision": "upheld", "answer": "да"}
    assert login(world.cast.vera).post("/disputes/999/decision/", sent).status_code == 404


@pytest.mark.parametrize("decision", ["", "maybe"])
def test_a_dispute_is_upheld_or_rejected_and_nothing_else(world, login, opened, decision):
    sent = {"decision": decision, "answer": "Письма нет"}
    answer = login(world.cast.vera).post(f"/disputes/{opened.pk}/decision/", sent)
    assert answer.status_code == 422
    assert "Выберите из предложенного" in answer.text
    assert Dispute.objects.get().decision == ""


def test_whoever_asked_reads_the_answer_when_the_client_is_no_longer_theirs(world, login, opened):
    release(by=world.cast.vera, client_id=world.forest.pk, user=world.cast.anna, role="am")
    sent = {"decision": "rejected", "answer": "Письма нет во входящих"}
    login(world.cast.vera).post(f"/disputes/{opened.pk}/decision/", sent)
    anna = login(world.cast.anna)
    for place in ("/", "/disputes/"):
        assert "Письма нет во входящих" in anna.get(place).text
    assert world.forest.name in anna.get("/disputes/").text
    assert anna.get(f"/clients/{world.forest.pk}/").status_code == 404
