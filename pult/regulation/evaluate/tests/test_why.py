"""The explanation of a due date arrives at the same date."""

from pult.regulation.evaluate import Calendars, Parameters, build_facts, evaluate
from pult.regulation.evaluate.explanation import Explanation
from pult.regulation.evaluate.table import Mode
from pult.regulation.evaluate.tests.histories import Historian
from pult.regulation.evaluate.tests.shapes import LEAD, REPLY, SOFT, clock, minute, russia
from pult.regulation.evaluate.tests.story import Story
from pult.regulation.evaluate.why import explain


def explained(story: Story, now: str, card) -> Explanation:
    row = story.ledger(now, card).rows[0]
    return explain(
        row,
        card,
        build_facts(story.rows),
        Parameters.of(story.values, {1: 7}, Mode.VISIBLE),
        Calendars.single(russia()),
        minute(now),
    )


def test_every_due_of_random_histories_is_explained():
    explanations = 0
    for seed in range(40):
        historian = Historian(seed)
        for _ in range(16):
            historian.step()
        driver = historian.driver
        known = (
            build_facts(driver.facts),
            Parameters.of(driver.values, driver.teams, Mode.VISIBLE),
            Calendars.of(driver.versions),
            driver.now,
        )
        for row in evaluate(driver.cards, *known).rows:
            card = driver.cards[row["card"]]
            explanation = explain(row, card, *known)
            assert explanation.due == row["due"], (seed, row)
            if card.gate is None and card.forbidden is None:
                assert explanation.calendars[-1].version == row["calendar"], (seed, row)
            explanations += 1
    assert explanations > 60


def test_the_may_holidays_are_named_day_by_day():
    story = Story()
    story.tell("line.funds_end", "2026-04-01 12:00", day="2026-05-18", key="may", line=10)
    story.value("invoice.lead", 7)
    why = explained(story, "2026-04-30 12:00", LEAD)
    assert (why.amount, why.parameter, why.parameter_id) == (7, "invoice.lead", 1)
    assert clock(why.due) == "2026-05-06 19:00"
    counted = [str(day.day.date) for day in why.days if day.counted]
    assert counted == ["2026-05-06", "2026-05-07", "2026-05-08", "2026-05-12", "2026-05-13",
                       "2026-05-14", "2026-05-15"]  # fmt: skip
    skipped = {str(day.day.date): day.day.reason.key for day in why.days if not day.counted}
    assert skipped["2026-05-11"] == "moved"
    assert skipped["2026-05-09"] == "holiday"


def test_a_pause_and_a_moved_forecast_are_told():
    story = Story()
    story.tell("launch.accepted", "2026-03-02 15:00", campaign=3)
    story.tell("client.pause", "2026-03-03 20:00", state="on")
    story.tell("client.pause", "2026-03-05 20:00", state="off")
    why = explained(story, "2026-03-06 12:00", SOFT)
    assert clock(why.due) == "2026-03-12 19:00"
    assert [str(day.day.date) for day in why.days if day.paused] == ["2026-03-04", "2026-03-05"]
    assert sum(day.counted for day in why.days) == 5


def test_minutes_of_each_day_are_told_for_hours():
    story = Story()
    story.tell("question.asked", "2026-03-13 18:30", question=1)
    why = explained(story, "2026-03-13 18:40", REPLY)
    assert clock(why.due) == "2026-03-16 12:30"
    assert [(str(day.day.date), day.minutes) for day in why.days if day.counted] == [
        ("2026-03-13", 30),
        ("2026-03-16", 90),
    ]


def test_the_grace_of_a_sudden_forecast_is_told():
    story = Story()
    story.tell("line.funds_end", "2026-03-02 12:00", day="2026-04-30", key="a", line=10)
    story.tell("line.funds_end", "2026-03-13 12:00", day="2026-03-20", key="a", line=10)
    why = explained(story, "2026-03-13 13:00", LEAD)
    assert [(clock(p.asked), clock(p.due), p.short) for p in why.predictions] == [
        ("2026-04-21 19:00", "2026-04-21 19:00", False),
        ("2026-03-11 19:00", "2026-03-16 19:00", True),
    ]
