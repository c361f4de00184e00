"""A ledger kept by small steps: what the application does with dirty cells and timers, in memory.

Every function here that a mutant may spoil is a method of its own.
"""

import heapq
from collections.abc import Collection, Sequence

from pult.kernel.calendar import BusinessCalendar
from pult.regulation.evaluate import (
    Calendars,
    Parameters,
    build_facts,
    dirty_clauses,
    evaluate,
    parameters_of,
    reads,
    upward,
    with_lower,
)
from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.table import NONE, FactRow, Ledger, Mode, ParameterValue

Identity = tuple[str, int, int, int, int]


class Driver:
    """Facts, values and calendars as they arrive, and the ledger they lead to."""

    def __init__(self, cards: Sequence[Card], calendar: BusinessCalendar, now: int) -> None:
        self.cards, self.now = tuple(cards), now
        self.teams = {1: 7, 2: 8}
        self.facts: list[FactRow] = []
        self.values: list[ParameterValue] = []
        self.versions = [(0, 0, calendar)]
        self.rows: dict[Identity, tuple] = {}
        self.timers: list[tuple[int, int, str]] = []
        self.transitions: list[tuple] = []

    # What arrives

    def advance(self, to: int) -> None:
        """Let time pass, stopping at every timer on the way."""
        while self.timers and self.timers[0][0] <= to:
            at, root, clause = heapq.heappop(self.timers)
            self.now = max(self.now, at)
            self.update([root], upward(self.cards, {clause}))
        self.now = max(self.now, to)

    def record(self, fact: FactRow) -> None:
        self.advance(fact.recorded)
        self.facts.append(fact)
        roots = [fact.root] if fact.root else self.roots()
        self.update(roots, self.dirty(fact))

    def sign(self, value: ParameterValue) -> None:
        self.advance(value.recorded)
        self.values.append(value)
        named = {card.clause for card in self.cards if value.name in parameters_of(card)}
        self.update(self.roots(), upward(self.cards, named))

    def edit_calendar(self, recorded: int, calendar: BusinessCalendar) -> None:
        self.advance(recorded)
        self.versions.append((recorded, calendar.version, calendar))
        self.update(self.roots(), {card.clause for card in self.cards})

    # What follows

    def dirty(self, fact: FactRow) -> set[str]:
        return dirty_clauses(self.cards, self.touched_kinds(fact))

    def touched_kinds(self, fact: FactRow) -> set[str]:
        if fact.voids:
            return {other.kind for other in self.facts if other.id == fact.voids}
        return {fact.kind}

    def update(self, roots: Collection[int], clauses: Collection[str]) -> None:
        if not clauses:
            return
        cards = with_lower(self.cards, clauses)
        kinds = frozenset().union(*(reads(card) for card in cards)) | {"void"}
        for root in roots:
            facts = [f for f in self.facts if f.root in (0, root) and f.kind in kinds]
            self.replace(root, clauses, cards, self.evaluated(cards, facts))

    def replace(
        self, root: int, clauses: Collection[str], cards: Sequence[Card], ledger: Ledger
    ) -> None:
        new = {
            identity: row
            for identity, row in told_rows(cards, ledger).items()
            if identity[0] in clauses and identity[1] == root
        }
        old = {k: row for k, row in self.rows.items() if k[0] in clauses and k[1] == root}
        for identity in sorted(set(old) | set(new)):
            if old.get(identity) != new.get(identity):
                self.transitions.append((self.now, identity, old.get(identity), new.get(identity)))
        for identity in old:
            del self.rows[identity]
        self.rows.update(new)
        self.arm(root, clauses, cards, ledger)

    def arm(
        self, root: int, clauses: Collection[str], cards: Sequence[Card], ledger: Ledger
    ) -> None:
        for at, clause, of in self.wakes(cards, ledger):
            if of == root and clause in clauses:
                heapq.heappush(self.timers, (at, root, clause))

    def wakes(self, cards: Sequence[Card], ledger: Ledger) -> list[tuple[int, str, int]]:
        wakes = [
            (int(row["wake"]), cards[row["card"]].clause, int(row["root"]))
            for row in ledger.rows
            if row["wake"] != NONE
        ]
        return wakes + [
            (int(at), cards[card].clause, int(root))
            for card, root, at in zip(*(ledger.wakes[i] for i in (0, 2, 3)), strict=True)
        ]

    # The one function

    def roots(self) -> list[int]:
        return sorted({fact.root for fact in self.facts if fact.root})

    def evaluated(self, cards: Sequence[Card], facts: Sequence[FactRow]) -> Ledger:
        return evaluate(
            cards,
            build_facts(facts),
            Parameters.of(self.values, self.teams, Mode.VISIBLE),
            Calendars.of(self.versions),
            self.now,
        )

    def full(self) -> dict[Identity, tuple]:
        """The ledger as a sweep sees it."""
        return told_rows(self.cards, self.evaluated(self.cards, self.facts))

    def difference(self) -> dict[Identity, tuple]:
        """Rows on which the kept ledger and the sweep disagree: {identity: (kept, swept)}."""
        swept = self.full()
        return {
            identity: (self.rows.get(identity), swept.get(identity))
            for identity in set(self.rows) | set(swept)
            if self.rows.get(identity) != swept.get(identity)
        }


def told_rows(cards: Sequence[Card], ledger: Ledger) -> dict[Identity, tuple]:
    """Rows by identity, the edition by name. AssertionError if two rows share an identity."""
    rows = {}
    for row in ledger.rows:
        card = cards[row["card"]]
        identity = (card.clause, *(int(row[n]) for n in ("root", "subject", "part", "key")))
        assert identity not in rows, f"two rows are {identity}"
        rows[identity] = (card.edition, *(row[n].item() for n in ledger.rows.dtype.names[5:]))
    return rows
