"""Which facts, parameters and clauses a card depends on: read off the card itself, never listed.

A wrong index is the bug that leaves a row stale, so the walk takes every word of every field.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from pult.regulation.evaluate.card import Amount, Card, Holds, Trigger, Word


def parts(value: Any) -> Iterator[Any]:
    """`value` and every dataclass inside it."""
    if isinstance(value, tuple):
        for item in value:
            yield from parts(item)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            if field.name != "examples":
                yield from parts(getattr(value, field.name))


def kinds_read(card: Card) -> frozenset[str]:
    """Codes of the fact kinds that can change a row of this card."""
    words = (part for part in parts(card) if isinstance(part, Word))
    return frozenset(kind for word in words for kind in word.kinds)


def parameters_read(card: Card) -> frozenset[str]:
    """Names of the parameters behind the card's numbers."""
    return frozenset(part.name for part in parts(card) if isinstance(part, Amount) and part.name)


def clauses_read(card: Card) -> frozenset[str]:
    """Clauses whose rows this card reads."""
    named = (part.clause for part in parts(card) if isinstance(part, Holds | Trigger))
    return frozenset(clause for clause in named if clause)


def spread(start: Iterable[str], edges: dict[str, set[str]]) -> frozenset[str]:
    """`start` and everything reachable from it along `edges`."""
    seen: set[str] = set()
    ahead = list(start)
    while ahead:
        clause = ahead.pop()
        if clause not in seen:
            seen.add(clause)
            ahead.extend(edges.get(clause, ()))
    return frozenset(seen)
