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
REST = 5  # minutes before a client whose evaluation failed is tried again

log = logging.getLogger(__name__)
_resting: dict[int, int] = {}


class Sweep(Protocol):
    """`sweep.sweep`: clauses evaluated for every client, with the cause to be told."""

    def __call__(self, clauses: Collection[str], *, cause: str) -> object: ...


def tick(now: int | None = None, *, sweep: Sweep) -> int:
    """Do everything that is due, marks on every client included; returns how many clients."""
    now = clock.to_minute(clock.now()) if now is None else now
    return pop_timers(now) + drain_everywhere(sweep) + drain(now)


def pop_timers(now: int) -> int:
    """Evaluate the cells whose wake has come; `settle` replaces or removes their timers.

    A client that fails is logged and left alone for a while; the others do not wait for it.
    """
    due = Timer.objects.filter(wake_at__lte=now).exclude(root_id__in=_tired(now))
    cells = list(due.order_by("wake_at").values_list("root_id", "clause")[:BATCH])
    return sum(_settle(root, clauses, "time", now) for root, clauses in by_root(cells))


def drain(now: int) -> int:
    """Evaluate marked cells of single clients, oldest first.

    Only ids read before the facts are deleted: a mark made meanwhile stays for the next round.
    """
    rows = Dirty.objects.exclude(root_id__in=[ALL_ROOTS, *_tired(now)]).order_by("id")
    marks = list(rows.values_list("id", "root_id", "clause", "reason")[:BATCH])
    done = 0
    for root in sorted({mark[1] for mark in marks}):
        own = [mark for mark in marks if mark[1] == root]
        clauses = [mark[2] for mark in own]
        done += _settle(root, clauses, own[-1][3], now, ids=[mark[0] for mark in own])
    return done


def drain_everywhere(sweep: Sweep) -> int:
    """Sweep the clauses marked for every client; returns how many marks were done."""
    marks = list(everywhere_marks().order_by("id").values_list("id", "clause", "reason"))
    if not marks:
        return 0
    sweep(_known(clause for _id, clause, _reason in marks), cause=marks[-1][2])
    return Dirty.objects.filter(pk__in=[mark[0] for mark in marks]).delete()[0]


def everywhere_marks():  # type: ignore[no-untyped-def]
    """Marks that concern every client."""
    return Dirty.objects.filter(root_id=ALL_ROOTS)


def _known(clauses: Iterable[str]) -> frozenset[str]:
    """Running clauses to evaluate for these marks; an empty one stands for all."""
    regulation, marked = registry.current(), set(clauses)
    return regulation.clauses if "" in marked else regulation.dependants(marked)


def forget() -> None:
    """Try every client again: for tests."""
    _resting.clear()


def _tired(now: int) -> list[int]:
    for root in [root for root, until in _resting.items() if until <= now]:
        del _resting[root]
    return list(_resting)


def _settle(
    root: int, clauses: Collection[str], reason: str, now: int, ids: Collection[int] = ()
) -> bool:
    try:
        with transaction.atomic():
            lock_roots([root])
            settle(root, _known(clauses), Cause(reason), now)
            # A clause that no longer runs has nobody to replace its timer.
            ended = set(clauses) - registry.current().clauses - {""}
            Timer.objects.filter(root_id=root, clause__in=ended).delete()
            Dirty.objects.filter(pk__in=ids).delete()
    except Exception:
        log.exception("client %s: its cells could not be evaluated", root)
        _resting[root] = now + REST
        return False
    return True


def by_root(cells: Iterable[Cell]) -> list[tuple[int, list[str]]]:
    """Cells grouped by client, in order."""
    grouped: dict[int, list[str]] = {}
    for root, clause in cells:
        grouped.setdefault(root, []).append(clause)
    return sorted(grouped.items())
