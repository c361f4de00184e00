"""What cadences, gates, forbidden acts and monitors say, told as stories of one client."""

from pult.regulation.evaluate import Ask, Calendars, Parameters, build_facts, decide
from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.gate import Decision
from pult.regulation.evaluate.table import Mode
from pult.regulation.evaluate.tests.shapes import (
    ALL_APPROVED,
    DAY_CLOSE,
    MONEY_FIRST,
    MONTHLY,
    NOT_THE_MANAGER,
    OFF_PLAN,
    REPLY,
    SILENCE,
    WEEKLY,
    YOUNG,
    clock,
    minute,
    russia,
)
from pult.regulation.evaluate.tests.story import Story, told


def active() -> Story:
    story = Story()
    story.tell("client.status", "2026-02-27 20:00", state="client")
    story.tell("line.status", "2026-02-27 20:00", state="running", line=10)
    return story


def contact(story: Story, at: str, state: str = "two_way", **more) -> int:
    return story.tell("contact.logged", at, state=state, **more)


def told_needs(story: Story, now: str, card: Card) -> list[tuple[str, int, int]]:
    return [(told(row), int(row["need"]), int(row["done"])) for row in story.ledger(now, card).rows]


def decided(story: Story, card: Card, now: str, *cards: Card, **ask) -> Decision:
    return decide(
        card,
        build_facts(story.rows),
        Ask(root=1, **ask),
        parameters=Parameters.of(story.values, default_mode=Mode.VISIBLE),
        calendars=Calendars.single(russia()),
        now=minute(now),
        cards=cards,
    )


def test_two_contacts_meet_the_week():
    story = active()
    contact(story, "2026-03-02 12:00")
    contact(story, "2026-03-05 12:00")
    assert story.rows_at("2026-03-05 13:00", WEEKLY) == ["MET 2026-03-06 19:00"]


def test_one_contact_leaves_the_week_open_until_friday_evening():
    story = active()
    contact(story, "2026-03-02 12:00")
    assert story.rows_at("2026-03-05 11:00", WEEKLY) == ["OPEN 2026-03-06 19:00"]
    assert clock(story.ledger("2026-03-05 11:00", WEEKLY).rows[0]["wake"]) == "2026-03-06 19:01"
    assert story.rows_at("2026-03-06 19:01", WEEKLY) == ["OVERDUE 2026-03-06 19:00"]
    assert story.rows_at("2026-03-09 00:00", WEEKLY)[0] == "OVERDUE 2026-03-06 19:00 CLOSED"


def test_a_contact_on_saturday_is_late_for_its_week():
    story = active()
    contact(story, "2026-03-02 12:00")
    contact(story, "2026-03-07 12:00")
    assert story.rows_at("2026-03-08 11:00", WEEKLY) == ["LATE 2026-03-06 19:00"]


def test_a_light_contact_does_not_count():
    story = active()
    contact(story, "2026-03-02 12:00")
    contact(story, "2026-03-05 12:00", "light")
    assert story.rows_at("2026-03-05 13:00", WEEKLY) == ["OPEN 2026-03-06 19:00"]


def test_a_contact_logged_after_the_week_still_meets_it():
    story = active()
    contact(story, "2026-03-02 12:00")
    contact(story, "2026-03-05 12:00", recorded="2026-03-10 12:00")
    assert story.rows_at("2026-03-10 13:00", WEEKLY)[0] == "MET 2026-03-06 19:00 LOGGED_LATE"


def test_holidays_shrink_what_a_week_asks_for():
    story = Story()
    story.tell("line.status", "2025-12-01 10:00", state="running", line=10)
    needs = {row[0].split()[1]: row[1] for row in told_needs(story, "2026-01-18 12:00", WEEKLY)}
    assert needs["2025-12-26"] == 2
    assert needs["2025-12-30"] == 1
    assert "2026-01-09" not in needs
    assert needs["2026-01-16"] == 2


def test_a_pause_shrinks_the_week_and_a_whole_week_of_it_asks_for_nothing():
    story = active()
    story.tell("client.pause", "2026-03-03 20:00", state="on")
    story.tell("client.pause", "2026-03-13 20:00", state="off")
    assert told_needs(story, "2026-03-15 12:00", WEEKLY) == [
        ("OVERDUE 2026-03-06 19:00 CLOSED", 1, 0)
    ]


def test_no_campaign_no_contacts_asked():
    story = active()
    story.tell("line.status", "2026-03-04 12:00", state="ended", line=10)
    assert story.rows_at("2026-03-04 13:00", WEEKLY) == []


def test_the_wait_of_the_client_is_no_breach():
    story = active()
    contact(story, "2026-03-02 12:00")
    story.tell("contact.waits", "2026-03-03 12:00", state="on")
    assert story.rows_at("2026-03-06 20:00", WEEKLY) == ["OPEN 2026-03-06 19:00 WAITS_CLIENT"]
    assert story.rows_at("2026-03-09 10:00", WEEKLY)[0] == "WAIVED 2026-03-06 19:00 WAITS_CLIENT"


