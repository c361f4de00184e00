import sys

import pytest

from pult.kernel import outbox
from pult.kernel.facts import on_record
from pult.kernel.jobs import registry, worker

# The package's function of the same name hides the module.
acting_module = sys.modules["pult.kernel.facts.acting"]


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


@pytest.fixture
def heard(monkeypatch):
    """Facts seen by a same-transaction handler, batch by batch."""
    batches = []
    monkeypatch.setattr(acting_module, "_handlers", [])
    monkeypatch.setattr(acting_module, "_bulk_handlers", [])
    on_record(lambda facts: batches.append([fact.kind for fact in facts]))
    return batches
