"""The worker's share: cells whose hour has come, and cells an action or an import left behind."""

import logging
from collections.abc import Collection, Iterable
from typing import Protocol

from django.db import transaction

from pult.kernel import clock
from pult.kernel.facts import lock_roots
from pult.regulation import registry
from pult.regulation.difference import Cell
from pult.regulation.ledger import Cause, settle
from pult.regulation.models import Dirty, Timer
from pult.regulation.models.ledger import ALL_ROOTS

BATCH = 500

log = logging.getLogger(__name__)


class Sweep(Protocol):
    """`sweep.sweep`: clauses evaluated for every client, with the cause to be told."""

    def __call__(self, clauses: Collection[str], *, cause: str) -> object: ...


def tick(now: int | None = None, *, sweep: Sweep) -> int:
    """Do what is due: timers, then marked cells; returns how many clients were looked at.

    `sweep` is called for marks on every client. A client that fails is logged and tried
    again at the next tick; the others do not wait for it.
    """
    now = clock.to_minute(clock.now()) if now is None else now
    return pop_timers(now) + drain(now, sweep)


def pop_timers(now: int) -> int:
    """Evaluate the cells whose wake has come; `settle` replaces or removes their timers."""
    due = Timer.objects.filter(wake_at__lte=now).order_by("wake_at")
    cells = list(due.values_list("root_id", "clause")[:BATCH])
    return sum(_settle(root, clauses, "time", now) for root, clauses in by_root(cells))


def drain(now: int, sweep: Sweep) -> int:
    """Evaluate marked cells, oldest first.

    Only ids read before the facts are deleted: a mark made meanwhile stays for the next round.
    """
    marks = list(
        Dirty.objects.order_by("id").values_list("id", "root_id", "clause", "reason")[:BATCH]
    )
    if not marks:
        return 0
    everywhere = [mark for mark in marks if mark[1] == ALL_ROOTS]
    if everywhere:
        known = registry.current()
        clauses = {clause for _id, _root, clause, _reason in everywhere}
        wanted = known.clauses if "" in clauses else known.dependants(clauses)
        sweep(wanted, cause=everywhere[-1][3])
        Dirty.objects.filter(pk__in=[mark[0] for mark in everywhere]).delete()
    return sum(
        _drain_root(root, marks, now) for root in sorted({mark[1] for mark in marks} - {ALL_ROOTS})
    )


def _drain_root(root: int, marks: list[tuple[int, int, str, str]], now: int) -> bool:
    own = [mark for mark in marks if mark[1] == root]
    clauses = {clause for _id, _root, clause, _reason in own}
    known = registry.current()
    cells = known.clauses if "" in clauses else known.dependants(clauses)
    return _settle(root, cells, own[-1][3], now, ids=[mark[0] for mark in own])


def _settle(
    root: int, clauses: Iterable[str], reason: str, now: int, ids: Iterable[int] = ()
) -> bool:
    try:
        with transaction.atomic():
            lock_roots([root])
            settle(root, registry.current().dependants(clauses), Cause(reason), now)
            _drop_timers_of_ended_clauses(root, clauses, now)
            if ids:
                Dirty.objects.filter(pk__in=ids).delete()
    except Exception:
        log.exception("client %s: its cells could not be evaluated", root)
        return False
    return True


def _drop_timers_of_ended_clauses(root: int, clauses: Iterable[str], now: int) -> None:
    ended = set(clauses) - registry.current().clauses
    if ended:
        Timer.objects.filter(root_id=root, clause__in=ended, wake_at__lte=now).delete()


def by_root(cells: Iterable[Cell]) -> list[tuple[int, list[str]]]:
    """Cells grouped by client, in order."""
    grouped: dict[int, list[str]] = {}
    for root, clause in cells:
        grouped.setdefault(root, []).append(clause)
    return sorted(grouped.items())
