"""The ledger kept step by step equals the sweep, whatever happens and in whatever order."""

import pytest

from pult.regulation.evaluate.tests.histories import EDITIONS, Historian, first_difference


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_every_step_leaves_the_ledger_a_sweep_would_find(first):
    for seed in range(first, first + 50):
        assert first_difference(seed) == ""


def test_every_card_at_once():
    assert first_difference(7, steps=40, cards=EDITIONS) == ""


def test_replaying_a_history_gives_the_same_ledger_and_the_same_transitions():
    for seed in range(20):
        first, second = Historian(seed), Historian(seed)
        for historian in (first, second):
            for _ in range(15):
                historian.step()
        assert first.driver.rows == second.driver.rows
        assert first.driver.transitions == second.driver.transitions


def test_a_sweep_of_what_was_known_then_is_the_ledger_of_then():
    for seed in range(20):
        historian = Historian(seed)
        for _ in range(8):
            historian.step()
        then, known = historian.driver.now, dict(historian.driver.rows)
        historian.driver.advance(then + 1)
        for _ in range(6):
            historian.step()
        historian.driver.now = then
        assert historian.driver.full() == known
