import pytest

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


def test_an_unknown_dispute_is_not_found(world, login):
    sent = {"decision": "upheld", "answer": "да"}
    assert login(world.cast.vera).post("/disputes/999/decision/", sent).status_code == 404
