import pytest

from pult.kernel.models import Fact
from pult.regulation.models import Dispute
from pult.web.pages.client.telling import history

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(world):
    return world.row("5.3")


def moments(world):
    world.cast.vera.roles = frozenset(["head"])
    return [
        (one.title, one.clauses)
        for one in history(world.cast.vera, world.forest.pk, limit=50).moments
        if one.icon in ("list-checks", "shield-check")
    ]


def test_an_act_of_several_rows_is_one_line_of_the_history(world, row, login):
    sent = {"until": "2026-05-07", "reason": "Клиент в отпуске"}
    anna = login(world.cast.anna)
    anna.post(f"/obligations/{row.pk}/postponement/", sent)
    anna.post(f"/obligations/{row.pk}/postponement/undo/")
    anna.post(f"/obligations/{row.pk}/dispute/", {"proof": "Счёт ушёл вчера"})
    vera = login(world.cast.vera)
    decided = {"decision": "rejected", "answer": "Письма нет"}
    vera.post(f"/disputes/{Dispute.objects.earliest('pk').pk}/decision/", decided)
    waived = {"until": "2026-05-20", "reason": "Платит из другого договора", "scope": "row"}
    vera.post(f"/obligations/{row.pk}/waiver/", waived)
    acts = moments(world)
    assert [set(clauses) for _title, clauses in acts] == [{"5.1", "5.3"}] * 5
    assert [title for title, _clauses in acts] == [
        "Сделано исключение: разрешено",
        "Строка оспорена: отклонён",
        "Строка оспорена: открыт",
        "Строка возвращена в день",
        "Строка отложена",
    ]
    kinds = ("obligation.postponed", "obligation.disputed", "waiver.granted")
    assert [Fact.objects.filter(kind=kind).count() for kind in kinds] == [2, 4, 2]


def test_a_page_of_the_history_does_not_cut_an_act_in_two(world, row, login):
    anna = login(world.cast.anna)
    sent = {"until": "2026-05-07", "reason": "Клиент в отпуске"}
    anna.post(f"/obligations/{row.pk}/postponement/", sent)
    world.cast.anna.roles = frozenset(["am"])
    told = {"user": world.cast.anna, "client_id": world.forest.pk}
    whole = history(**told, limit=50).moments
    for limit in range(1, 6):
        found, before = [], ""
        while True:
            page = history(**told, limit=limit, before=before)
            found, before = [*found, *page.moments], page.older
            if not before:
                break
        if limit > 1:
            assert tuple(found) == whole
