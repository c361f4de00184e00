"""The columns say what a slow scalar reading of the same words says."""

import pytest

from pult.regulation.evaluate import evaluate
from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.table import NEVER
from pult.regulation.evaluate.tests.histories import EDITIONS, Historian
from pult.regulation.evaluate.tests.oracle import Oracle
from pult.regulation.evaluate.tests.oracle_rows import rows_of
from pult.regulation.evaluate.tests.test_whatif import known_to

SKIPPED = {
    "4.1": "absence: its examples are told in test_obligation",
    "11.3": "monitor: its examples are told in test_cadence_and_gates",
    "9.7": "reads another clause: told in test_obligation",
    "М3.5": "reads another clause: told in test_cadence_and_gates",
}
CLAUSES = sorted({card.clause for card in EDITIONS} - set(SKIPPED))


def oracle_rows(historian: Historian, cards: tuple[Card, ...]) -> dict:
    driver, result = historian.driver, {}
    for place, card in enumerate(cards):
        until = min((c.effective_from for c in cards if c.effective_from > card.effective_from),
                    default=NEVER)  # fmt: skip
        oracle = Oracle(card, until, driver.facts, driver.values, driver.teams, driver.versions,
                        driver.now)  # fmt: skip
        for row in rows_of(oracle):
            result[place, row["root"], row["subject"], row["part"], row["key"]] = {
                name: int(value) for name, value in row.items()
            }
    return result


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_row_is_as_the_oracle_says(clause):
    cards = tuple(card for card in EDITIONS if card.clause == clause)
    compared = 0
    for seed in range(8):
        historian = Historian(seed, cards)
        for _ in range(20):
            historian.step()
        expected = oracle_rows(historian, cards)
        rows = evaluate(cards, *known_to(historian)).rows
        found = {}
        for row in rows:
            identity = tuple(int(row[n]) for n in ("card", "root", "subject", "part", "key"))
            told = expected.get(identity, {})
            found[identity] = {name: int(row[name]) for name in told}
        assert found == expected, f"seed {seed}"
        compared += len(found)
    assert compared
