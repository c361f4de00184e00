"""A head tries another number, signs it, and finds it by a few letters in the wrong layout."""

import pytest

from pult.people.tests.cast import Cast
from pult.regulation import editions, registry
from pult.regulation.models import ParameterValue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(cast: Cast, desk):
    registry.forget()
    editions.sync()
    yield desk(cast.vera)
    registry.forget()


def test_a_head_finds_a_clause_tries_a_number_and_signs_it(page):
    page.goto("/profile/")
    page.keyboard.press("Control+k")
    page.locator("#palette input").fill("cxtn pfhfytt")
    page.locator("#palette-results li", has_text="5.3").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/regulation/5.3/")
    page.locator('a[href$="parameters/invoice.lead/"]').click()
    page.locator("#id_try").fill("10")
    page.get_by_text("при «10 рабочих дней»").wait_for()
    assert page.locator("#id_value").input_value() == "10"
    page.locator("#id_reason").fill("Клиенты платят дольше недели")
    page.get_by_role("button", name="Подписать").click()
    page.get_by_text("Число подписано").wait_for()
    assert ParameterValue.objects.get().value == 10


def test_the_reader_narrows_as_one_types_and_fits_a_phone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/regulation/")
    page.locator("#id_q").fill("встреча")
    page.locator('article[id="12.1"]').wait_for()
    page.wait_for_url("**q=**")
    assert page.locator("article").count() < 10
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
