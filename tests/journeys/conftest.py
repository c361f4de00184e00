"""A real browser in which somebody of the cast is signed in, and a clock that can be moved."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client as Session

CHROMIUM = os.environ.get("PULT_CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")


@pytest.fixture
def desk(live_server: Any) -> Iterator[Any]:
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
def at(db: Any, settings: Any, tmp_path: Any, monkeypatch: Any) -> Iterator[Callable[[str], None]]:
    """`at("2026-03-02 10:00")` moves the clock of all threads, the server's among them, to that
    Moscow time and does what the worker would have done by then. The shipped pack is loud."""
    from pult.kernel import clock
    from pult.regulation import editions, modes, registry, sweep
    from pult.regulation.evaluate.table import Mode
    from pult.regulation.timers import tick

    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path
    hand = [datetime(2020, 1, 9, 12, tzinfo=ZoneInfo("Europe/Moscow"))]
    monkeypatch.setattr(clock, "now", lambda: hand[0])
    registry.forget()
    editions.sync()
    modes.install_modes(Mode.VISIBLE, date(2020, 1, 9))
    registry.forget()

    def move(moment: str) -> None:
        hand[0] = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Europe/Moscow"))
        tick(sweep=sweep.sweep)

    yield move
    registry.forget()
    sweep.forget()
