"""Walking over cards and over the clauses that read one another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from pult.regulation.evaluate.card import Card, Word
from pult.regulation.evaluate.table import NEVER

AGENCY = "agency"


def parts(value: Any) -> Iterator[Any]:
    """`value` and every dataclass inside it, examples left aside."""
    if isinstance(value, tuple):
        for item in value:
            yield from parts(item)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            if field.name != "examples":
                yield from parts(getattr(value, field.name))


def in_force(cards: Iterable[Card], now: int) -> dict[str, Card]:
    """The edition of each clause that holds at a minute: of those that have taken effect the one
    that did last, and of two the one signed last. A clause none of whose editions has is absent."""
    begun = [card for card in cards if card.effective_from <= now]
    return {card.clause: card for card in sorted(begun, key=lambda card: card.effective_from)}


def next_edition(cards: Iterable[Card], now: int) -> int:
    """The first minute after `now` at which another edition takes effect; NEVER without one."""
    return min((card.effective_from for card in cards if card.effective_from > now), default=NEVER)


def agency_kinds(card: Card) -> set[str]:
    """Kinds of the agency's own facts that this card reads for every client."""
    words = (part for part in parts(card) if isinstance(part, Word) and part.level == AGENCY)
    return {kind for word in words for kind in word.kinds}


def spread(start: Iterable[str], edges: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """`start` and everything reachable from it along `edges`."""
    seen: set[str] = set()
    ahead = list(start)
    while ahead:
        clause = ahead.pop()
        if clause not in seen:
            seen.add(clause)
            ahead.extend(edges.get(clause, ()))
    return frozenset(seen)
