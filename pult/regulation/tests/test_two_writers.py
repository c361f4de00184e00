"""Two people and a worker at once: no update of the ledger is lost. Needs PostgreSQL."""

import threading
from dataclasses import replace

import pytest
from django.db import connection

from pult.kernel import clock
from pult.regulation.evaluate.tests.shapes import LEAD as LEAD_WITH_FEED
from pult.regulation.evaluate.tests.shapes import SILENCE, WEEKLY
from pult.regulation.ledger import mark
from pult.regulation.models import Dirty
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import install, stored, tell, truth, without_wakes
from pult.regulation.timers import drain, tick

LEAD = replace(LEAD_WITH_FEED, feed=None, feed_limit=None)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def only_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite has one writer at a time")


def together(*works) -> None:
    """Run functions in threads of their own, all starting at once; the first error is raised."""
    ready, problems = threading.Barrier(len(works)), []

    def run(work) -> None:
        try:
            ready.wait()
            work()
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]


def test_facts_of_one_client_recorded_at_once_are_all_seen():
    install(LEAD, WEEKLY, SILENCE)
    tell("client.status", state="client")
    tell("line.status", line=7, state="running")

    def call() -> None:
        for _ in range(8):
            tell("contact.logged", state="two_way")

    def invoice() -> None:
        for line in range(8):
            tell("line.funds_end", line=line + 10, key="june", day="2030-05-18")
            tell("invoice.sent", line=line + 10)

    together(call, call, invoice, invoice)
    assert without_wakes(stored()) == without_wakes(truth())


def test_a_fact_recorded_while_the_worker_evaluates_is_not_lost():
    install(LEAD, WEEKLY)
    tell("line.status", line=7, state="running")
    done = threading.Event()

    def record() -> None:
        for line in range(12):
            tell("line.funds_end", line=line + 10, key="june", day="2030-05-18")
            mark([(1, "5.3")], "import")
        done.set()

    def work() -> None:
        while not done.is_set():
            drain(clock.to_minute(clock.now()))

    together(record, work, work)
    tick(sweep=sweep)
    assert not Dirty.objects.exists()
    assert without_wakes(stored()) == without_wakes(truth())


def test_a_sweep_beside_live_writers_raises_no_false_alarm():
    install(LEAD, WEEKLY, SILENCE)
    for root in range(1, 6):
        tell("client.status", root=root, state="client")
    drifts = []

    def record() -> None:
        for line in range(10):
            for root in range(1, 6):
                own = 100 * root + line
                tell("line.funds_end", root=root, line=own, key="june", day="2030-05-18")

    def check() -> None:
        drifts.extend(sweep(polite=False).drift for _ in range(5))

    together(record, check)
    assert drifts == [0] * 5
    assert without_wakes(stored()) == without_wakes(truth())
