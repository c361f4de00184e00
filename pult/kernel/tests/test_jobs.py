import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from pult.kernel import bulk, clock
from pult.kernel.jobs import (
    Cancelled,
    cancel,
    enqueue,
    job,
    progress,
    queue,
    registry,
    work,
    worker,
)
from pult.kernel.jobs.registry import Schedule
from pult.kernel.models import Job
from pult.kernel.tests import slow_job  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_our_jobs")]
WORKER = """
import django
django.setup()
from pult.kernel.jobs import work
from pult.kernel.tests import slow_job
work()
"""
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def runs():
    """Attempts of the job `test.work`; while `runs.problems` lasts, each attempt fails."""

    class Runs(list):
        problems: list = []

    seen = Runs()
    seen.problems = []

    @job("test.work", retries=3)
    def run(job, **args):
        seen.append(args)
        if seen.problems:
            raise seen.problems.pop(0)
        return args

    return seen


def test_a_job_runs_with_its_arguments_and_keeps_its_result(runs):
    asked = enqueue("test.work", client=7)
    work(once=True)
    asked.refresh_from_db()
    assert (asked.state, asked.result, runs) == ("done", {"client": 7}, [{"client": 7}])


def test_a_job_waits_for_its_time(runs, freeze):
    freeze(NOON)
    enqueue("test.work", run_after=NOON + timedelta(minutes=5))
    work(once=True)
    assert runs == []
    freeze(NOON + timedelta(minutes=5))
    work(once=True)
    assert runs == [{}]


def test_a_failing_job_is_tried_again_after_growing_pauses_and_then_given_up(runs, freeze):
    freeze(NOON)
    runs.problems += [ValueError("нет связи")] * 3
    asked = enqueue("test.work")
    waits = []
    for _ in range(3):
        work(once=True)
        asked.refresh_from_db()
        waits.append((asked.state, asked.run_after - clock.now()))
        freeze(asked.run_after)
    assert waits[:2] == [("queued", timedelta(seconds=5)), ("queued", timedelta(seconds=10))]
    assert waits[2][0] == "failed"
    assert "нет связи" in asked.message
    work(once=True)
    assert len(runs) == 3


def test_a_job_nobody_registered_fails_by_name():
    asked = enqueue("test.nobody")
    work(once=True)
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert "test.nobody" in asked.message


def test_a_result_that_cannot_be_kept_does_not_stop_the_worker(runs):
    @job("test.odd", retries=1)
    def odd(job):
        return object()

    asked = enqueue("test.odd")
    enqueue("test.work")
    work(once=True)
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert runs == [{}]


def test_the_same_request_twice_is_one_job_until_it_is_done(runs):
    first = enqueue("test.work", key="import 5")
    assert enqueue("test.work", key="import 5") == first
    work(once=True)
    again = enqueue("test.work", key="import 5")
    assert again != first
    work(once=True)
    assert len(runs) == 2


def test_a_silent_workers_job_is_taken_up_and_the_late_finish_is_refused(runs, freeze):
    freeze(NOON)
    enqueue("test.work")
    lost = queue.claim("one")
    assert queue.claim("two") is None
    freeze(NOON + queue.LEASE + timedelta(seconds=1))
    taken = queue.claim("two")
    assert taken.pk == lost.pk
    assert not queue.heartbeat(lost)
    assert not queue.finish(lost, "late")
    assert queue.finish(taken, "done")


def test_a_heartbeat_keeps_the_job(runs, freeze):
    freeze(NOON)
    enqueue("test.work")
    held = queue.claim("one")
    freeze(NOON + queue.LEASE / 2)
    assert queue.heartbeat(held)
    freeze(NOON + queue.LEASE + timedelta(seconds=1))
    assert queue.claim("two") is None


def test_a_job_that_kills_every_worker_is_not_tried_for_ever(runs, freeze):
    freeze(NOON)
    asked = enqueue("test.work")
    for turn in range(3):
        freeze(NOON + (queue.LEASE + timedelta(seconds=1)) * turn)
        assert queue.claim(f"worker {turn}")
    freeze(NOON + queue.LEASE * 10)
    assert queue.claim("the last") is None
    asked.refresh_from_db()
    assert asked.state == "failed"


