"""The regulation inside the worker: ticks every turn, sweeps as long jobs, ladders each minute."""

import logging
from functools import partial
from typing import Any

from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.kernel.jobs import enqueue, every, job, progress
from pult.kernel.jobs import tick as each_turn
from pult.kernel.models import Job
from pult.regulation import editions
from pult.regulation.escalation import escalate
from pult.regulation.sweep import Report, forget, keep, sweep
from pult.regulation.timers import drain, drain_everywhere, everywhere_marks, pop_timers

EVERYWHERE = "regulation.everywhere"
NIGHTLY = "regulation.sweep"
NIGHT = "04:30"

log = logging.getLogger(__name__)
_escalated_at = 0


def register() -> None:
    """Tell the worker what the regulation does; called once by `pult.wiring`."""
    each_turn(turn)
    job(EVERYWHERE)(_everywhere)
    job(NIGHTLY)(_nightly)
    every(NIGHT, NIGHTLY)


def turn() -> int:
    """Timers and marks of single clients now; marks on every client become a long job."""
    now = clock.to_minute(clock.now())
    done = pop_timers(now) + drain(now)
    if everywhere_marks().exists():
        enqueue(EVERYWHERE, key=EVERYWHERE)
    return done + _ladders(now)


def _ladders(now: int) -> int:
    global _escalated_at
    if now == _escalated_at:
        return 0
    _escalated_at = now
    return escalate()


def _everywhere(running: Job) -> int:
    try:
        return drain_everywhere(sweep)
    finally:
        forget()  # the columns of every fact lie packed on the disk, near enough


def _nightly(running: Job) -> dict[str, Any]:
    try:
        return summary(nightly(lambda done, total: progress(running, done, total)))
    finally:
        forget()


def nightly(advance: Any = None, *, polite: bool = True) -> Report:
    """Take in new cards, do what is due, then sweep everything and keep the figures."""
    try:
        editions.sync()
    except BadInput:
        log.exception("the pack cannot be taken; the signed cards stay in force")
    turn()
    drain_everywhere(partial(sweep, polite=polite))
    report = sweep(polite=polite, progress=advance or (lambda done, total: None))
    keep(report)
    return report


def summary(report: Report) -> dict[str, Any]:
    """A sweep's figures for `pult sweep --json` and the health page; seconds to milliseconds."""
    return {
        "rows": report.rows,
        "clients": report.clients,
        "facts": report.facts,
        "drift": report.drift,
        "lag": report.lag,
        "seconds": round(report.seconds, 3),
        "load_seconds": round(report.load, 3),
        "evaluate_seconds": round(report.evaluate, 3),
        "compare_seconds": round(report.compare, 3),
        "write_seconds": round(report.write, 3),
        "sample": report.sample,
    }
