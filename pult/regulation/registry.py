"""The regulation in force as one value: signed cards, dated values, calendars and their index.

Read once per stamp and process; `current()` costs one small query when nothing was signed since.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pult.regulation import stamp
from pult.regulation.calendars import calendars
from pult.regulation.editions import signed_cards
from pult.regulation.evaluate.calendars import Calendars
from pult.regulation.evaluate.card import RUNNING_KINDS, Card
from pult.regulation.evaluate.parameters import Parameters
from pult.regulation.evaluate.table import ParameterValue
from pult.regulation.facts import UNIVERSAL
from pult.regulation.index import clauses_read, kinds_read, parameters_read, spread
from pult.regulation.providers import providers
from pult.regulation.values import signed_values


@dataclass(frozen=True)
class Regulation:
    """Every signed edition (`cards`: those that run), every signed value, every calendar."""

    stamp: int
    editions: tuple[Card, ...]
    values: tuple[ParameterValue, ...]
    calendars: Calendars
    cards: tuple[Card, ...] = field(init=False)

    def __post_init__(self) -> None:
        running = tuple(card for card in self.editions if card.kind in RUNNING_KINDS)
        object.__setattr__(self, "cards", running)

    @cached_property
    def clauses(self) -> frozenset[str]:
        """Clauses that run."""
        return frozenset(card.clause for card in self.cards)

    @cached_property
    def _by_clause(self) -> Mapping[str, tuple[Card, ...]]:
        found: dict[str, tuple[Card, ...]] = {}
        for card in self.cards:
            found[card.clause] = (*found.get(card.clause, ()), card)
        return found

    @cached_property
    def _reads(self) -> dict[str, set[str]]:
        edges: dict[str, set[str]] = {}
        for card in self.cards:
            edges.setdefault(card.clause, set()).update(clauses_read(card))
        return edges

    @cached_property
    def _read_by(self) -> dict[str, set[str]]:
        edges: dict[str, set[str]] = {}
        for clause, below in self._reads.items():
            for lower in below:
                edges.setdefault(lower, set()).add(clause)
        return edges

    @cached_property
    def _kinds(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for card in self.cards:
            found.setdefault(card.clause, set()).update(kinds_read(card))
        return found

    @cached_property
    def _by_kind(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for clause, kinds in self._kinds.items():
            for kind in kinds:
                found.setdefault(kind, set()).add(clause)
        return found

    def cards_of(self, clauses: Collection[str]) -> list[Card]:
        """Running editions of these clauses, in the pack's order."""
        return [card for card in self.cards if card.clause in clauses]

    def touched_by(self, kinds: Iterable[str]) -> frozenset[str]:
        """Clauses whose rows facts of these kinds may change, directly or through other cards."""
        found: set[str] = set()
        for kind in kinds:
            found |= self.clauses if kind in UNIVERSAL else self._by_kind.get(kind, set())
        return self.dependants(found)

    def dependants(self, clauses: Iterable[str]) -> frozenset[str]:
        """These clauses and all that read their rows."""
        return spread(clauses, self._read_by) & self.clauses

    def needed_for(self, clauses: Iterable[str]) -> frozenset[str]:
        """These clauses and all whose rows they read: what must be evaluated together."""
        return spread(clauses, self._reads) & self.clauses

    def kinds_of(self, clauses: Collection[str]) -> frozenset[str]:
        """Fact kinds that evaluating these clauses takes."""
        return frozenset(UNIVERSAL).union(*(self._kinds[clause] for clause in clauses))

    def using(self, parameter: str) -> frozenset[str]:
        """Clauses whose cards name this parameter."""
        return frozenset(
            card.clause for card in self.cards if parameter in parameters_read(card)
        )

    def parameters(self, roots: Collection[int] | None = None) -> Parameters:
        """Values with the teams of these clients (None: of all), ready for `evaluate`."""
        return Parameters.of(self.values, teams=providers().teams(roots))


_kept: Regulation | None = None


def current() -> Regulation:
    """The regulation as signed so far."""
    global _kept
    number = stamp.current()
    if _kept is None or _kept.stamp != number:
        _kept = Regulation(number, signed_cards(), signed_values(), calendars())
    return _kept


def forget() -> None:
    """Drop what is kept: for tests that change what is signed behind the actions' back."""
    global _kept
    _kept = None
