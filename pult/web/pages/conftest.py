"""Fixtures of page tests."""

from collections.abc import Iterator
from datetime import date, datetime
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
