"""What a first day of the regulation would ask, before anybody sets it."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from pult.kernel import clock
from pult.regulation import registry
from pult.regulation.calendars import midnight
from pult.regulation.evaluate import evaluate
from pult.regulation.evaluate.build import take
from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.columns import Index
from pult.regulation.evaluate.parameters import Parameters
from pult.regulation.evaluate.reads import GO_LIVE, depends_on
from pult.regulation.evaluate.table import Facts, Ints, Ledger, ParameterValue, State
from pult.regulation.labels import clause_title
from pult.regulation.parameters import Scope
from pult.regulation.registry import Regulation
from pult.regulation.retro import IDENTITY, among
from pult.regulation.sweep import current_facts

LIVE = [State.FORECAST, State.OPEN, State.OVERDUE, State.VIOLATED]
LATE = [State.OVERDUE, State.VIOLATED]


@dataclass(frozen=True)
class Asked:
    """How many rows of a clause a first day would open, how many of them overdue, and how many of
    today's rows it would take away."""

    clause: str
    title: str
    opens: int
    overdue: int
    goes: int


def first_day_asks(*, on: date, scope: Scope) -> tuple[Asked, ...]:
    """The clauses whose rows a first day changes on its morning (now, for a day that has come).

    Only clients whose first day it moves are looked at, and their facts evaluated once, as from
    the earlier of the two days: seconds in a large agency, so pages ask for it when somebody wants
    to see it.
    """
    regulation = registry.current()
    told = clock.to_minute(clock.now())
    now = max(told, midnight(on))
    said = ParameterValue(0, GO_LIVE, midnight(on), 0, told, scope)
    then = regulation.with_values(said)
    facts = current_facts().everything(regulation.kinds_of(regulation.clauses))
    days = _days(np.unique(facts.root).astype(np.int64), regulation, then, now)
    if not len(days.moved):
        return ()
    index = Index(take(facts, _told_of(facts, days.moved)), now)
    found = _Changes()
    apart = frozenset(card.clause for card in regulation.cards if _needs_both(card))
    _once(found, regulation, regulation.clauses - apart, index, days, told)
    _twice(found, regulation, then, apart, index)
    return found.by_clause(regulation.cards)


@dataclass(frozen=True)
class _Days:
    """The first minute of each client without and with the day in question, by ascending root."""

    root: Ints
    before: Ints
    after: Ints

    @property
    def moved(self) -> Ints:
        return self.root[self.before != self.after]

    def of(self, rows: np.ndarray) -> tuple[Ints, Ints]:
        """(before, after) of the client of each row."""
        place = np.searchsorted(self.root, rows["root"])
        return self.before[place], self.after[place]

    def earlier(self, recorded: int) -> Iterator[ParameterValue]:
        """The earlier of both as each client's own."""
        moved = self.before != self.after
        least = np.minimum(self.before, self.after)
        for root, minute in zip(self.root[moved].tolist(), least[moved].tolist(), strict=True):
            yield ParameterValue(0, GO_LIVE, minute, 0, recorded, ("client", root))


class _Changes:
    """Rows that open, those of them overdue, and rows that go, counted by clause."""

    def __init__(self) -> None:
        self.opens: Counter[str] = Counter()
        self.late: Counter[str] = Counter()
        self.goes: Counter[str] = Counter()

    def add(self, cards: list[Card], opens: np.ndarray, goes: np.ndarray) -> None:
        late = opens[np.isin(opens["state"], LATE)]
        for counter, rows in ((self.opens, opens), (self.late, late), (self.goes, goes)):
            places, counts = np.unique(rows["card"], return_counts=True)
            for place, count in zip(places.tolist(), counts.tolist(), strict=True):
                counter[cards[place].clause] += count

    def by_clause(self, cards: Collection[Card]) -> tuple[Asked, ...]:
        changed = (
            (clause, self.opens[clause], self.late[clause], self.goes[clause])
            for clause in dict.fromkeys(card.clause for card in cards)
        )
        return tuple(
            Asked(clause, clause_title(clause), opens, late, goes)
            for clause, opens, late, goes in changed
            if opens or goes
        )


def _days(root: Ints, regulation: Regulation, then: Regulation, now: int) -> _Days:
    def of(parameters: Parameters) -> Ints:
        return parameters.known(now).go_live(now, root)

    return _Days(root, of(regulation.parameters()), of(then.parameters()))


def _told_of(facts: Facts, roots: Ints) -> Ints:
    """Where the facts of these clients stand, and the agency's own, which any card may read."""
    return np.flatnonzero(np.isin(facts.root, roots) | (facts.root == 0))


def _needs_both(card: Card) -> bool:
    """Whether a first day does more to the card's rows than to ask those that opened since."""
    is_gap = card.cadence is not None and card.cadence.gap is not None
    return is_gap or bool(depends_on(card))


def _once(
    found: _Changes,
    regulation: Regulation,
    clauses: frozenset[str],
    index: Index,
    days: _Days,
    told: int,
) -> None:
    """A row stands with either day when it opened no earlier than that day."""
    cards = regulation.cards_of(clauses)
    parameters = regulation.with_values(*days.earlier(told)).parameters()
    ledger = evaluate(cards, index, parameters, regulation.calendars, index.now)
    for rows in map(_live, ledger.parts):
        before, after = days.of(rows)
        had, has = rows["opened"] >= before, rows["opened"] >= after
        found.add(cards, rows[has & ~had], rows[had & ~has])


def _twice(
    found: _Changes,
    regulation: Regulation,
    then: Regulation,
    clauses: frozenset[str],
    index: Index,
) -> None:
    """Waits begin with the first day, and a row of another clause may decide: compared whole."""
    cards = regulation.cards_of(regulation.needed_for(clauses))
    places = [place for place, card in enumerate(cards) if card.clause in clauses]
    before, after = (
        _of_cards(evaluate(cards, index, each.parameters(), each.calendars, index.now), places)
        for each in (regulation, then)
    )
    opens, goes = ~among(after, before, IDENTITY), ~among(before, after, IDENTITY)
    found.add(cards, after[opens], before[goes])


def _of_cards(ledger: Ledger, places: list[int]) -> np.ndarray:
    rows = _live(ledger.rows)
    return rows[np.isin(rows["card"], places)]


def _live(rows: np.ndarray) -> np.ndarray:
    return rows[np.isin(rows["state"], LIVE)]
