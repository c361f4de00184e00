"""A manager leaves: in good time, item by item with both signatures, or at once by the head's."""

from typing import Any

import pytest

from pult.clients.access import clients_of, holder
from pult.clients.actions import handover as acts
from pult.clients.models import Handover, HandoverBatch, OutsideAccess
from pult.clients.queries.handover.blame import breaches_of
from pult.clients.tests import factories as make
from pult.kernel.facts import record
from pult.people.models import RoleGrant, User
from pult.regulation.evaluate.table import State
from pult.regulation.models import Obligation
from pult.work.models import Task
from pult.work.tests.factories import make_task
from tests.journeys.hands import press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def forest(cast, at) -> Any:
    """«Лес» is Анна's: nobody has spoken with its people since the first of March."""
    at("2026-03-02 12:00")
    client = make.make_client("Лес", am=cast.anna, about="Садовая мебель")
    make.make_line(client)
    make.make_contact(client)
    task = make_task(client, cast.anna, title="Собрать отчёт")
    Task.objects.filter(pk=task.pk).update(assignee=cast.anna)
    root = {"root_id": client.pk, "refs": {"client": client.pk}}
    record("client.status", by=None, state="client", **root)
    record("contact.logged", by=None, state="two_way", **root)
    return client


def clauses(breaches: list[Any]) -> list[str]:
    return [one.clause for one in breaches]


def test_two_managers_pass_a_client_item_by_item_and_the_blame_stays(desk, cast, at, forest):
    at("2026-03-12 12:00")
    assert "12.3" in clauses(breaches_of(cast.anna.pk))  # missed while it was hers
    head, giver, taker = desk(cast.vera), desk(cast.anna), desk(cast.boris)
    head.goto(f"/handovers/people/{cast.anna.pk}/")
    head.get_by_label("Лес").select_option(str(cast.boris.pk))
    head.select_option("[name=reason]", "dismissal")
    press(head, "Начать передачу", "Передача начата")
    place = f"/handovers/{Handover.objects.get().pk}/"

    giver.goto(place)
    tells_everything(giver)
    press(giver, "Подписать: всё рассказано", "Подписана")
    at("2026-03-13 11:00")
    missed = breaches_of(cast.anna.pk)
    taker.goto(place)
    takes_what_is_ticked(taker)
    assert holder(forest.pk, "am") == cast.anna
    press(taker, "Подписать и принять клиента", "дела приняты")

    assert holder(forest.pk, "am") == cast.boris
    assert forest not in clients_of(cast.anna)
    assert Task.objects.get().assignee == cast.boris
    assert giver.goto(f"/clients/{forest.pk}/").status == 404
    assert breaches_of(cast.boris.pk) == []
    at("2026-03-13 11:01")  # the worker has looked
    assert State.OPEN not in of_the_manager("9.1")  # a grace before what falls due next
    at("2026-03-23 12:00")
    assert breaches_of(cast.anna.pk) == missed
    taker.goto(place)
    assert "за прежним менеджером" in taker.locator("main").inner_text()  # the blame


def tells_everything(page: Any) -> None:
    """Of one item in words, of all others that there is nothing; saved at once."""
    told = page.locator(".item__form", has=page.locator("#item-payment"))
    told.locator("textarea").fill("Платит в последний день")
    for item in page.locator(".item__form:not(:has(details))").all():
        if item.locator("textarea").input_value() == "":
            item.get_by_label("Ничего нет").check()
    press(page, "Сохранить рассказанное", "Рассказанное сохранено")


def takes_what_is_ticked(page: Any) -> None:
    """All but one, then that one."""
    assert "Платит в последний день" in page.locator("main").inner_text()
    page.get_by_label("Принимаю: Особенности оплаты").uncheck()
    press(page, "Принять отмеченное", "Принято")
    assert page.get_by_label("Принимаю: ").count() == 1
    press(page, "Принять отмеченное", "Принято")


def of_the_manager(clause: str) -> set[State]:
    found = Obligation.objects.filter(clause=clause).values_list("state", flat=True)
    return {State(one) for one in found}


def test_somebody_is_gone_tonight_and_every_door_closes_by_one_press(desk, cast, at, forest):
    brook = make.make_client("Ручей", am=cast.anna)
    galina = make.make_user("Галина Астрова", "am")
    acts.note_access(by=cast.anna, user=cast.anna, name="Кабинет рекламы", level="owner")
    at("2026-03-12 23:10")
    gone, head = desk(cast.anna), desk(cast.vera)
    gone.goto("/")
    head.goto(f"/handovers/people/{cast.anna.pk}/")
    shared = [one.input_value() for one in head.locator("select[name^=to-]").all()]
    assert sorted(shared) == sorted([str(cast.boris.pk), str(galina.pk)])  # by load, not to one
    head.select_option("[name=reason]", "dismissal")
    head.get_by_text("Это не может ждать").click()
    press(head, "Передать сейчас и закрыть все входы", "все входы закрыты")
    assert "Кабинет рекламы" in head.locator("main").inner_text()
    press(head, "Закрыт", "Доступ закрыт")
    assert OutsideAccess.objects.get().closed_by == cast.vera

    assert {holder(one.pk, "am") for one in (forest, brook)} == {cast.boris, galina}
    assert not User.objects.get(pk=cast.anna.pk).is_active
    assert not RoleGrant.objects.filter(user=cast.anna, until=None).exists()
    gone.goto("/")
    assert "/sign-in/" in gone.url
    row = Handover.objects.get(client=forest)
    assert row.giver_signed_by == cast.vera
    assert HandoverBatch.objects.get().grace_until.isoformat() == "2026-03-19"
    at("2026-03-18 12:00")
    taker = desk(row.receiver)
    taker.goto(f"/handovers/{row.pk}/")  # what nobody told is found out afterwards
    tells_everything(taker)
    takes_what_is_ticked(taker)
    assert row.items.exclude(accepted_at=None).count() == row.items.count()
