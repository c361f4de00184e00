"""The card of a client in the browser: two cards made one and parted, two people at one form."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from pult.clients.actions import add_aim
from pult.clients.models import Aim, Client, Contact
from pult.clients.tests import factories as make
from pult.comms.actions import log_contact
from pult.kernel import clock
from pult.web.pages.negotiation import page as negotiation
from pult.work.tests.factories import make_task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def forest(cast) -> Any:
    return make.make_client("Лесная мебель", am=cast.anna)


def test_two_cards_are_made_one_and_parted_again(desk, cast, forest):
    double = make.make_client("Лесной двор", am=cast.anna)
    person = make.make_contact(double, "Нина Рощина")
    page = desk(cast.vera)
    page.goto(f"/clients/{forest.pk}/")
    page.locator("#client-menu, [popovertarget=client-menu]").first.click()
    page.locator("a[href$='/merge/']").click()
    page.locator("#id_other").fill("Лесной двор")
    page.locator("main form .btn--primary").click()
    page.wait_for_url(f"**/clients/{forest.pk}/card/")
    page.goto(f"/clients/{double.pk}/people/")
    page.wait_for_url(f"**/clients/{forest.pk}/people/")
    page.get_by_text("Нина Рощина").first.wait_for()
    page.goto(f"/clients/{forest.pk}/card/")
    page.on("dialog", lambda sure: sure.accept())
    with page.expect_response(lambda answer: "/parting/" in answer.url):
        page.locator("form[action*='/parting/'] button").first.click()
    assert Contact.objects.get(pk=person.pk).client_id == double.pk
    assert Client.objects.get(pk=double.pk).merged_into_id is None


def test_two_people_at_one_form_are_told_and_lose_nothing(desk, cast, forest):
    first, second = desk(cast.anna), desk(cast.vera)
    for page in (first, second):
        page.goto(f"/clients/{forest.pk}/edit/")
    second.locator("#id_about").fill("Кухни на заказ")
    second.locator("main form .btn--primary").click()
    second.wait_for_url(f"**/clients/{forest.pk}/")
    first.locator("#id_folder").fill("https://disk.example.com/les")
    first.locator("main form .btn--primary").click()
    first.get_by_text("Кухни на заказ").first.wait_for()
    assert first.locator("#id_folder").input_value() == "https://disk.example.com/les"
    assert first.locator("#id_about").input_value() == "Кухни на заказ"
    first.locator("main form .btn--primary").click()
    first.wait_for_url(f"**/clients/{forest.pk}/")
    row = Client.objects.get(pk=forest.pk)
    assert (row.about, row.folder) == ("Кухни на заказ", "https://disk.example.com/les")


def test_a_goal_is_noted_by_keyboard_alone(desk, cast, forest):
    page = desk(cast.anna)
    page.goto(f"/clients/{forest.pk}/card/")
    page.keyboard.press("a")
    page.wait_for_url("**/aims/new/**")
    page.locator("#id_kind").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('main form :is(input, textarea)')")
    page.locator("#id_text").focus()
    page.keyboard.type("Сто заявок в месяц")
    page.locator("main form .btn--primary").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/clients/{forest.pk}/card/")
    assert Aim.objects.get().text == "Сто заявок в месяц"


def test_a_full_client_is_read_before_a_negotiation_on_one_sheet(desk, cast, forest, monkeypatch):
    owed = SimpleNamespace(
        title="Задача бухгалтеру заранее", clause="5.5", due=clock.now(), subject="Контекст на 1-й"
    )
    monkeypatch.setattr(negotiation, "client_obligations", lambda *_about, **_how: [owed] * 9)
    monkeypatch.setattr(negotiation, "code_of", lambda _row: "overdue")
    long = "Просят вести кабинет без наценки и отчитываться о каждой заявке до обеда. " * 5
    for number in range(1, 10):
        make.make_line(forest, f"Контекст на {number}-й город")
        make.make_contract(forest, f"{number}/26")
        make.make_contact(forest, f"Нина Рощина {number}", position="директор", decides=True)
        make_task(forest, cast.anna, title=f"Баннер номер {number} для осенней распродажи кухонь")
        add_aim(by=cast.anna, client_id=forest.pk, kind="campaign", text=long)
        log_contact(by=cast.anna, client_id=forest.pk, channel="call", outcome="two_way", note=long)
    page = desk(cast.anna)
    page.goto(f"/clients/{forest.pk}/negotiation/")
    page.emulate_media(media="print")
    assert page.get_by_text("Здесь не всё: остальное в Пульте").count() == 7
    said = page.locator("main").inner_text()
    assert not [word for word in ("сегодня", "вчера", "только что") if word in said.lower()]
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
