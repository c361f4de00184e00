"""The regulation in force as one value: signed cards, dated values, calendars and their index.

Read once per stamp and process; `current()` costs one small query when nothing was signed since.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cached_property

from pult.regulation import stamp
from pult.regulation.calendars import calendars
from pult.regulation.editions import signed_cards
from pult.regulation.evaluate.calendars import Calendars
from pult.regulation.evaluate.card import RUNNING_KINDS, Card
from pult.regulation.evaluate.parameters import FOLLOWS, Parameters
from pult.regulation.evaluate.reads import depends_on, parameters_of, reads
from pult.regulation.evaluate.table import ParameterValue
from pult.regulation.facts import TEAM_CHANGES, UNIVERSAL
from pult.regulation.index import agency_kinds, spread
from pult.regulation.providers import providers
from pult.regulation.values import signed_values

Clauses = Collection[str]


@dataclass(frozen=True)
class Together:
    """Clauses evaluated at once, the ones they read included: their running cards, and the kinds of
    facts they read of the client and of the agency."""

    clauses: frozenset[str]
    cards: list[Card]
    kinds: frozenset[str]
    agency_kinds: frozenset[str]


@dataclass(frozen=True)
class Regulation:
    """Every signed edition, every signed value, every calendar. `cards` are those that run: a card
    that speaks of facts nobody records yet is planned, and asks nobody for anything."""

    stamp: int
    editions: tuple[Card, ...]
    values: tuple[ParameterValue, ...]
    calendars: Calendars
    cards: tuple[Card, ...] = field(init=False)

    def __post_init__(self) -> None:
        running = tuple(
            card for card in self.editions if card.kind in RUNNING_KINDS and not card.planned
        )
        object.__setattr__(self, "cards", running)

    def together(self, clauses: Iterable[str]) -> Together:
        """What evaluating these clauses takes, kept: the same few are asked for in every action."""
        asked = frozenset(clauses)
        if asked not in self._together:
            cells = self.needed_for(asked)
            self._together[asked] = Together(
                cells, self.cards_of(cells), self.kinds_of(cells), self.agency_kinds_of(cells)
            )
        return self._together[asked]

    @cached_property
    def _together(self) -> dict[frozenset[str], Together]:
        return {}

    @cached_property
    def clauses(self) -> frozenset[str]:
        """Clauses that run."""
        return frozenset(card.clause for card in self.cards)

    def cards_of(self, clauses: Clauses) -> list[Card]:
        """Running editions of these clauses, in the pack's order."""
        return [card for card in self.cards if card.clause in clauses]

    def touched_by(self, kinds: Iterable[str]) -> frozenset[str]:
        """Clauses whose rows facts of these kinds may change, directly or through other cards."""
        found: set[str] = set()
        for kind in kinds:
            found |= self.clauses if self._is_universal(kind) else self._by_kind.get(kind, set())
        return self.dependants(found)

    def touched_everywhere(self, kinds: Iterable[str]) -> frozenset[str]:
        """Clauses that the agency's own facts of these kinds may change for every client."""
        found = {
            clause for clause, read in self._agency_kinds.items() if not read.isdisjoint(kinds)
        }
        return self.dependants(found)

    def dependants(self, clauses: Iterable[str]) -> frozenset[str]:
        """These clauses and all that read their rows."""
        return spread(clauses, self._read_by) & self.clauses

    def needed_for(self, clauses: Iterable[str]) -> frozenset[str]:
        """These clauses and all whose rows they read: what must be evaluated together."""
        return spread(clauses, self._reads) & self.clauses

    def kinds_of(self, clauses: Clauses) -> frozenset[str]:
        """Fact kinds that evaluating these clauses takes."""
        return frozenset(UNIVERSAL).union(*(self._kinds[clause] for clause in clauses))

    def agency_kinds_of(self, clauses: Clauses) -> frozenset[str]:
        """The kinds of them that are read off the agency's own facts."""
        return frozenset().union(*(self._agency_kinds.get(clause, ()) for clause in clauses))

    def using(self, parameter: str) -> frozenset[str]:
        """Clauses whose rows a value of this parameter may change."""
        if parameter not in self._using:
            direct = [clause for clause, names in self._names.items() if parameter in names]
            self._using[parameter] = self.dependants(direct)
        return self._using[parameter]

    @cached_property
    def _using(self) -> dict[str, frozenset[str]]:
        return {}

    def parameters(
        self, clauses: Clauses | None = None, roots: Collection[int] | None = None
    ) -> Parameters:
        """The values these clauses name and that may reach these clients, and the teams of the
        clients; None stands for all."""
        if roots is not None and self._by_client[1].keys().isdisjoint(roots):
            found = self._for_anybody(None if clauses is None else frozenset(clauses))
            if found is not None:
                return found
        values = self.values if roots is None else self._reaching(roots)
        if clauses is not None:
            values = self._named_by(clauses, values)
        scoped = any(value.scope[0] == "team" for value in values)
        return Parameters.of(values, teams=providers().teams(roots) if scoped else {})

    def with_values(self, *more: ParameterValue) -> "Regulation":
        """The same with values nobody has signed: what would be then."""
        return replace(self, values=(*self.values, *more))

    def _named_by(
        self, clauses: Clauses, values: Iterable[ParameterValue]
    ) -> tuple[ParameterValue, ...]:
        names = frozenset().union(*(self._names[clause] for clause in clauses))
        return tuple(value for value in values if value.name in names)

    def _for_anybody(self, clauses: frozenset[str] | None) -> Parameters | None:
        """The values for every client without ones of their own, kept: what is resolved once need
        not be resolved in each action. None where teams have values, for a client has a team."""
        if clauses not in self._kept:
            shared = self._by_client[0]
            values = shared if clauses is None else self._named_by(clauses, shared)
            scoped = any(value.scope[0] == "team" for value in values)
            self._kept[clauses] = None if scoped else Parameters.of(values)
        return self._kept[clauses]

    @cached_property
    def _kept(self) -> dict[frozenset[str] | None, Parameters | None]:
        return {}

    def said(self, name: str, minute: int) -> int | None:
        """The agency's own value of a parameter at a minute, None when nothing was signed or it
        follows the card again."""
        values = [value for value in self._agency.get(name, ()) if value.effective <= minute]
        newest = max(values, key=lambda value: (value.effective, value.recorded), default=None)
        return newest.value if newest and newest.value != FOLLOWS else None

    @cached_property
    def _agency(self) -> dict[str, list[ParameterValue]]:
        found: dict[str, list[ParameterValue]] = {}
        for value in self._by_client[0]:
            if value.scope[0] == "agency":
                found.setdefault(value.name, []).append(value)
        return found

    def _reaching(self, roots: Collection[int]) -> tuple[ParameterValue, ...]:
        """Values but for those of other clients: thousands of them have a go-live of their own."""
        shared, own = self._by_client
        return (*shared, *(value for root in roots for value in own.get(root, ())))

    @cached_property
    def _by_client(self) -> tuple[list[ParameterValue], dict[int, list[ParameterValue]]]:
        shared: list[ParameterValue] = []
        own: dict[int, list[ParameterValue]] = {}
        for value in self.values:
            scope, number = value.scope
            (own.setdefault(number, []) if scope == "client" else shared).append(value)
        return shared, own

    def _is_universal(self, kind: str) -> bool:
        return kind in UNIVERSAL or (kind in TEAM_CHANGES and self.has_teams)

    @cached_property
    def has_teams(self) -> bool:
        """Whether some team has a value, a mode or a go-live of its own."""
        return any(value.scope[0] == "team" for value in self.values)

    @cached_property
    def _reads(self) -> dict[str, frozenset[str]]:
        edges: dict[str, frozenset[str]] = {}
        for card in self.cards:
            below = depends_on(card)
            below = self.clauses - {card.clause} if "*" in below else below
            edges[card.clause] = edges.get(card.clause, frozenset()) | below
        return edges

    @cached_property
    def _read_by(self) -> dict[str, set[str]]:
        edges: dict[str, set[str]] = {}
        for clause, below in self._reads.items():
            for lower in below:
                edges.setdefault(lower, set()).add(clause)
        return edges

    @cached_property
    def _kinds(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for card in self.cards:
            found.setdefault(card.clause, set()).update(reads(card))
        return found

    @cached_property
    def _names(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for card in self.cards:
            found.setdefault(card.clause, set()).update(parameters_of(card))
        return found

    @cached_property
    def _agency_kinds(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for card in self.cards:
            found.setdefault(card.clause, set()).update(agency_kinds(card))
        return found

    @cached_property
    def _by_kind(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for clause, kinds in self._kinds.items():
            for kind in kinds:
                found.setdefault(kind, set()).add(clause)
        return found


_kept: Regulation | None = None
_reading: ContextVar[list[Regulation] | None] = ContextVar("reading", default=None)


def current() -> Regulation:
    """The regulation as signed so far; inside `reading()`, as it was when first asked for."""
    asked = _reading.get()
    if asked:
        return asked[0]
    found = _current()
    if asked is not None:
        asked.append(found)
    return found


def _current() -> Regulation:
    global _kept
    number = stamp.current()
    if _kept is None or _kept.stamp != number:
        _kept = Regulation(number, signed_cards(), signed_values(), calendars())
    return _kept


@contextmanager
def reading() -> Iterator[None]:
    """One look at the regulation for everything inside: a page that only reads asks once."""
    token = _reading.set([])
    try:
        yield
    finally:
        _reading.reset(token)


def forget() -> None:
    """Drop what is kept: for tests that change what is signed behind the actions' back."""
    global _kept
    _kept = None
