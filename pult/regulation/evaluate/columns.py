"""The index over facts: for each word, its facts by subject and instant, found by binary search."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pult.regulation.evaluate.build import seen
from pult.regulation.evaluate.card import Word
from pult.regulation.evaluate.table import NONE, Facts, Ints

EMPTY = np.zeros(0, np.int64)
ROOT, AGENCY = "client", "agency"


def marks(ids: Ints, at: Ints) -> Ints:
    """(id, instant) as one sortable number; ids below 2**31, instants from 0, NEVER as 2**32."""
    return (ids << 32) | np.minimum(at, 2**32 - 1)


@dataclass(frozen=True)
class Steps:
    """Facts of a word sorted by (owner, at, id). `place` points into the facts. `on` is true where
    the fact says the word holds: for a state only in its states, for a date only with a day."""

    owner: Ints
    at: Ints
    place: Ints
    on: np.ndarray

    @cached_property
    def mark(self) -> Ints:
        return marks(self.owner, self.at)

    def newest(self, ids: Ints, at: Ints) -> tuple[np.ndarray, Ints]:
        """(found, position) of the newest step of each id at or before its instant."""
        if not len(self.owner):
            return np.zeros(len(ids), bool), np.zeros(len(ids), np.int64)
        place = self.mark.searchsorted(marks(ids, at), "right") - 1
        safe = np.maximum(place, 0)
        return (place >= 0) & (self.owner[safe] == ids), safe

    def next(self, ids: Ints, at: Ints) -> tuple[np.ndarray, Ints]:
        """(found, position) of the first step of each id at or after its instant."""
        if not len(self.owner):
            return np.zeros(len(ids), bool), np.zeros(len(ids), np.int64)
        place = self.mark.searchsorted(marks(ids, at), "left")
        return self._checked(ids, place)

    def after(self, ids: Ints, position: Ints) -> tuple[np.ndarray, Ints]:
        """The step following `position`, if it is of the same id."""
        return self._checked(ids, position + 1)

    def _checked(self, ids: Ints, place: Ints) -> tuple[np.ndarray, Ints]:
        safe = np.minimum(place, len(self.owner) - 1)
        return (place < len(self.owner)) & (self.owner[safe] == ids), safe

    @cached_property
    def only_on(self) -> "Steps":
        if self.on.all():
            return self
        return Steps(self.owner[self.on], self.at[self.on], self.place[self.on], self.on[self.on])


NO_STEPS = Steps(EMPTY, EMPTY, EMPTY, np.zeros(0, bool))


class Index:
    """Facts known at `now`, split into those that have happened and those dated in the future.

    Build it once to evaluate many cards or many values over the same facts. `kept` holds what
    others have prepared from it, with the objects it was prepared for.
    """

    def __init__(self, facts: Facts, now: int) -> None:
        self.now = now
        self.facts = facts
        self.code = {name: code for code, name in enumerate(facts.kinds)}
        kind = self._sorted_out()
        # Codes of 16 bits are sorted by radix, in one pass.
        self._order = np.argsort(kind.astype(np.int16, copy=False), kind="stable")
        self._bounds = np.concatenate(
            ([0], np.cumsum(np.bincount(kind, minlength=len(facts.kinds) + 2)))
        ).tolist()
        self._steps: dict[tuple, Steps] = {}
        self._places: dict[tuple[str, ...], Ints] = {}
        self.kept: dict[tuple, tuple] = {}
        self._relations: dict[tuple, tuple[Ints, Ints, Ints]] = {}

    def _sorted_out(self) -> Ints:
        """The kind of each fact; two codes beyond the kinds stand for facts dated in the future
        and for those not to be seen: unknown yet, voids and what they void."""
        facts, count = self.facts, len(self.facts.kinds)
        known, later = seen(facts, self.now), facts.at > self.now
        kind = facts.kind
        if later.any():
            kind = np.where(later, count, kind)
        return kind if known is None else np.where(known, kind, count + 1)

    @cached_property
    def one_root(self) -> bool:
        """Whether all facts are of one client."""
        root = self.facts.root
        return len(root) > 0 and root[0] == root[-1] != 0

    def places(self, kinds: tuple[str, ...]) -> Ints:
        """Ascending positions of present facts of `kinds`."""
        found = self._places.get(kinds)
        if found is None:
            found = self._places[kinds] = self._places_of(kinds)
        return found

    def _places_of(self, kinds: tuple[str, ...]) -> Ints:
        parts = []
        for name in dict.fromkeys(kinds):
            code = self.code.get(name)
            if code is not None and self._bounds[code] < self._bounds[code + 1]:
                parts.append(self._order[self._bounds[code] : self._bounds[code + 1]])
        if len(parts) < 2:
            return parts[0] if parts else EMPTY
        return np.sort(np.concatenate(parts))

    def future(self, kinds: frozenset[str]) -> Ints:
        """Positions of facts of `kinds` dated after now."""
        low, high = self._bounds[-3:-1]
        if low == high:
            return EMPTY
        codes = [self.code[name] for name in kinds if name in self.code]
        later = self._order[low:high]
        return later[np.isin(self.facts.kind[later], codes)]

    def owners(self, column: str, places: Ints) -> Ints:
        """Ids of type `column` that the facts name, 0 where none."""
        if column == ROOT:
            return self.facts.root[places].astype(np.int64, copy=False)
        if column == AGENCY:
            return np.zeros(len(places), np.int64)
        ref = self.facts.refs.get(column)
        if ref is None:
            return np.zeros(len(places), np.int64)
        return ref[places].astype(np.int64, copy=False)

    def steps(self, word: Word, column: str) -> Steps:
        """The word's facts by the id they name as `column`; facts that name none are left out."""
        key = (word.kinds, word.states, word.role, word.shape, column)
        found = self._steps.get(key)
        if found is None:
            found = self._steps[key] = self._sorted_steps(word, column)
        return found

    def _sorted_steps(self, word: Word, column: str) -> Steps:
        places = self.places(word.kinds)
        if not len(places):
            return NO_STEPS
        on = self._on(word, places)
        owner = self.owners(column, places)
        kept = (self.facts.root[places] == 0) if column == AGENCY else owner != 0
        if word.shape == "event" or word.shape == "measure":
            kept = kept & on
        if not kept.all():
            places, owner, on = places[kept], owner[kept], on[kept]
        if owner.max(initial=0) >= 2**31:
            raise ValueError(f"an id of {column} does not fit in 31 bits")
        order = None if column == ROOT else self._by_owner(owner, places)  # they lie by client
        if order is not None:
            places, owner, on = places[order], owner[order], on[order]
        return Steps(owner, self.facts.at[places].astype(np.int64, copy=False), places, on)

    def _by_owner(self, owner: Ints, places: Ints) -> Ints | None:
        """The order by (owner, instant, id) of facts at ascending `places`; None: they lie so."""
        order, ranked = None, owner
        if not (owner[1:] >= owner[:-1]).all():
            # Sorting numbers that end with the place is twice as fast as sorting places.
            order = np.sort((owner << 32) | np.arange(len(owner))) & (2**32 - 1)
            ranked, places = owner[order], places[order]
        root = self.facts.root[places]
        if not np.any((ranked[1:] == ranked[:-1]) & (root[1:] != root[:-1])):
            return order
        # Named by facts of several clients: they do not lie in order of time.
        moments = np.lexsort((self.facts.id[places], self.facts.at[places], ranked))
        return moments if order is None else order[moments]

    def _on(self, word: Word, places: Ints) -> np.ndarray:
        facts = self.facts
        on = np.ones(len(places), bool)
        if word.states:
            wanted = np.array([name in word.states for name in facts.states], bool)
            on &= wanted[facts.state[places]]
        if word.role:
            wanted = np.array([name == word.role for name in facts.roles], bool)
            on &= wanted[facts.role[places]]
        if word.shape == "date":
            on &= facts.day[places] != NONE
        return on

    def relation(self, parent: str, child: str, kinds: frozenset[str]) -> tuple[Ints, Ints, Ints]:
        """Who belongs to whom: (parent, child, since when), sorted by parent, from any present fact
        of `kinds` that names both."""
        key = (parent, child, kinds)
        found = self._relations.get(key)
        if found is None:
            places = self.places(tuple(sorted(kinds)))
            above, below = self.owners(parent, places), self.owners(child, places)
            named = (above != 0) & (below != 0)
            above, below, at = above[named], below[named], self.facts.at[places[named]]
            order = np.lexsort((at, below, above))
            above, below, at = above[order], below[order], at[order]
            first = np.ones(len(above), bool)
            first[1:] = (above[1:] != above[:-1]) | (below[1:] != below[:-1])
            found = self._relations[key] = (above[first], below[first], at[first])
        return found
