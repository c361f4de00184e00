"""Figures of the engine on a generated agency: sweep, one client, the curve. Never a timed test."""

import resource
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from pult.regulation.evaluate.build import facts_from_columns, take
from pult.regulation.evaluate.calendars import Calendars
from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.columns import Index
from pult.regulation.evaluate.parameters import Parameters
from pult.regulation.evaluate.reads import reads
from pult.regulation.evaluate.run import evaluate
from pult.regulation.evaluate.table import NONE, Facts, Ledger
from pult.regulation.evaluate.whatif import curve

DAY = 1440
STATES = ("", "on", "off", "running", "ended", "client", "full", "two_way", "light")


def generated(
    kinds: Sequence[tuple[str, float, tuple[str, ...], bool]],
    *,
    clients: int,
    facts: int,
    start: int,
    days: int = 365,
    seed: int = 1,
) -> Facts:
    """Random facts of `kinds`: (code, share, states it takes, whether it predicts a day).

    Clients are skewed: the busiest has some tens of times the facts of the median. Every fact names
    two lines, an invoice and a question of its client, spread evenly.
    """
    random = np.random.default_rng(seed)
    shares = np.array([share for _, share, *_ in kinds])
    kind = random.choice(len(kinds), facts, p=shares / shares.sum()).astype(np.int16)
    at = np.sort(start + random.integers(0, days * DAY, facts))
    root = (random.beta(0.6, 1.4, facts) * clients).astype(np.int32) + 1
    state = np.zeros(facts, np.int16)
    day = np.full(facts, NONE, np.int32)
    for code, (_, _, states, predicts) in enumerate(kinds):
        mine = np.flatnonzero(kind == code)
        if states:
            codes = np.array([STATES.index(name) for name in states], np.int16)
            state[mine] = random.choice(codes, len(mine))
        if predicts:
            day[mine] = at[mine] // DAY + random.integers(5, 40, len(mine))
    zero = np.zeros(facts, np.int8)
    return facts_from_columns(
        tuple(code for code, *_ in kinds),
        STATES,
        ("",),
        refs={
            "line": root * 2 + random.integers(0, 2, facts).astype(np.int32),
            "invoice": root * 16 + (at - start).astype(np.int32) // (30 * DAY),
            "question": root * 64 + random.integers(0, 64, facts).astype(np.int32),
        },
        id=np.arange(1, facts + 1, dtype=np.int32),
        kind=kind,
        root=root,
        at=at.astype(np.int32),
        recorded=at.astype(np.int32),
        key=np.where(day == NONE, 0, (at - start) // (30 * DAY) + 1).astype(np.int32),
        day=day,
        state=state,
        value=zero,
        role=zero,
        voids=zero,
    )


def by_roots(facts: Facts, chunks: int) -> Iterator[Facts]:
    """The facts in parts of whole clients; the agency's own (root 0) go with every part."""
    if not len(facts.root):
        return
    bounds = np.quantile(facts.root, np.linspace(0, 1, chunks + 1)[1:-1]).astype(np.int64)
    part = np.searchsorted(np.unique(bounds), facts.root, "left")
    for number in range(int(part.max(initial=0)) + 1):
        yield take(facts, np.flatnonzero((part == number) | (facts.root == 0)))


def swept(
    cards: Sequence[Card],
    facts: Facts,
    parameters: Parameters,
    calendars: Calendars,
    now: int,
    chunks: int = 8,
) -> Iterator[Ledger]:
    """The ledger part by part, so that memory holds one part at a time."""
    kinds = {kind for card in cards for kind in reads(card)}
    codes = [code for code, name in enumerate(facts.kinds) if name in kinds]
    if len(codes) < len(facts.kinds):
        facts = take(facts, np.flatnonzero(np.isin(facts.kind, codes) | (facts.voids != 0)))
    for part in by_roots(facts, chunks):
        yield evaluate(cards, part, parameters, calendars, now)


def sweep_figures(
    cards: Sequence[Card], facts: Facts, parameters: Parameters, calendars: Calendars, now: int
) -> dict[str, float | int]:
    """Rows, seconds and the process's peak of memory for a full sweep."""
    began = time.perf_counter()
    rows = sum(len(part.rows) for part in swept(cards, facts, parameters, calendars, now))
    seconds = time.perf_counter() - began
    return {
        "facts": len(facts.id),
        "cards": len(cards),
        "rows": rows,
        "seconds": round(seconds, 3),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def client_figures(
    cards: Sequence[Card],
    facts: Facts,
    parameters: Parameters,
    calendars: Calendars,
    now: int,
    some: int = 3,
) -> dict[str, float | int]:
    """Milliseconds to evaluate one median client: all cards, and `some` of them."""
    roots, counts = np.unique(facts.root, return_counts=True)
    root = roots[np.argsort(counts)[len(counts) // 2]]
    client = take(facts, np.flatnonzero(facts.root == root))
    return {
        "facts": len(client.id),
        "all_ms": _median(lambda: evaluate(cards, client, parameters, calendars, now)),
        "some_ms": _median(lambda: evaluate(cards[:some], client, parameters, calendars, now)),
    }


def curve_figures(
    card: Card, facts: Facts, parameters: Parameters, calendars: Calendars, now: int
) -> dict[str, float | int]:
    """Milliseconds for a curve of 21 values over indexed facts."""
    index = Index(facts, now)
    values = range(1, 22)
    points = curve(card, values, index, parameters, calendars, now)
    milliseconds = _median(lambda: curve(card, values, index, parameters, calendars, now), 5)
    return {"rows": points[0].rows, "values": len(points), "ms": milliseconds}


def _median(work: Callable[[], object], times: int = 15) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return round(sorted(taken)[times // 2], 3)
