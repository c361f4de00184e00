"""What the regulation keeps outside the database is forgotten between its tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def forget_what_is_kept() -> Iterator[None]:
    from pult.regulation import registry, sweep, timers

    yield
    registry.forget()
    timers.forget()
    sweep.forget()
    shutil.rmtree(Path(settings.HOME) / "snapshot", ignore_errors=True)


@pytest.fixture(autouse=True)
def invented_subjects(as_wired: None) -> None:
    """The clients and teams of these tests are numbers: whoever they name is there."""
    from pult.regulation.providers import Providers, provide

    provide(is_there=Providers().is_there)
