"""The worker: one quick loop for what people wait for, one for long jobs beside it."""

import logging
import os
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import close_old_connections, connection
from django.db.utils import InterfaceError, OperationalError

from pult.kernel import bulk, clock, outbox
from pult.kernel.jobs import queue
from pult.kernel.jobs.registry import Schedule, run_job, schedules, ticks
from pult.kernel.memory import give_back
from pult.kernel.models import Job

IDLE_SECONDS = 0.2
LOST_DATABASE_SECONDS = 2
TIDY_SECONDS = 5
ROUNDS_AT_ONCE = 1000

log = logging.getLogger(__name__)


def work(*, once: bool = False, stop: threading.Event | None = None) -> None:
    """Work until `stop` is set; with `once`, until nothing is due (in this thread alone).

    The quick loop (outbox, ticks, schedules) never waits for a long job.
    """
    name = f"{socket.gethostname()}:{os.getpid()}"
    if once:
        for _ in range(ROUNDS_AT_ONCE):
            if not (quick_turn() + long_turn(name)):
                return
        return
    stop = stop or threading.Event()
    beside = threading.Thread(target=_loop, args=(lambda: long_turn(name), stop), name="jobs")
    beside.start()
    try:
        _loop(quick_turn, stop)
    finally:
        stop.set()
        beside.join()


def _loop(turn: Callable[[], int], stop: threading.Event) -> None:
    """Take turns until told to stop; a lost or locked database is waited for, not died of."""
    while not stop.is_set():
        try:
            did_something = turn()
        except (OperationalError, InterfaceError) as problem:
            log.warning("the database does not answer: %s", problem)
            did_something = _after_trouble(stop)
        except Exception:
            log.exception("a turn of the worker failed")
            did_something = _after_trouble(stop)
        if not did_something:
            _tidy()
            close_old_connections()
            stop.wait(IDLE_SECONDS)
    connection.close()


def _tidy() -> None:
    """Empty SQLite's log while nothing else is to be done: nobody's save waits for the disk."""
    global _tidied
    if time.monotonic() - _tidied > TIDY_SECONDS:
        bulk.shorten_log()
        _tidied = time.monotonic()


_tidied = 0.0


def _after_trouble(stop: threading.Event) -> int:
    connection.close()
    stop.wait(LOST_DATABASE_SECONDS)
    return 0


def quick_turn() -> int:
    """Tell the outbox, run the ticks, start what the schedules ask for; how much was done."""
    return outbox.dispatch() + sum(_tick(provider) for provider in ticks) + start_scheduled()


def _tick(provider: Callable[[], object]) -> int:
    try:
        return int(provider() or 0)  # type: ignore[call-overload]
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("%s failed", getattr(provider, "__qualname__", provider))
        return 0


def start_scheduled() -> int:
    """Enqueue each schedule's newest slot that has not been run."""
    now = clock.now()
    started = 0
    for schedule in schedules:
        key = schedule.key(schedule.latest_slot(now))
        if _seen.get(schedule) != key:
            started += queue.enqueue_slot(schedule.name, key)
            _seen[schedule] = key
    return started


_seen: dict[Schedule, str] = {}


def long_turn(worker: str) -> int:
    """Claim and run one job; 1 when there was one."""
    job = queue.claim(worker)
    if job is None:
        return 0
    log.info("%s starts", job)
    try:
        with _heart(job):
            result = run_job(job)
        queue.finish(job, result)
    except queue.Cancelled:
        queue.give_up_cancelled(job)
    except Exception as problem:
        log.exception("%s failed", job)
        last = traceback.extract_tb(problem.__traceback__)[-1]
        where = f"{os.path.basename(last.filename)}:{last.lineno}"
        queue.retry_or_fail(job, f"{type(problem).__name__}: {problem} ({where})")
    give_back()
    return 1


@contextmanager
def _heart(job: Job) -> Iterator[None]:
    """Renew the lease from a thread, so that a job deep in one long call keeps it."""
    stop = threading.Event()
    thread = threading.Thread(target=_beat, args=(job, stop), daemon=True, name="heartbeat")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _beat(job: Job, stop: threading.Event) -> None:
    while not stop.wait(queue.LEASE.total_seconds() / 4):
        try:
            if not queue.heartbeat(job):
                break
        except OperationalError as problem:
            log.warning("%s: the heartbeat was not written: %s", job, problem)
        finally:
            connection.close()
