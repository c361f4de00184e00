import pytest

from pult.kernel import outbox
from pult.kernel.jobs import registry, worker


@pytest.fixture
def only_our_jobs(monkeypatch):
    """Schedules, ticks and handlers of the product stay out of these tests."""
    monkeypatch.setattr(registry, "schedules", [])
    monkeypatch.setattr(worker, "schedules", registry.schedules)
    monkeypatch.setattr(registry, "ticks", [])
    monkeypatch.setattr(worker, "ticks", registry.ticks)
    monkeypatch.setattr(worker, "_seen", {})
    monkeypatch.setattr(outbox, "_by_kind", {})
    monkeypatch.setattr(outbox, "_by_name", {})
