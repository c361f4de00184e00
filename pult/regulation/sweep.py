"""The full sweep: the whole ledger evaluated anew and compared with the stored one.

The same `evaluate` as everywhere, over packed columns, some clients at a time. The ledger must
differ by nothing: `drift` counts rows that did although nothing was pending for their client, and
is an alarm; rows the worker merely had not come to are `lag`. Both are mended.
"""

import logging
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db.models import Count

from pult.kernel import bulk, clock
from pult.kernel.facts import acting, lock_roots, record
from pult.kernel.models import Fact
from pult.regulation import registry
from pult.regulation.compare import Chunk, RootChange, changes
from pult.regulation.difference import Difference, differing
from pult.regulation.evaluate import evaluate
from pult.regulation.ledger import Cause, settle, write, write_timers
from pult.regulation.models import Dirty, Obligation, SweepRun, Timer
from pult.regulation.models.ledger import ALL_ROOTS
from pult.regulation.registry import Regulation
from pult.regulation.snapshot import Snapshot

FACTS_AT_ONCE = 125_000
SAMPLE = 20
CLIENTS_AT_FIRST = 2  # a client may have hundreds of rows to write

log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]


@dataclass
class Report:
    """What a sweep found. Seconds: `load` reads facts, `evaluate`, `compare` reads the ledger and
    finds differences, `write` mends them; `seconds` is the whole."""

    rows: int = 0
    clients: int = 0
    facts: int = 0
    drift: int = 0
    lag: int = 0
    load: float = 0
    evaluate: float = 0
    compare: float = 0
    write: float = 0
    seconds: float = 0
    sample: list[str] = field(default_factory=list)


_warm: Snapshot | None = None


def sweep(
    clauses: Collection[str] | None = None,
    *,
    polite: bool = True,
    cause: str = "sweep",
    progress: Progress = lambda done, total: None,
) -> Report:
    """Evaluate these clauses (None: every one) for every client and mend what differs.

    `polite` rests between writes, for a system in use. The caller stores the report of a full
    sweep with `keep`.
    """
    began = time.perf_counter()
    report = Report()
    regulation = registry.current()
    cells = regulation.needed_for(regulation.clauses if clauses is None else clauses)
    snapshot = _timed(report, "load", _facts)
    report.facts = len(snapshot)
    chunks = list(_chunks(snapshot))
    writer = _Writer(snapshot, cells, cause, report)
    for place, (first, last) in enumerate(chunks):
        found = _chunk(regulation, cells, snapshot, first, last, report)
        write_began = time.perf_counter()
        for settled in bulk.in_chunks(found, writer, polite=polite, first=CLIENTS_AT_FIRST):
            report.clients += settled
        report.write += time.perf_counter() - write_began
        progress(place + 1, len(chunks))
    report.seconds = time.perf_counter() - began
    return report


def keep(report: Report) -> SweepRun:
    """Store a full sweep's figures; drift is also a fact, and an error in the log."""
    with acting(0):
        run = SweepRun.objects.create(
            at=clock.now(),
            rows=report.rows,
            drift=report.drift,
            lag=report.lag,
            seconds=round(report.seconds, 3),
            sample=report.sample,
        )
        if report.drift:
            log.error("the ledger had drifted by %s rows: %s", report.drift, report.sample)
            record("ledger.drifted", root_id=0, refs={}, by=None, value=report.drift)
    return run


def _facts() -> Snapshot:
    snapshot = current_facts()
    if snapshot.reconcile() or snapshot.is_changed:
        snapshot.save()
    return snapshot


def current_facts() -> Snapshot:
    """The packed facts with the newest tail, kept in memory by this process."""
    global _warm
    if _warm is None:
        _warm = Snapshot.open()
    _warm.follow()
    return _warm


def forget() -> None:
    """Drop the columns kept in memory: after a restore, and between tests."""
    global _warm
    _warm = None


