"""Fixtures of page tests."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

LONG_AGO = datetime(2019, 1, 9, 12, tzinfo=ZoneInfo("Europe/Moscow"))


@pytest.fixture
def pack(db: None) -> Iterator[None]:
    """The shipped pack, signed and visible for years."""
    from pult.kernel import clock
    from pult.regulation import editions, registry
    from pult.regulation.evaluate.table import Mode
    from pult.regulation.modes import install_modes

    registry.forget()
    with clock.frozen(LONG_AGO):
        editions.sync()
        install_modes(Mode.VISIBLE, date(2019, 1, 9))
    yield
    registry.forget()


@pytest.fixture
def within_budget(django_assert_max_num_queries: Any) -> Any:
    """`within_budget(browser, page, address)` opens a page, warm, in the queries it may cost."""
    budgets = json.loads((Path(__file__).parents[3] / "tests" / "budgets.json").read_text())

    def open_page(browser: Any, page: str, address: str, **query: str) -> Any:
        browser.get(address, query)
        with django_assert_max_num_queries(budgets[page]):
            return browser.get(address, query)

    return open_page
