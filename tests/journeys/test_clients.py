"""A manager finds a client as they type, looks beside the list, and reads its money."""

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Session

from pult.clients.indexing import index_client
from pult.clients.tests import factories as make
from pult.people.queries import business_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = os.environ.get("PULT_CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")


@pytest.fixture
def desk(live_server) -> Iterator[Any]:
    """`desk(person)` is a page of theirs; what the console complains about fails the test."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine (set PULT_CHROMIUM to its path)")
    complaints: list[str] = []
    with api.sync_playwright() as driver:
        # The driver runs an event loop in this thread; Django would take that for async code.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

        def sit(person: Any, **looks: Any) -> Any:
            session = Session()
            session.force_login(person)
            context = browser.new_context(base_url=live_server.url, locale="ru", **looks)
            cookie = session.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
            )
            page = context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            return page

        yield sit
        browser.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    assert complaints == []


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