def test_progress_is_seen_while_the_job_runs_and_a_cancelled_one_stops_there():
    seen = []

    @job("test.steps")
    def steps(job):
        for done in range(1, 10):
            progress(job, done, 10, f"шаг {done}")
            row = Job.objects.get(pk=job.pk)
            seen.append((row.progress_done, row.progress_total, row.message))
            if done == 2:
                cancel(row)

    asked = enqueue("test.steps")
    work(once=True)
    asked.refresh_from_db()
    assert seen == [(1, 10, "шаг 1"), (2, 10, "шаг 2")]
    assert asked.state == "cancelled"


def test_a_waiting_job_is_cancelled_at_once(runs):
    asked = enqueue("test.work")
    cancel(asked)
    work(once=True)
    asked.refresh_from_db()
    assert (asked.state, runs) == ("cancelled", [])


def test_progress_of_a_lost_job_stops_it(runs, freeze):
    freeze(NOON)
    enqueue("test.work")
    lost = queue.claim("one")
    freeze(NOON + queue.LEASE * 2)
    queue.claim("two")
    with pytest.raises(Cancelled):
        progress(lost, 1)


@pytest.mark.parametrize(
    ("schedule", "now", "slot"),
    [
        (Schedule("a", at=datetime(1, 1, 1, 5).time()), "2026-03-10T01:59Z", "2026-03-09T02:00Z"),  # noqa: DTZ001
        (Schedule("a", at=datetime(1, 1, 1, 5).time()), "2026-03-10T02:00Z", "2026-03-10T02:00Z"),  # noqa: DTZ001
        (Schedule("a", minutes=10), "2026-03-10T02:19Z", "2026-03-10T02:10Z"),
    ],
)
def test_a_schedule_knows_its_newest_moment_in_the_agencys_zone(schedule, now, slot):
    moment = datetime.fromisoformat(now.replace("Z", "+00:00"))
    assert f"{schedule.latest_slot(moment):%Y-%m-%dT%H:%MZ}" == slot


def test_a_scheduled_job_runs_once_a_slot_and_makes_up_for_a_night_off(runs, freeze):
    registry.every("05:00", "test.work")
    freeze("2026-03-10 12:00")
    work(once=True)
    work(once=True)
    worker._seen.clear()
    work(once=True)
    assert len(runs) == 1
    freeze("2026-03-13 09:00")
    work(once=True)
    assert len(runs) == 2


def test_a_tick_is_called_until_it_has_nothing_to_do_and_its_failure_stops_nothing(runs):
    left = [1, 1, 0]

    def broken():
        raise ValueError

    registry.tick(broken)
    registry.tick(lambda: left.pop(0) if left else 0)
    enqueue("test.work")
    work(once=True)
    assert (left, runs) == ([], [{}])


def test_tidying_removes_what_was_finished_long_ago(runs, freeze):
    freeze(NOON)
    enqueue("test.work")
    work(once=True)
    freeze(NOON + queue.KEPT + timedelta(days=1))
    enqueue("kernel.tidy")
    work(once=True)
    assert [row.name for row in Job.objects.all()] == ["kernel.tidy"]


@pytest.mark.django_db(transaction=True)
def test_a_killed_workers_job_is_finished_by_another(tmp_path, freeze):
    marker = tmp_path / "attempts"
    asked = enqueue("test.slow", marker=str(marker), naps=60)
    process = subprocess.Popen([sys.executable, "-c", WORKER], env=our_database())
    try:
        waited_for(marker.exists)
        asked.refresh_from_db()
        assert asked.state == "running"
    finally:
        process.kill()
        process.wait()
    work(once=True)
    asked.refresh_from_db()
    assert asked.state == "running"
    freeze(clock.now() + queue.LEASE * 2)
    work(once=True)
    asked.refresh_from_db()
    assert (asked.state, asked.result) == ("done", {"attempt": 2})
    assert marker.read_text().split() == ["1", "2"]


def our_database():
    """The environment of a process that shares the database of the tests."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{settings['NAME']}"
    else:
        url = "postgresql://{USER}@{HOST}:{PORT}/{NAME}".format(**settings)
    return {
        **os.environ,
        "PULT_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "pult.settings.testing",
    }


def waited_for(condition, seconds=30):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's log")
def test_a_worker_with_nothing_to_do_empties_the_log(monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = connection.settings_dict["NAME"]
    before = os.stat(path).st_mtime_ns
    bulk.insert("kernel_rootlock", ("id",), [(pk,) for pk in range(1, 2_000)])
    assert os.stat(path).st_mtime_ns == before
    monkeypatch.setattr(worker, "TIDY_SECONDS", -1)
    worker._tidy()
    assert os.stat(path).st_mtime_ns > before
