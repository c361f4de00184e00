"""`evaluate`: the whole regulation as one pure function."""

from collections.abc import Mapping, Sequence

import numpy as np

from pult.regulation.evaluate.cadence import cadences
from pult.regulation.evaluate.calendars import Calendars
from pult.regulation.evaluate.card import RUNNING_KINDS, Card
from pult.regulation.evaluate.columns import Index
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.gap import gaps
from pult.regulation.evaluate.gate import forbidden_acts, gates
from pult.regulation.evaluate.layers import EVERY, ordered_clauses, with_lower
from pult.regulation.evaluate.lower import Lower
from pult.regulation.evaluate.monitor import monitors
from pult.regulation.evaluate.obligation import obligations
from pult.regulation.evaluate.parameters import Parameters
from pult.regulation.evaluate.reads import depends_on, reads
from pult.regulation.evaluate.rows import NO_ROWS, Outcome
from pult.regulation.evaluate.table import NEVER, Facts, Ints, Ledger, Wake

Editions = dict[str, list[tuple[int, int, int]]]
Plan = tuple[list[str], Editions, frozenset[str]]
PLANS = 500


def evaluate(
    cards: Sequence[Card],
    facts: Facts | Index,
    parameters: Parameters,
    calendars: Calendars,
    now: int,
) -> Ledger:
    """Every row the cards ask for as known at `now` (minutes since 1970-01-01 UTC).

    Facts, parameter values and calendar versions recorded later are unknown, facts dated later have
    not happened. A card that reads another clause needs that clause's cards among `cards`. Cards of
    kinds that do not run are passed over. Same arguments, same rows: no clock, no chance, no order.
    """
    index = facts if isinstance(facts, Index) else Index(facts, now)
    if index.now != now:
        raise ValueError("the index was built for another instant")
    outcomes, _ = _run(cards, index, parameters.known(now), calendars.known(now))
    return _ledger(cards, outcomes, index, parameters.known(now))


def lower_rows(
    card: Card,
    cards: Sequence[Card],
    index: Index,
    parameters: Parameters,
    calendars: Calendars,
) -> Mapping[str, Lower]:
    """The rows a card reads: those of the clauses below it."""
    below = [c for c in with_lower(cards, depends_on(card)) if c.clause != card.clause]
    if EVERY in depends_on(card):
        below = [c for c in cards if EVERY not in depends_on(c) and c.clause != card.clause]
    _, lower = _run(below, index, parameters, calendars, depends_on(card))
    return lower


def _run(
    cards: Sequence[Card],
    index: Index,
    parameters: Parameters,
    calendars: Calendars,
    wanted: frozenset[str] = frozenset(),
) -> tuple[list[Outcome | None], dict[str, Lower]]:
    outcomes: list[Outcome | None] = [None] * len(cards)
    lower: dict[str, Lower] = {}
    shared: dict[tuple, tuple] = {}
    order, editions, read = _plan(cards)
    read |= wanted
    for clause in order:
        for place, until, since in editions[clause]:
            card = cards[place]
            if any(kind in index.code for kind in reads(card)) or card.trigger is not None:
                reader = Reader(index, card, parameters, calendars, index.now, lower, shared=shared)
                outcomes[place] = _one(reader, until, since)
        if clause in read or EVERY in read:
            places = [place for place, *_ in editions[clause]]
            lower[clause] = Lower(
                _joined([outcomes[place] for place in places]), cards[places[-1]].subject
            )
    return outcomes, lower


def _one(reader: Reader, until: int, since: int) -> Outcome:
    kind = reader.card.kind
    if kind == "obligation":
        return obligations(reader, until)
    if kind == "cadence":
        gap = reader.card.cadence is not None and reader.card.cadence.gap is not None
        return gaps(reader, until, since) if gap else cadences(reader, until)
    if kind == "gate":
        return gates(reader, until)
    return forbidden_acts(reader, until) if kind == "forbidden" else monitors(reader, until)


_plans: dict[tuple[int, ...], tuple[Sequence[Card], Plan]] = {}