def _chunks(snapshot: Snapshot) -> Iterator[tuple[int, int]]:
    """Ranges of clients with about FACTS_AT_ONCE facts each; the agency's own rows come first.

    Clients without facts but with rows fall into the ranges too.
    """
    roots, counts = np.unique(snapshot.columns["root"], return_counts=True)
    highest = Obligation.objects.order_by("-root_id").values_list("root_id", flat=True).first()
    end = max(int(roots[-1]) if len(roots) else 0, highest or 0)
    first, held = 0, 0
    for root, count in zip(roots.tolist(), counts.tolist(), strict=True):
        if held and held + count > FACTS_AT_ONCE:
            yield first, root - 1
            first, held = root, 0
        held += count
    yield first, end


def _chunk(
    regulation: Regulation,
    cells: Collection[str],
    snapshot: Snapshot,
    first: int,
    last: int,
    report: Report,
) -> list[RootChange]:
    cards = regulation.cards_of(cells)
    have = _timed(report, "compare", lambda: Chunk.read(first, last, cells))
    facts = snapshot.between(first, last, with_agency=bool(regulation.agency_kinds_of(cells)))
    now = clock.to_minute(clock.now())
    parameters = regulation.parameters(cells)
    ledger = _timed(
        report, "evaluate", lambda: evaluate(cards, facts, parameters, regulation.calendars, now)
    )
    report.rows += len(ledger)
    return _timed(report, "compare", lambda: changes(ledger, cards, have, now, (first, last)))


class _Writer:
    """Writes the differences of some clients in one transaction, unless they moved on meanwhile."""

    def __init__(
        self, snapshot: Snapshot, cells: Collection[str], cause: str, report: Report
    ) -> None:
        self.counts, self.cells, self.report = snapshot.counts(), cells, report
        self.cause = Cause(cause)

    def __call__(self, found: list[RootChange]) -> int:
        roots = [change.root for change in found]
        lock_roots(roots)
        moved = self._moved_on(roots, min(change.now for change in found))
        pending = self._pending(roots, found[0].now)
        for change in found:
            if change.root in moved:
                settle(change.root, self.cells, self.cause)
                continue
            self._count(change, change.root in pending)
            write(change.difference, change.first_seen, self.cause, change.now)
            write_timers(change.root, change.timers, change.stale_timers)
        return len(found)

    def _moved_on(self, roots: list[int], now: int) -> set[int]:
        """Clients with facts the snapshot has not, or rows changed since it was taken.

        Facts are counted, not compared by id: a transaction may commit an older id later.
        """
        facts = Fact.objects.filter(root_id__in=[*roots, 0]).order_by()
        counts = dict(facts.values_list("root_id").annotate(Count("id")))
        found = {root for root in counts if counts[root] != self.counts.get(root)}
        if 0 in found:
            return set(roots)
        changed = Obligation.objects.filter(root_id__in=roots, changed_at__gt=now)
        return found | set(changed.values_list("root_id", flat=True))

    def _pending(self, roots: list[int], now: int) -> set[int]:
        """Clients whose worker still has something to do: their difference is lag, not drift."""
        waiting = Dirty.objects.filter(root_id__in=[*roots, ALL_ROOTS])
        marks = set(waiting.values_list("root_id", flat=True))
        if ALL_ROOTS in marks:
            return set(roots)
        due = Timer.objects.filter(root_id__in=roots, wake_at__lte=now)
        return marks | set(due.values_list("root_id", flat=True))

    def _count(self, change: RootChange, pending: bool) -> None:
        rows = differing(change.difference, change.have)
        if pending:
            self.report.lag += len(rows)
            return
        self.report.drift += len(rows)
        for identity in rows[: SAMPLE - len(self.report.sample)]:
            self.report.sample.append(describe(change.difference, change.have, identity))


def describe(difference: Difference, have: dict[Any, Any], identity: Any) -> str:
    """A differing row in one line, for the health page."""
    old, new = have.get(identity), difference.written.get(identity)
    return f"{identity}: {old} → {new}"


def _timed(report: Report, name: str, work: Callable[[], Any]) -> Any:
    began = time.perf_counter()
    result = work()
    setattr(report, name, getattr(report, name) + time.perf_counter() - began)
    return result
