"""The columns say what a slow scalar reading of the same words says."""

import pytest

from pult.regulation.evaluate import depends_on, evaluate, with_lower
from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.table import NEVER
from pult.regulation.evaluate.tests.histories import EDITIONS, Historian
from pult.regulation.evaluate.tests.oracle import Oracle
from pult.regulation.evaluate.tests.oracle_rows import rows_of
from pult.regulation.evaluate.tests.test_whatif import known_to

CLAUSES = sorted({card.clause for card in EDITIONS})
# Clauses that few histories ask anything of: (seeds whose histories do, steps).
RARE = {
    "4.1": ((0, 2, 8, 35, 36), 20),
    "9.7": ((6, 8, 34, 38, 52), 30),
    "11.3": ((0, 4, 5, 9, 12, 14, 16), 30),
}


def oracle_rows(historian: Historian, cards: tuple[Card, ...]) -> dict:
    driver, result = historian.driver, {}
    lower: dict[str, tuple[str, list[dict]]] = {}
    # A card that reads others comes after them: one layer is all that the shapes have.
    for place, card in sorted(enumerate(cards), key=lambda pair: bool(depends_on(pair[1]))):
        until = min((c.effective_from for c in cards
                     if c.clause == card.clause and c.effective_from > card.effective_from),
                    default=NEVER)  # fmt: skip
        oracle = Oracle(card, until, driver.facts, driver.values, driver.teams, driver.versions,
                        driver.now, lower)  # fmt: skip
        rows = rows_of(oracle)
        lower.setdefault(card.clause, (card.subject, []))[1].extend(rows)
        for row in rows:
            result[place, row["root"], row["subject"], row["part"], row["key"]] = {
                name: int(value) for name, value in row.items()
            }
    return result


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_row_is_as_the_oracle_says(clause):
    cards = tuple(with_lower(EDITIONS, [clause]))
    compared = 0
    seeds, steps = RARE.get(clause, (range(8), 20))
    for seed in seeds:
        historian = Historian(seed, cards)
        for _ in range(steps):
            historian.step()
        expected = oracle_rows(historian, cards)
        rows = evaluate(cards, *known_to(historian)).rows
        found = {}
        for row in rows:
            identity = tuple(int(row[n]) for n in ("card", "root", "subject", "part", "key"))
            told = expected.get(identity, {})
            found[identity] = {name: int(row[name]) for name in told}
        assert found == expected, f"seed {seed}"
        compared += sum(cards[identity[0]].clause == clause for identity in found)
    assert compared
