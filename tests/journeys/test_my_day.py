"""A manager's morning by keyboard: a call in two keys, a row put off and brought back."""

import pytest

from pult.comms.models import Interaction
from pult.regulation.models import Postponement
from pult.web.pages.my_day.tests.world import build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(cast, desk):
    build(cast)
    page = desk(cast.anna)
    page.goto("/")
    return page


def walk_to(page, words):
    """Press j until the row that says `words` is current."""
    current = page.locator('[data-row][aria-current="true"]')
    for _ in range(20):
        page.keyboard.press("j")
        if words in current.inner_text():
            return
    raise AssertionError(words)


def test_a_call_is_noted_with_two_keys_and_undone_by_the_note(page):
    walk_to(page, "Связаться с клиентом")
    page.keyboard.press("e")
    page.locator("#act-dialog button[name=outcome]").first.wait_for()
    page.keyboard.press("Enter")
    page.locator(".toast form button").first.wait_for()
    assert Interaction.objects.get().outcome == "two_way"
    page.locator(".toast form button").first.click()
    page.get_by_text("Запись отозвана").wait_for()
    assert Interaction.objects.get().voided_at is not None


def test_a_row_is_put_off_with_a_reason_and_the_question_mark_explains_it(page):
    walk_to(page, "Запросить счёт")
    page.keyboard.press("?")
    page.locator("#why-dialog .strip").wait_for()
    assert "Поэтому срок" in page.locator("#why-dialog").inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    page.locator("#postpone-reason").wait_for()
    page.keyboard.type("Клиент в отпуске")
    page.keyboard.press("Enter")
    page.get_by_text("Отложено.").wait_for()
    assert Postponement.objects.filter(reason="Клиент в отпуске").exists()
