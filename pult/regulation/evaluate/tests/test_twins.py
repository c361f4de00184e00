"""Clauses that ask for the same rhythm are judged once, and each keeps what is its own."""

from dataclasses import replace

import numpy as np
import pytest

from pult.regulation.evaluate import cadence
from pult.regulation.evaluate.columns import EMPTY
from pult.regulation.evaluate.table import Mode
from pult.regulation.evaluate.tests.shapes import MONTHLY
from pult.regulation.evaluate.tests.story import Story, told
from pult.regulation.evaluate.waivers import Remissions

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


@pytest.fixture
def judged(monkeypatch):
    """The names of what was worked out, once for each time it was."""
    called = []

    def counted(name):
        really = getattr(cadence, name)
        monkeypatch.setattr(cadence, name, lambda *said: (called.append(name), really(*said))[1])

    for name in ("_verdict", "_told"):
        counted(name)
    return called


def test_twins_are_judged_once(story, judged):
    story.ledger(NOW, MONTHLY, TWIN)
    assert sorted(judged) == ["_told", "_verdict"]


def test_a_waiver_of_one_twin_is_worked_out_apart(story, judged):
    story.tell("waiver.granted", "2026-03-20 12:00", key="5.9", state="on", day="2026-04-01")
    story.ledger(NOW, MONTHLY, TWIN)
    assert sorted(judged) == ["_told", "_told", "_verdict"]


@pytest.mark.parametrize("concern_nobody", [True, False])
def test_a_part_of_the_rows_concerns_whom_the_whole_does(concern_nobody):
    nobody = np.zeros(2, bool)
    whole = Remissions(EMPTY, EMPTY, EMPTY, EMPTY, nobody[:0], nobody, nobody, concern_nobody)
    assert whole.take(np.array([1])).concern_nobody is concern_nobody


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