def _plan(cards: Sequence[Card]) -> Plan:
    """The order of clauses, their editions, the clauses that others read; kept for the cards of
    an action, which come again and again."""
    key = tuple(map(id, cards))
    if key not in _plans:
        if len(_plans) >= PLANS:
            _plans.clear()
        read = frozenset().union(*(depends_on(card) for card in cards))
        _plans[key] = list(cards), (ordered_clauses(cards), _editions(cards), read)
    return _plans[key][1]


def _editions(cards: Sequence[Card]) -> dict[str, list[tuple[int, int, int]]]:
    """For each running clause its editions: (place, in force until, first edition's start)."""
    clauses: dict[str, list[int]] = {}
    for place, card in enumerate(cards):
        if card.kind in RUNNING_KINDS:
            clauses.setdefault(card.clause, []).append(place)
    result = {}
    for clause, places in clauses.items():
        places.sort(key=lambda place: (cards[place].effective_from, place))
        starts = [cards[place].effective_from for place in places]
        ends = [*starts[1:], NEVER]
        result[clause] = [(place, end, starts[0]) for place, end in zip(places, ends, strict=True)]
    return result


def _joined(outcomes: Sequence[Outcome | None]) -> np.ndarray:
    parts = [outcome.rows for outcome in outcomes if outcome is not None and len(outcome.rows)]
    if not parts:
        return NO_ROWS
    return np.concatenate(parts) if len(parts) > 1 else parts[0]


def _ledger(
    cards: Sequence[Card],
    outcomes: Sequence[Outcome | None],
    index: Index,
    parameters: Parameters,
) -> Ledger:
    wakes: list[tuple[int, Ints, Ints]] = []
    for place, (card, outcome) in enumerate(zip(cards, outcomes, strict=True)):
        if card.kind not in RUNNING_KINDS:
            continue
        roots, instants = _future(card, index, parameters)
        if outcome is not None:
            outcome.rows["card"] = place
            later = outcome.wake_at > index.now
            roots = np.concatenate([roots, outcome.wake_root[later]])
            instants = np.concatenate([instants, outcome.wake_at[later]])
        if len(roots):
            wakes.append((place, *_first_by_root(roots, instants)))
    parts = (outcome.rows for outcome in outcomes if outcome is not None)
    return Ledger(tuple(part for part in parts if len(part)), _wake(wakes))


def _future(card: Card, index: Index, parameters: Parameters) -> tuple[Ints, Ints]:
    """(root, instant) at which a known but future fact, or a dated mode or go-live, begins."""
    places = index.future(reads(card))
    roots = index.facts.root[places].astype(np.int64)
    instants = index.facts.at[places].astype(np.int64)
    if not parameters.stand_still(card.clause, index.now):
        everyone = np.unique(index.facts.root[index.places(tuple(sorted(reads(card))))])
        everyone = everyone.astype(np.int64)
        change = parameters.next_change(card.clause, index.now, everyone)
        ahead = change < NEVER
        roots = np.concatenate([roots, everyone[ahead]])
        instants = np.concatenate([instants, change[ahead]])
    return roots, instants


def _first_by_root(roots: Ints, instants: Ints) -> tuple[Ints, Ints]:
    if (roots == roots[0]).all():
        return roots[:1], instants.min(keepdims=True)
    order = np.lexsort((instants, roots))
    roots, instants = roots[order], instants[order]
    first = np.ones(len(roots), bool)
    first[1:] = roots[1:] != roots[:-1]
    return roots[first], instants[first]


def _wake(parts: Sequence[tuple[int, Ints, Ints]]) -> Wake:
    count = [len(roots) for _, roots, _ in parts]
    empty = [np.zeros(0, np.int64)]
    root = np.concatenate([roots for _, roots, _ in parts] or empty)
    at = np.concatenate([instants for *_, instants in parts] or empty)
    card = np.repeat(np.array([place for place, *_ in parts], np.int64), count)
    return Wake(card, np.zeros(len(root), np.int64), root, at)
