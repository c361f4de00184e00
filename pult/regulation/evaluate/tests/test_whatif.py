"""The curve counts what the ledger would hold."""

from dataclasses import astuple, replace

import pytest

from pult.regulation.evaluate import Calendars, Index, Parameters, build_facts, evaluate
from pult.regulation.evaluate.table import Mode
from pult.regulation.evaluate.tests.histories import Historian
from pult.regulation.evaluate.tests.shapes import (
    AFTER_BREACH,
    LEAD,
    MONEY_FIRST,
    OFF_PLAN,
    REPLY,
    SILENCE,
    SOFT,
    WEEKLY,
    YOUNG,
    minute,
    russia,
)
from pult.regulation.evaluate.tests.story import Story
from pult.regulation.evaluate.whatif import (
    Change,
    breaches,
    curve,
    difference,
    judged,
    main_amount,
    turned_overdue,
    with_value,
)

VALUES = (1, 2, 3, 5, 8, 13)


def known_to(historian: Historian) -> tuple:
    driver = historian.driver
    return (
        build_facts(driver.facts),
        Parameters.of(driver.values, driver.teams, Mode.VISIBLE),
        Calendars.of(driver.versions),
        driver.now,
    )


@pytest.mark.parametrize(
    "card", [LEAD, REPLY, SOFT, WEEKLY, SILENCE, OFF_PLAN], ids=lambda c: c.clause
)
def test_every_point_of_the_curve_is_an_evaluation(card):
    asked = 0
    for seed in range(12):
        historian = Historian(seed, (card,))
        for _ in range(25):
            historian.step()
        known = known_to(historian)
        for point in curve(card, VALUES, *known):
            rows = evaluate([with_value(card, main_amount(card), point.value)], *known).rows
            assert (point.rows, point.breaches) == (len(rows), int(breaches(rows).sum())), seed
            asked += point.rows
    assert asked


@pytest.mark.parametrize(
    "card", [LEAD, REPLY, SOFT, WEEKLY, SILENCE, OFF_PLAN], ids=lambda c: c.clause
)
def test_what_a_value_would_change_is_the_difference_of_two_evaluations(card):
    number, seen = main_amount(card), 0
    by_root = {root: root for root in range(1, 9)}
    for seed in range(12):
        historian = Historian(seed, (card,))
        for _ in range(25):
            historian.step()
        facts, parameters, calendars, now = known_to(historian)
        index = Index(facts, now)
        signed = evaluate([card], index, parameters, calendars, now).rows
        told = judged(card, None, index, parameters, calendars, number)
        for value in (*VALUES, 90):
            fixed = with_value(card, number, value)
            rows = evaluate([fixed], index, parameters, calendars, now).rows
            short = judged(card, value, index, parameters, calendars, number)
            changes = difference(signed, rows, by_root)
            assert difference(told, short, by_root) == changes, seed
            turned = turned_overdue(signed, rows)
            assert _named(turned_overdue(told, short)) == _named(turned), seed
            seen += len(turned) + sum(sum(astuple(change)) for change in changes.values())
    assert seen


def test_a_card_that_reads_another_is_counted_with_it():
    story = Story()
    story.tell("line.opened", "2026-02-27 12:00", line=7)
    story.tell("line.status", "2026-02-27 12:00", line=7, state="running")
    story.tell("line.optimised", "2026-04-06 12:00", line=7)
    known = (
        build_facts(story.rows),
        Parameters.of(default_mode=Mode.VISIBLE),
        Calendars.single(russia()),
        minute("2026-04-20 12:00"),
    )
    points = curve(AFTER_BREACH, (1, 3, 5), *known, below=(YOUNG,))
    assert [(point.rows, point.breaches) for point in points] == [(1, 1), (1, 1), (1, 0)]
    index = Index(known[0], known[3])
    number = main_amount(AFTER_BREACH)
    for value in (None, 1, 3):
        card = with_value(AFTER_BREACH, number, value) if value else AFTER_BREACH
        rows = evaluate([card, YOUNG], index, *known[1:]).rows
        told = judged(AFTER_BREACH, value, index, *known[1:3], number, (YOUNG,))
        assert told.tolist() == rows[rows["card"] == 0].tolist()
    with pytest.raises(ValueError, match=r"reads 9\.4"):
        curve(AFTER_BREACH, (1,), *known)


def _named(rows):
    return sorted(rows[["root", "subject", "key"]].tolist())


def test_a_changed_number_is_changed_under_its_name_everywhere():
    changed = with_value(LEAD, main_amount(LEAD), 9)
    assert changed.deadlines[0].amount.value == 9
    assert changed.feed_limit == LEAD.feed_limit
    assert replace(changed, deadlines=LEAD.deadlines) == LEAD


def test_a_card_without_a_number_says_so():
    with pytest.raises(ValueError, match="clause 6"):
        main_amount(MONEY_FIRST)


def test_gains_and_losses_are_told_by_manager():
    story = Story()
    for root, hour in ((1, 11), (2, 12), (2, 15)):
        story.tell("question.asked", f"2026-03-16 {hour}:00", root=root, question=hour)
        story.tell("question.answered", f"2026-03-17 {hour}:00", root=root, question=hour)
    story.tell("question.asked", "2026-03-18 11:00", question=20)
    known = (
        build_facts(story.rows),
        Parameters.of(),
        Calendars.single(russia()),
        minute("2026-03-18 14:00"),
    )
    strict, lax = (
        evaluate([with_value(REPLY, main_amount(REPLY), value)], *known).rows for value in (1, 40)
    )
    assert difference(lax, strict, {1: 5, 2: 6}) == {
        5: Change(breaches_gained=2),
        6: Change(breaches_gained=2),
    }
    assert difference(lax, lax, {}) == {}
    assert difference(lax[:1], lax, {}) == {0: Change(rows_gained=3)}
    assert turned_overdue(lax, strict)["trigger"].tolist() == [7]
