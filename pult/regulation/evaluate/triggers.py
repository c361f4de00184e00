"""Which rows a card asks for: one for each trigger, with its identity and the moment it opened."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from pult.regulation.evaluate.card import Trigger, Word
from pult.regulation.evaluate.cells import Cells, renumbered
from pult.regulation.evaluate.columns import AGENCY, EMPTY, Steps
from pult.regulation.evaluate.conditions import Reader
from pult.regulation.evaluate.table import NEVER, NONE, Facts, Ints, filled


@dataclass(frozen=True)
class Revisions:
    """Predictions of date rows, sorted by (row, order): day, when recorded, place among the row's
    own and the fact's position."""

    row: Ints
    day: Ints
    recorded: Ints
    nth: Ints
    place: Ints

    @cached_property
    def turns(self) -> list[Ints]:
        """Positions of every first prediction, every second one, and so on."""
        order = np.argsort(self.nth, kind="stable")
        count = int(self.nth.max(initial=-1)) + 1
        return np.split(order, self.nth[order].searchsorted(np.arange(1, count)))


@dataclass(frozen=True)
class Born:
    """Rows a trigger asks for.

    key: identity; place: position of the trigger fact or NONE; opened: the instant; close: when the
    trigger was superseded or withdrawn (NEVER), `closer` the fact that did it; `revisions` for
    predicted days, else None; `wake_root`, `wake_at`: roots where time alone will ask for a row.
    """

    cells: Cells
    key: Ints
    place: Ints
    opened: Ints
    close: Ints
    closer: Ints
    revisions: Revisions | None = None
    wake_root: Ints = field(default_factory=lambda: EMPTY)
    wake_at: Ints = field(default_factory=lambda: EMPTY)

    def __len__(self) -> int:
        return len(self.key)

    def take(self, places: Ints) -> "Born":
        """Only the rows at ascending `places`."""
        if len(places) == len(self):
            return self
        return Born(
            self.cells.take(places),
            self.key[places],
            self.place[places],
            self.opened[places],
            self.close[places],
            self.closer[places],
            self._kept_revisions(places),
            self.wake_root,
            self.wake_at,
        )

    def _kept_revisions(self, places: Ints) -> Revisions | None:
        if self.revisions is None:
            return None
        old = self.revisions
        kept, row = renumbered(old.row, places, len(self))
        return Revisions(row, old.day[kept], old.recorded[kept], old.nth[kept], old.place[kept])


def born(reader: Reader) -> Born:
    """The rows the card's trigger asks for by now."""
    trigger = reader.card.trigger
    assert trigger is not None
    if trigger.clause:
        return _by_clause(reader, trigger)
    if trigger.missing:
        from pult.regulation.evaluate.missing import by_absence

        return by_absence(reader, trigger)
    assert trigger.word is not None
    if trigger.word.shape == "date":
        return _by_date(reader, trigger)
    return by_fact(reader, trigger.word, entering=trigger.word.shape == "state")


def by_fact(reader: Reader, word: Word, entering: bool = False) -> Born:
    """A row for each fact of the word; of a state, for each entering."""
    steps = _steps_of_subject(reader, word)
    chosen = (entries(steps) if entering else steps.on).nonzero()[0]
    places = steps.place[chosen]
    facts = reader.index.facts
    return _plain(
        cells_of(reader, places, steps.owner[chosen]), facts.id[places], places, facts.at[places]
    )


def entries(steps: Steps) -> np.ndarray:
    """Steps at which a state begins to hold."""
    before = np.zeros(len(steps.on), bool)
    before[1:] = steps.on[:-1] & (steps.owner[1:] == steps.owner[:-1])
    return steps.on & ~before


def cells_of(reader: Reader, places: Ints, subject: Ints) -> Cells:
    """Cells of facts at `places` whose subject is known."""
    index, card = reader.index, reader.card
    each = index.owners(card.each, places) if card.each else np.zeros(len(places), np.int64)
    root = index.facts.root[places].astype(np.int64, copy=False)
    return Cells(root, subject, each)


def _steps_of_subject(reader: Reader, word: Word) -> Steps:
    """Trigger facts by the card's own subject; without its ref they trigger nothing."""
    column = AGENCY if reader.card.subject == AGENCY else reader.card.subject
    steps = reader.index.steps(word, column)
    if not reader.card.each or not len(steps.owner):
        return steps
    named = reader.index.owners(reader.card.each, steps.place) != 0
    return Steps(steps.owner[named], steps.at[named], steps.place[named], steps.on[named])


