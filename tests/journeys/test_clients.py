"""A manager finds a client as they type, looks beside the list, and reads its money."""

from datetime import timedelta
from typing import Any

import pytest

from pult.clients.indexing import index_client
from pult.clients.tests import factories as make
from pult.people.queries import business_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def forest(cast) -> Any:
    for name in ("Лесная мебель", "Ясный день"):
        row = make.make_client(name, am=cast.anna)
        make.make_contact(row, phone="+7 495 100-00-00", decides=True)
        make.make_line(row)
        index_client(row)
    return row


def expect(what: Any) -> Any:
    from playwright.sync_api import expect as wait_until

    return wait_until(what)


def test_a_client_is_found_peeked_at_and_its_money_read(desk, cast, forest):
    page = desk(cast.anna)
    page.goto("/clients/")
    page.locator("#id_q").press_sequentially("лесн")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.wait_for_url("**q=**")
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Лесная мебель").click(modifiers=["Shift"])
    peek = page.locator("peek-panel")
    peek.get_by_role("link", name="+7 495 100-00-00").wait_for()
    page.wait_for_url("**peek=client-**")
    page.locator("[data-peek-open]").click()
    page.locator("#money-glance .stat").first.wait_for()
    page.locator("#money-glance").get_by_role("link").click()
    page.wait_for_url("**/money/")


def test_the_keyboard_walks_the_list_looks_beside_it_and_opens_a_client(desk, cast, forest):
    page = desk(cast.anna)
    page.goto("/clients/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("tr[aria-current]")).to_have_count(1)
    expect(page.locator("tbody tr").first).to_have_attribute("aria-current", "true")
    page.keyboard.press("Space")
    page.wait_for_url("**peek=client-**")
    page.keyboard.press("Escape")
    page.locator("tbody tr").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/clients/*/")


def test_a_slip_in_a_tax_number_is_told_before_the_form_is_sent(desk, cast, forest):
    page = desk(cast.anna)
    page.goto(f"/clients/{forest.pk}/entities/new/")
    page.locator("#id_inn").press_sequentially("7707083894")
    page.locator("#check .callout").wait_for()
    page.locator("#id_inn").fill("7707083893")
    page.locator("#check .icon").wait_for()
    expect(page.locator("#check .callout")).to_have_count(0)


def test_many_clients_are_paused_from_a_phone_without_scripts(desk, cast, forest):
    page = desk(cast.anna, viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.goto("/clients/")
    page.locator("input[name=ids]").first.check()
    page.locator("details:has(#bulk) summary").click()
    page.locator("#id_bulk_reason").select_option("season")
    day = business_day() + timedelta(days=3)
    page.locator("#id_bulk_first").fill(day.isoformat())
    page.locator("#bulk [formaction$='/pause/'], #bulk button").last.click()
    page.wait_for_load_state()
    assert forest.pauses.model.objects.filter(first_day=day).count() == 1