def waiver(story: Story, at: str, **more) -> int:
    return story.tell("waiver.granted", at, key=MONTHLY.clause, **{"state": "on", **more})


def test_an_exception_made_after_the_deadline_covers_the_period_for_good():
    story = active()
    assert story.rows_at("2026-03-26 12:00", MONTHLY) == ["OVERDUE 2026-03-25 19:00"]
    waiver(story, "2026-03-26 13:00", day="2026-03-27")
    assert story.rows_at("2026-03-26 14:00", MONTHLY) == ["WAIVED 2026-03-25 19:00"]
    assert story.rows_at("2026-03-30 12:00", MONTHLY) == ["WAIVED 2026-03-25 19:00"]
    assert story.rows_at("2026-04-05 12:00", MONTHLY)[0] == "WAIVED 2026-03-25 19:00"


def test_an_exception_taken_back_lets_the_period_burn_again():
    story = active()
    waiver(story, "2026-03-26 13:00", day="2026-03-27")
    waiver(story, "2026-03-26 14:00", state="off")
    assert story.rows_at("2026-03-26 15:00", MONTHLY) == ["OVERDUE 2026-03-25 19:00"]


def test_an_exception_made_after_the_period_changes_nothing_of_it():
    story = active()
    waiver(story, "2026-04-02 13:00", day="2026-04-03")
    assert story.rows_at("2026-04-05 12:00", MONTHLY)[0] == "OVERDUE 2026-03-25 19:00 CLOSED"


def test_a_new_week_wakes_every_active_client():
    story = active()
    contact(story, "2026-03-02 12:00")
    contact(story, "2026-03-03 12:00")
    ledger = story.ledger("2026-03-05 11:00", WEEKLY)
    assert [clock(at) for at in ledger.wakes.at] == ["2026-03-09 00:00"]


def test_the_invoice_of_the_month_is_due_on_the_twenty_fifth_or_the_working_day_before():
    story = Story()
    story.tell("client.status", "2026-02-27 20:00", state="client")
    assert story.rows_at("2026-03-05 12:00", MONTHLY) == ["OPEN 2026-03-25 19:00"]
    assert story.rows_at("2026-04-05 12:00", MONTHLY)[-1] == "OPEN 2026-04-24 19:00"


def test_a_week_begun_before_go_live_is_not_asked():
    story = active()
    story.value("go.live", minute("2026-03-03 00:00"))
    assert [row.split()[1] for row in story.rows_at("2026-03-10 12:00", WEEKLY)] == ["2026-03-13"]


def test_an_old_client_leaves_the_young_rhythm_by_itself():
    story = Story()
    story.tell("line.opened", "2026-01-10 12:00", line=10)
    story.tell("line.status", "2026-01-12 12:00", state="running", line=10)
    assert len(story.rows_at("2026-03-15 12:00", YOUNG)) == 3
    ledger = story.ledger("2026-04-09 12:00", YOUNG)
    assert "2026-04-11 00:00" in [clock(at) for at in ledger.wakes.at]
    assert len(ledger.rows) == 4
    assert len(story.rows_at("2026-04-12 12:00", YOUNG)) == 3


def test_silence_keeps_one_live_row():
    story = active()
    for day in ("2026-03-02", "2026-03-05", "2026-03-10"):
        contact(story, f"{day} 12:00", "light")
    assert story.rows_at("2026-03-11 12:00", SILENCE) == ["OPEN 2026-03-17 19:00"]


def test_a_silence_that_was_too_long_stays_on_record():
    story = active()
    contact(story, "2026-03-02 12:00")
    contact(story, "2026-03-12 12:00")
    assert sorted(story.rows_at("2026-03-12 13:00", SILENCE)) == [
        "LATE 2026-03-10 19:00",
        "OPEN 2026-03-19 19:00",
    ]


def test_silence_counts_from_go_live_for_those_who_were_there_before():
    story = active()
    story.value("go.live", minute("2026-03-12 00:00"))
    assert story.rows_at("2026-03-13 12:00", SILENCE) == ["OPEN 2026-03-19 19:00"]


def test_work_begins_after_the_money():
    story = Story()
    story.tell("line.funded", "2026-03-02 10:00", state="part", line=10)
    story.tell("line.started", "2026-03-02 11:00", line=10)
    assert [row.split()[0] for row in story.rows_at("2026-03-02 12:00", MONEY_FIRST)] == [
        "VIOLATED"
    ]
    decision = decided(story, MONEY_FIRST, "2026-03-02 12:00", subject=10)
    assert (decision.allowed, decision.missing) == (False, ("the money has not come",))
    story.tell("line.funded", "2026-03-02 13:00", state="full", line=10)
    assert decided(story, MONEY_FIRST, "2026-03-02 14:00", subject=10).allowed
    assert not decided(story, MONEY_FIRST, "2026-03-02 14:00", subject=11).allowed