def _plain(cells: Cells, key: Ints, place: Ints, opened: Ints) -> Born:
    count = len(place)
    never, none = filled(count, NEVER), filled(count, NONE)
    opened = opened.astype(np.int64, copy=False)
    return Born(cells, key.astype(np.int64, copy=False), place, opened, never, none)


def _by_clause(reader: Reader, trigger: Trigger) -> Born:
    lower = reader.lower.get(trigger.clause)
    if lower is None or not len(lower.rows):
        return _plain(Cells(EMPTY, EMPTY, EMPTY), EMPTY, EMPTY, EMPTY)
    rows, at = lower.entered(trigger.clause_states)
    subject = rows["subject"] if lower.subject == reader.card.subject else rows["root"]
    cells = Cells(rows["root"].copy(), subject.copy(), np.zeros(len(rows), np.int64))
    places = _places_of_ids(reader.index.facts, rows["trigger"])
    return _plain(cells, lower.identity(rows), places, at)


def _places_of_ids(facts: Facts, ids: Ints) -> Ints:
    """Positions of fact ids, NONE for 0 or an id that is not among the facts."""
    if not len(facts.id):
        return filled(len(ids), NONE)
    order = np.argsort(facts.id, kind="stable")
    place = np.minimum(np.searchsorted(facts.id, ids, sorter=order), len(order) - 1)
    return np.where(facts.id[order[place]] == ids, order[place], NONE)


def _by_date(reader: Reader, trigger: Trigger) -> Born:
    """A row for each key of each subject, opened by its first fact, moved by the later ones."""
    steps = _steps_of_subject(reader, trigger.word)
    facts = reader.index.facts
    if not len(steps.owner):
        return _plain(Cells(EMPTY, EMPTY, EMPTY), EMPTY, EMPTY, EMPTY)
    key = facts.key[steps.place].astype(np.int64, copy=False)
    order = np.lexsort((np.arange(len(key)), key, steps.owner))
    owner, key, place = steps.owner[order], key[order], steps.place[order]
    fresh = np.ones(len(key), bool)
    fresh[1:] = (owner[1:] != owner[:-1]) | (key[1:] != key[:-1])
    first = fresh.nonzero()[0]
    last = np.r_[first[1:], len(key)] - 1
    row = np.cumsum(fresh) - 1
    opened = facts.at[place[first]].astype(np.int64, copy=False)
    close, closer = filled(len(first), NEVER), filled(len(first), NONE)
    if not trigger.parallel:
        ids = facts.id[place[first]]
        close, closer = _next_keys(owner[first], opened, place[first], ids)
    gone = facts.day[place[last]] == NONE
    sooner = gone & (facts.at[place[last]] < close)
    close = np.where(sooner, facts.at[place[last]], close)
    closer = np.where(sooner, place[last], closer)
    known = facts.day[place] != NONE
    revised, place_known = row[known], place[known]
    nth = np.arange(len(revised)) - revised.searchsorted(revised, "left")
    revisions = Revisions(
        revised,
        facts.day[place_known].astype(np.int64, copy=False),
        facts.recorded[place_known].astype(np.int64, copy=False),
        nth,
        place_known,
    )
    cells = cells_of(reader, place[first], owner[first])
    rows = Born(cells, key[first], place[first], opened, close, closer, revisions)
    has_day = np.zeros(len(first), bool)
    has_day[revised] = True
    return rows.take(has_day.nonzero()[0])


def _next_keys(owner: Ints, opened: Ints, place: Ints, ids: Ints) -> tuple[Ints, Ints]:
    """When another key of the same owner first appeared strictly later: (instant, fact)."""
    close, closer = filled(len(owner), NEVER), filled(len(owner), NONE)
    order = np.lexsort((ids, opened, owner))
    mark = (owner[order] << 32) | opened[order]
    following = mark.searchsorted(mark, "right")
    safe = np.minimum(following, len(order) - 1)
    found = (following < len(order)) & (owner[order[safe]] == owner[order])
    close[order[found]] = opened[order[safe[found]]]
    closer[order[found]] = place[order[safe[found]]]
    return close, closer
