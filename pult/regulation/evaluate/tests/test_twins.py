"""Clauses that ask for the same rhythm are judged once, and each keeps what is its own."""

from dataclasses import replace

import pytest

from pult.regulation.evaluate.table import Mode
from pult.regulation.evaluate.tests.shapes import MONTHLY
from pult.regulation.evaluate.tests.story import Story, told

TWIN = replace(MONTHLY, clause="5.9")
NOW = "2026-04-10 12:00"


@pytest.fixture
def story():
    story = Story()
    story.tell("client.status", "2026-01-30 20:00", state="client")
    story.tell("invoice.next_month", "2026-02-10 12:00")
    return story


def rows_of(story: Story, place: int) -> list:
    rows = story.ledger(NOW, MONTHLY, TWIN).rows
    return [row for row in rows if row["card"] == place]


def test_twins_say_the_same(story):
    first, second = rows_of(story, 0), rows_of(story, 1)
    assert len(first) == 3
    assert [row.tolist()[1:] for row in first] == [row.tolist()[1:] for row in second]


def test_each_twin_is_as_loud_as_its_own_mode(story):
    story.value("mode.5.9", Mode.SHADOW)
    assert {int(row["mode"]) for row in rows_of(story, 0)} == {Mode.VISIBLE}
    assert {int(row["mode"]) for row in rows_of(story, 1)} == {Mode.SHADOW}


def test_a_twin_that_is_off_asks_nothing_and_the_other_goes_on(story):
    story.value("mode.5.1", Mode.OFF)
    assert not rows_of(story, 0)
    assert len(rows_of(story, 1)) == 3


@pytest.mark.parametrize("waived", [0, 1])
def test_a_waiver_of_one_twin_leaves_the_other_alone(story, waived):
    before = [told(row) for row in rows_of(story, 0)]
    clause = (MONTHLY, TWIN)[waived].clause
    story.tell("waiver.granted", "2026-03-20 12:00", key=clause, state="on", day="2026-04-01")
    assert [told(row) for row in rows_of(story, 1 - waived)] == before
    assert "WAIVED" in str([told(row) for row in rows_of(story, waived)])
