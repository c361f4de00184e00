"""A task's life in the browser: set, bounced, mended, done and accepted; moved on the board."""

import pytest

from pult.clients.tests.factories import make_client
from pult.work.actions import take_task
from pult.work.models import Task
from pult.work.tests.factories import make_task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def romashka(cast):
    return make_client("Ромашка", am=cast.anna)


@pytest.fixture
def task(cast, romashka):
    return make_task(romashka, cast.anna)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.locator(".toast").first.wait_for()


def test_a_task_is_set_bounced_mended_done_and_accepted(cast, desk, romashka):
    anna, darya = desk(cast.anna), desk(cast.darya)
    anna.goto(f"/tasks/new/?client={romashka.pk}&department=context")
    anna.get_by_role("link", name="Изменение в контекстной рекламе").click()
    anna.locator("#id_title").fill("Новая кампания")
    anna.locator("#id_result").fill("Кампания идёт")
    anna.locator("#id_measure").fill("Есть показы")
    anna.locator("[name=value_campaign]").fill("Поиск")
    anna.locator("[name=value_goal]").fill("Больше заявок")
    press(anna, "Поставить задачу")
    task = Task.objects.get()

    darya.goto("/tasks/?view=queue")
    darya.get_by_role("link", name="Новая кампания").click()
    darya.locator("summary", has_text="Вернуть постановщику").click()
    darya.locator("label.tap", has_text="М4.0").click()
    darya.locator("label.tap", has_text="Цель и цена обращения").click()
    darya.locator("#id_bounce_note").fill("По какой цене заявка?")
    press(darya, "Вернуть постановщику")
    task.refresh_from_db()
    assert task.state == "bounced"

    anna.goto(f"/tasks/{task.pk}/")
    anna.get_by_role("link", name="Исправить задачу").click()
    assert "По какой цене заявка?" in anna.locator("main").inner_text()
    assert anna.locator("[name=value_goal]").input_value() == "Больше заявок"
    anna.locator("[name=value_goal]").fill("Заявки по 900 ₽")
    press(anna, "Сохранить")
    task.refresh_from_db()
    assert (task.state, task.values["goal"]) == ("new", "Заявки по 900 ₽")

    darya.goto(f"/tasks/{task.pk}/")
    press(darya, "Взять: к сроку выполнимо")
    press(darya, "Сдать работу")
    anna.goto("/tasks/?view=accept")
    anna.get_by_role("link", name="Новая кампания").click()
    press(anna, "Принять работу")
    task.refresh_from_db()
    assert (task.state, task.assignee, task.bounces) == ("accepted", cast.darya, 1)


def test_a_card_is_moved_by_keys_alone(cast, desk, task):
    page = desk(cast.darya)
    page.goto("/tasks/board/?view=queue")
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.locator(".card__moves[open] button").first.wait_for()
    page.keyboard.press("Enter")
    page.locator(".toast").first.wait_for()
    task.refresh_from_db()
    assert (task.state, task.assignee) == ("taken", cast.darya)


def test_a_card_is_moved_by_the_mouse(cast, desk, task):
    page = desk(cast.darya)
    page.goto("/tasks/board/?view=queue")
    page.locator(".card").first.drag_to(page.locator('[data-state="taken"]'))
    page.locator(".toast").first.wait_for()
    task.refresh_from_db()
    assert (task.state, task.assignee) == ("taken", cast.darya)


def test_a_checklist_is_ticked_on_a_phone_by_a_thumb(cast, desk, romashka):
    values = {"campaign": "Поиск", "problem": "Заявка стоит 1 400 ₽ вместо 900 ₽"}
    task = make_task(romashka, cast.anna, "optimisation", values=values)
    take_task(by=cast.darya, task_id=task.pk)
    page = desk(cast.darya, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.goto(f"/tasks/{task.pk}/")
    point = page.locator("li.check").first
    heights = [point.bounding_box()["height"], point.locator(".btn").first.bounding_box()["height"]]
    assert max(heights) < 80  # the tick, the words and the cross on one line
    assert min(heights) > 40  # 2.75rem, as every button of a thumb
    point.locator(".btn").first.tap()
    page.locator(".toast, li.check del").first.wait_for()
    assert task.checklist.exclude(done_at=None).count() == 1
