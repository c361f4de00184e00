import pytest

from pult.integrations.migration.actions import sources
from pult.integrations.migration.tests.world import connected, moved, sync


@pytest.fixture
def today(freeze):
    return freeze("2026-03-10 12:00")


@pytest.fixture
def source(cast, today, monkeypatch):
    """A connected system and what it holds: `source.former`."""
    found, former = connected(cast, monkeypatch)
    found.former = former
    return found


@pytest.fixture
def batch(cast, source):
    """The system brought in once."""
    return moved(cast, source, source.former)


@pytest.fixture
def followed(cast, source, batch):
    """Brought in, followed, and read once."""
    sources.follow(by=cast.vera, source_id=source.pk, on=True)
    return sync(source)
