"""Order of evaluation: a card that reads another clause comes after it."""

from collections.abc import Collection, Iterable, Sequence
from graphlib import CycleError, TopologicalSorter

from pult.regulation.evaluate.card import RUNNING_KINDS, Card
from pult.regulation.evaluate.reads import depends_on, reads

EVERY = "*"


def ordered_clauses(cards: Iterable[Card]) -> list[str]:
    """Running clauses, the read ones first; ValueError names a cycle.

    A clause that reads every other ("*") comes after all that do not.
    """
    graph: dict[str, set[str]] = {}
    for card in cards:
        if card.kind in RUNNING_KINDS:
            graph.setdefault(card.clause, set()).update(depends_on(card))
    greedy = {clause for clause, needs in graph.items() if EVERY in needs}
    for clause, needs in graph.items():
        if clause in greedy:
            needs |= set(graph) - greedy
        needs &= set(graph)
        if clause in needs:
            raise ValueError(f"clause {clause} reads itself")
    try:
        return list(TopologicalSorter({c: sorted(graph[c]) for c in sorted(graph)}).static_order())
    except CycleError as error:
        raise ValueError(f"clauses read each other: {' → '.join(error.args[1])}") from error


def dirty_clauses(cards: Sequence[Card], kinds: Collection[str]) -> set[str]:
    """Clauses whose rows a fact of one of the kinds may change, dependants included."""
    touched = {card.clause for card in cards if reads(card) & set(kinds)}
    return upward(cards, touched)


def upward(cards: Sequence[Card], clauses: Collection[str]) -> set[str]:
    """The clauses and every clause that reads them, near or far."""
    found = set(clauses)
    while True:
        more = {
            card.clause
            for card in cards
            if card.clause not in found and (depends_on(card) & found or _greedy(card, found))
        }
        if not more:
            return found
        found |= more


def _greedy(card: Card, found: set[str]) -> bool:
    return EVERY in depends_on(card) and bool(found)


def with_lower(cards: Sequence[Card], clauses: Collection[str]) -> list[Card]:
    """The cards of the clauses and of every clause they read: what must be evaluated together."""
    needed = set(clauses)
    while True:
        more = {name for card in cards if card.clause in needed for name in depends_on(card)}
        if EVERY in more:
            more = {card.clause for card in cards}
        if more <= needed:
            return [card for card in cards if card.clause in needed]
        needed |= more
