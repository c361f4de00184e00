import threading
from datetime import UTC, datetime

import pytest

from pult.kernel import clock, outbox
from pult.kernel.facts import Draft, FactKind, acting, record, record_many, register
from pult.kernel.jobs import enqueue, job, work
from pult.kernel.models import Outbox

register(FactKind("test.rang", "звонок", "ring"))

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_our_jobs")]
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def ring():
    return record("test.rang", root_id=0, refs={}, by=None)


def test_after_the_commit_every_handler_of_the_kind_hears_once():
    heard = []
    outbox.after_commit("test.rang", lambda fact: heard.append(fact.pk), name="test.one")
    outbox.after_commit("*", lambda fact: heard.append(fact.pk), name="test.two")
    fact = ring()
    assert heard == []
    work(once=True)
    work(once=True)
    assert heard == [fact.pk, fact.pk]
    assert not Outbox.objects.exists()


def test_a_handler_that_fails_is_told_again_later_and_at_last_kept_for_a_person(freeze):
    freeze(NOON)
    told = []

    def fail(fact):
        told.append(clock.now())
        raise ValueError("почта молчит")

    outbox.after_commit("test.rang", fail, name="test.fails")
    ring()
    for _ in range(outbox.ATTEMPTS + 2):
        work(once=True)
        freeze(clock.now() + outbox.LONGEST_PAUSE)
    row = Outbox.objects.get()
    assert len(told) == outbox.ATTEMPTS
    assert row.next_at is None
    assert "почта молчит" in row.error


def test_facts_of_an_import_are_told_too():
    heard = []
    outbox.after_commit("test.rang", lambda fact: heard.append(fact.pk), name="test.one")
    ids = record_many([Draft(kind="test.rang", root_id=0)] * 3)
    work(once=True)
    assert heard == ids


def test_a_fact_taken_back_with_its_action_is_told_to_nobody():
    outbox.after_commit("test.rang", lambda fact: None, name="test.one")
    with pytest.raises(ZeroDivisionError), acting(0):  # noqa: PT012
        ring()
        raise ZeroDivisionError
    assert not Outbox.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_outbox_does_not_wait_for_a_long_job():
    running, heard, stop = threading.Event(), threading.Event(), threading.Event()

    @job("test.long")
    def long(job):
        running.set()
        heard.wait(10)

    outbox.after_commit("test.rang", lambda fact: heard.set(), name="test.hears")
    asked = enqueue("test.long")
    at_work = threading.Thread(target=work, kwargs={"stop": stop})
    at_work.start()
    assert running.wait(10)
    ring()
    assert heard.wait(10)
    stop.set()
    at_work.join(10)
    asked.refresh_from_db()
    assert asked.state == "done"