def test_a_payment_returned_shuts_the_gate_again():
    story = Story()
    story.tell("line.funded", "2026-03-02 13:00", state="full", line=10)
    story.tell("line.funded", "2026-03-03 13:00", state="none", line=10)
    assert not decided(story, MONEY_FIRST, "2026-03-04 14:00", subject=10).allowed


def test_a_trusted_client_starts_at_once_and_the_label_is_told():
    story = Story()
    story.tell("client.trusted", "2026-01-10 10:00", state="yes")
    assert decided(story, MONEY_FIRST, "2026-03-02 12:00", subject=10).exception == "trusted"
    story.tell("line.started", "2026-03-02 11:00", line=10)
    assert [row.split()[0] for row in story.rows_at("2026-03-02 12:00", MONEY_FIRST)] == ["ALLOWED"]


def test_a_waiver_opens_the_gate_for_its_days():
    story = Story()
    waiver = story.tell(
        "waiver.granted", "2026-03-02 10:00", state="on", key="6.1", day="2026-03-03", line=10
    )
    assert decided(story, MONEY_FIRST, "2026-03-03 12:00", subject=10).waiver == waiver
    assert not decided(story, MONEY_FIRST, "2026-03-04 12:00", subject=10).allowed
    story.tell("line.started", "2026-03-03 11:00", line=10)
    assert [row.split()[0] for row in story.rows_at("2026-03-09 12:00", MONEY_FIRST)] == ["WAIVED"]


def test_every_creative_must_be_approved():
    story = Story()
    story.tell("creative.status", "2026-03-02 10:00", state="approved", campaign=3, creative=1)
    story.tell("creative.status", "2026-03-02 10:00", state="draft", campaign=3, creative=2)
    assert not decided(story, ALL_APPROVED, "2026-03-02 12:00", subject=3).allowed
    story.tell("creative.status", "2026-03-02 13:00", state="approved", campaign=3, creative=2)
    assert decided(story, ALL_APPROVED, "2026-03-02 14:00", subject=3).allowed
    assert not decided(story, ALL_APPROVED, "2026-03-02 14:00", subject=4).allowed


def test_the_manager_does_not_issue_invoices():
    story = Story()
    story.tell("invoice.issued", "2026-03-02 10:00", role="accountant")
    story.tell("invoice.issued", "2026-03-02 11:00", role="am")
    assert story.rows_at("2026-03-02 12:00", NOT_THE_MANAGER) == ["VIOLATED 2026-03-02 11:00"]
    assert decided(story, NOT_THE_MANAGER, "2026-03-02 12:00", subject=1, role="accountant").allowed
    assert not decided(story, NOT_THE_MANAGER, "2026-03-02 12:00", subject=1, role="am").allowed


def test_the_day_is_not_closed_while_a_question_waits_too_long():
    story = Story()
    story.tell("question.asked", "2026-03-16 14:00", question=1)
    assert decided(story, DAY_CLOSE, "2026-03-16 15:00", REPLY, DAY_CLOSE, subject=1).allowed
    assert not decided(story, DAY_CLOSE, "2026-03-16 17:00", REPLY, DAY_CLOSE, subject=1).allowed
    story.tell("question.answered", "2026-03-16 17:30", question=1)
    story.tell("day.closed", "2026-03-16 17:00")
    story.tell("day.closed", "2026-03-16 18:00")
    rows = story.ledger("2026-03-17 12:00", REPLY, DAY_CLOSE).rows
    assert [told(row).split()[0] for row in rows if row["card"] == 1] == ["VIOLATED", "ALLOWED"]


def test_days_beyond_the_plan_in_a_row_are_one_crossing():
    story = Story()
    for day, value in (("02", 105), ("03", 115), ("04", 120), ("05", 100), ("06", 130)):
        for kind, figure in (("stats.cpa", value), ("plan.cpa", 100)):
            story.tell(kind, f"2026-03-{day} 20:00", day=f"2026-03-{day}", value=figure, campaign=3)
    story.tell("campaign.linked", "2026-03-04 12:00", campaign=3)
    assert sorted(story.rows_at("2026-03-07 12:00", OFF_PLAN)) == [
        "MET 2026-03-04 19:00",
        "OPEN 2026-03-10 19:00",
    ]


def test_a_corrected_measure_takes_the_crossing_back():
    story = Story()
    story.tell("plan.cpa", "2026-03-02 10:00", day="2026-03-02", value=100, campaign=3)
    story.tell("stats.cpa", "2026-03-02 20:00", day="2026-03-02", value=130, campaign=3)
    assert len(story.rows_at("2026-03-03 12:00", OFF_PLAN)) == 1
    story.tell("stats.cpa", "2026-03-03 20:00", day="2026-03-02", value=104, campaign=3)
    assert story.rows_at("2026-03-04 12:00", OFF_PLAN) == []
