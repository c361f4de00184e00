"""Nine deliberate bugs, each found by random histories: proof that the histories look."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from pult.regulation.evaluate import cadence, dirty_clauses, obligation, run
from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.columns import EMPTY
from pult.regulation.evaluate.rows import earliest
from pult.regulation.evaluate.tests import driver
from pult.regulation.evaluate.tests.driver import Driver
from pult.regulation.evaluate.tests.histories import first_difference
from pult.regulation.evaluate.tests.shapes import (
    LEAD,
    MONEY_FIRST,
    MONTHLY,
    NOT_THE_MANAGER,
    REPLY,
    WEEKLY,
)

Mutate = Callable[[pytest.MonkeyPatch], None]
SEEDS = range(500, 560)


def _index_without(part: str) -> Mutate:
    """The dirty index forgets the words of one row of the card."""

    def mutate(patch: pytest.MonkeyPatch) -> None:
        def forgetful(cards, kinds):
            empty = () if part == "exceptions" else None
            return dirty_clauses([replace(card, **{part: empty}) for card in cards], kinds)

        patch.setattr(driver, "dirty_clauses", forgetful)

    return mutate


def _void_ignores_what_it_kills(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Driver, "touched_kinds", lambda self, fact: {fact.kind})


def _no_timer_on_open_rows(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        obligation, "earliest", lambda now, count, due, *more: earliest(now, count, *more)
    )


def _timer_a_minute_early(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        obligation,
        "earliest",
        lambda now, count, due, *more: earliest(now, count, due - 1, *more),
    )


def _no_timer_for_future_facts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(run, "_future", lambda card, index, parameters: (EMPTY, EMPTY))


def _values_are_not_looked_at_again(patch: pytest.MonkeyPatch) -> None:
    def sign(self: Driver, value) -> None:
        self.advance(value.recorded)
        self.values.append(value)

    patch.setattr(Driver, "sign", sign)


def _calendars_are_not_looked_at_again(patch: pytest.MonkeyPatch) -> None:
    def edit(self: Driver, recorded, calendar) -> None:
        self.advance(recorded)
        self.versions.append((recorded, calendar.version, calendar))

    patch.setattr(Driver, "edit_calendar", edit)


def _no_timer_at_the_end_of_a_period(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(cadence, "_wakes", lambda reader, cells, spans: (EMPTY, EMPTY))


MUTANTS: dict[str, tuple[Mutate, tuple[Card, ...]]] = {
    "the index forgets what keeps a cadence active": (_index_without("active"), (MONTHLY,)),
    "a void ignores the kind it kills": (_void_ignores_what_it_kills, (NOT_THE_MANAGER,)),
    "open rows have no timer": (_no_timer_on_open_rows, (REPLY,)),
    "the timer fires a minute early": (_timer_a_minute_early, (REPLY,)),
    "facts of the future have no timer": (_no_timer_for_future_facts, (REPLY,)),
    "a new value changes nothing": (_values_are_not_looked_at_again, (LEAD,)),
    "a new calendar changes nothing": (_calendars_are_not_looked_at_again, (LEAD, REPLY)),
    "the index forgets the exception": (_index_without("exceptions"), (MONEY_FIRST,)),
    "the end of a period has no timer": (_no_timer_at_the_end_of_a_period, (MONTHLY, WEEKLY)),
}


def found_by_histories(cards: tuple[Card, ...]) -> bool:
    return any(first_difference(seed, 14, cards) for seed in SEEDS)


@pytest.mark.parametrize("name", MUTANTS)
def test_the_bug_is_found(name, monkeypatch):
    mutate, cards = MUTANTS[name]
    mutate(monkeypatch)
    assert found_by_histories(cards)


@pytest.mark.parametrize("name", MUTANTS)
def test_without_the_bug_the_same_histories_agree(name):
    _, cards = MUTANTS[name]
    assert not any(first_difference(seed, 14, cards) for seed in SEEDS[:8])
