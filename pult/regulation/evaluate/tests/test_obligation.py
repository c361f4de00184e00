"""What an obligation says, told as stories of one client."""

from datetime import date

from pult.regulation.evaluate import Calendars
from pult.regulation.evaluate.table import NEVER, State
from pult.regulation.evaluate.tests.shapes import (
    ABSENCE,
    AFTER_BREACH,
    LEAD,
    PARALLEL,
    REPLY,
    SOFT,
    THRICE,
    YOUNG,
    clock,
    minute,
    russia,
)
from pult.regulation.evaluate.tests.story import Story


def forecast(story: Story, day: str, at: str = "2026-03-01 12:00", key: str = "march", **more):
    return story.tell("line.funds_end", at, day=day, key=key, line=10, **more)


def fed() -> Story:
    story = Story()
    for day in range(1, 31):
        story.tell("spend.loaded", f"2026-03-{day:02d} 09:00", line=10)
    return story


def test_the_may_holidays_are_counted_back():
    story = fed()
    forecast(story, "2026-05-18", "2026-03-01 12:00")
    assert story.rows_at("2026-03-30 12:00", LEAD) == ["FORECAST 2026-05-06 19:00"]


def test_a_forecast_becomes_open_five_working_days_before_its_due():
    story = fed()
    forecast(story, "2026-03-31")
    assert story.rows_at("2026-03-13 10:59", LEAD) == ["FORECAST 2026-03-20 19:00"]
    row = story.ledger("2026-03-13 10:59", LEAD).rows[0]
    assert clock(row["wake"]) == "2026-03-13 11:00"
    assert story.rows_at("2026-03-13 11:00", LEAD) == ["OPEN 2026-03-20 19:00"]


def test_an_early_invoice_closes_the_obligation():
    story = fed()
    forecast(story, "2026-03-31")
    story.tell("invoice.sent", "2026-03-02 12:00", line=10)
    assert story.rows_at("2026-03-21 12:00", LEAD) == ["MET 2026-03-20 19:00"]


def test_an_invoice_sent_before_the_funding_period_is_no_evidence():
    story = fed()
    story.tell("invoice.sent", "2026-02-20 12:00", line=10)
    forecast(story, "2026-03-31")
    assert story.rows_at("2026-03-16 12:00", LEAD) == ["OPEN 2026-03-20 19:00"]


def test_an_invoice_of_another_line_is_no_evidence():
    story = fed()
    forecast(story, "2026-03-31")
    story.tell("invoice.sent", "2026-03-02 12:00", line=11)
    assert story.rows_at("2026-03-16 12:00", LEAD) == ["OPEN 2026-03-20 19:00"]


def test_the_minute_of_the_due_is_still_in_time():
    story = fed()
    forecast(story, "2026-03-31")
    assert story.rows_at("2026-03-20 19:00", LEAD) == ["OPEN 2026-03-20 19:00"]
    assert story.rows_at("2026-03-20 19:01", LEAD) == ["OVERDUE 2026-03-20 19:00"]
    assert clock(story.ledger("2026-03-20 19:00", LEAD).rows[0]["wake"]) == "2026-03-20 19:01"
    story.tell("invoice.sent", "2026-03-20 19:00", line=10)
    assert story.rows_at("2026-03-21 12:00", LEAD) == ["MET 2026-03-20 19:00"]


def test_a_late_invoice_is_late():
    story = fed()
    forecast(story, "2026-03-31")
    story.tell("invoice.sent", "2026-03-23 12:00", line=10)
    assert story.rows_at("2026-03-23 13:00", LEAD) == ["LATE 2026-03-20 19:00"]


def test_an_invoice_logged_late_clears_the_manager_and_shows_the_sloppiness():
    story = fed()
    forecast(story, "2026-03-31")
    story.tell("invoice.sent", "2026-03-19 12:00", recorded="2026-03-24 12:00", line=10)
    assert story.rows_at("2026-03-23 13:00", LEAD) == ["OVERDUE 2026-03-20 19:00"]
    assert story.rows_at("2026-03-24 13:00", LEAD) == ["MET 2026-03-20 19:00 LOGGED_LATE"]


def test_a_moving_forecast_moves_the_row_and_keeps_its_key():
    story = fed()
    forecast(story, "2026-03-31")
    forecast(story, "2026-04-06", "2026-03-05 12:00")
    before = story.ledger("2026-03-04 12:00", LEAD).rows
    after = story.ledger("2026-03-06 12:00", LEAD).rows
    assert [clock(row["due"]) for row in (*before, *after)] == [
        "2026-03-20 19:00",
        "2026-03-26 19:00",
    ]
    assert before["key"] == after["key"]


def test_a_forecast_that_leaps_nearer_leaves_a_working_day_to_act():
    story = fed()
    forecast(story, "2026-04-30")
    forecast(story, "2026-03-20", "2026-03-13 12:00")
    assert story.rows_at("2026-03-13 13:00", LEAD) == ["OPEN 2026-03-16 19:00 SHORT_NOTICE"]


def test_a_repeated_forecast_does_not_buy_more_time():
    story = fed()
    forecast(story, "2026-04-30")
    forecast(story, "2026-03-20", "2026-03-13 12:00")
    forecast(story, "2026-03-20", "2026-03-16 12:00")
    assert story.rows_at("2026-03-16 13:00", LEAD) == ["OPEN 2026-03-16 19:00 SHORT_NOTICE"]


def test_a_lead_row_is_never_born_overdue():
    story = fed()
    forecast(story, "2026-03-05", "2026-03-03 12:00")
    assert story.rows_at("2026-03-03 13:00", LEAD) == ["OPEN 2026-03-04 19:00 SHORT_NOTICE"]


def test_a_new_funding_period_voids_the_old_one_before_its_due():
    story = fed()
    forecast(story, "2026-03-31")
    forecast(story, "2026-04-30", "2026-03-10 12:00", key="april")
    assert sorted(story.rows_at("2026-03-11 12:00", LEAD)) == [
        "FORECAST 2026-04-21 19:00",
        "VOID 2026-03-20 19:00",
    ]


def test_a_new_funding_period_after_the_due_leaves_a_closed_breach():
    story = fed()
    forecast(story, "2026-03-31")
    forecast(story, "2026-04-30", "2026-03-25 12:00", key="april")
    story.tell("invoice.sent", "2026-03-26 12:00", line=10)
    assert sorted(story.rows_at("2026-03-27 12:00", LEAD)) == [
        "MET 2026-04-21 19:00",
        "OVERDUE 2026-03-20 19:00 CLOSED",
    ]


def test_a_withdrawn_forecast_voids_the_row():
    story = fed()
    forecast(story, "2026-03-31")
    forecast(story, "", "2026-03-05 12:00")
    assert story.rows_at("2026-03-27 12:00", LEAD) == ["VOID 2026-03-20 19:00"]


def test_planned_flights_live_side_by_side():
    story = Story()
    for key, day in (("a", "2026-03-31"), ("b", "2026-04-30")):
        story.tell("line.planned_start", f"2026-03-0{ord(key) - 96} 12:00", day=day, key=key,
                   line=10)  # fmt: skip
    assert sorted(story.rows_at("2026-03-16 12:00", PARALLEL)) == [
        "FORECAST 2026-04-21 19:00",
        "OPEN 2026-03-20 19:00",
    ]


def test_a_voided_forecast_leaves_no_row():
    story = fed()
    number = forecast(story, "2026-03-31")
    story.tell("void", "2026-03-02 12:00", voids=number)
    assert story.rows_at("2026-03-01 13:00", LEAD) == ["FORECAST 2026-03-20 19:00"]
    assert story.rows_at("2026-03-02 13:00", LEAD) == []


def test_a_silent_feed_raises_no_breach():
    story = Story()
    forecast(story, "2026-03-31")
    story.tell("spend.loaded", "2026-03-16 09:00", line=10)
    assert story.rows_at("2026-03-18 12:00", LEAD) == ["OPEN 2026-03-20 19:00"]
    assert clock(story.ledger("2026-03-18 12:00", LEAD).rows[0]["wake"]) == "2026-03-18 19:01"
    assert story.rows_at("2026-03-23 12:00", LEAD) == ["OPEN 2026-03-20 19:00 NO_DATA"]
    story.tell("spend.loaded", "2026-03-23 13:00", line=10)
    assert story.rows_at("2026-03-23 14:00", LEAD) == ["OVERDUE 2026-03-20 19:00"]


def test_the_parameter_as_of_the_trigger_fixes_the_due():
    story = fed()
    story.value("invoice.lead", 10, since="2026-03-02")
    forecast(story, "2026-03-31", "2026-03-01 12:00")
    assert story.rows_at("2026-03-16 12:00", LEAD) == ["OPEN 2026-03-20 19:00"]
    story.value("invoice.lead", 9, since="2026-02-01", recorded="2026-03-17")
    row = story.ledger("2026-03-18 12:00", LEAD).rows[0]
    assert (clock(row["due"]), row["parameter"]) == ("2026-03-18 19:00", 2)


def test_the_narrowest_scope_wins():
    story = fed()
    forecast(story, "2026-03-31")
    story.value("invoice.lead", 6, scope=("team", 7))
    assert story.rows_at("2026-03-16 12:00", LEAD) == ["OPEN 2026-03-23 19:00"]
    story.value("invoice.lead", 8, scope=("line", 10))
    story.value("invoice.lead", 5, scope=("line", 11))
    story.value("invoice.lead", 4, scope=("client", 1))
    assert story.rows_at("2026-03-16 12:00", LEAD) == ["OPEN 2026-03-19 19:00"]


def test_a_client_s_own_value_reaches_cards_about_the_client():
    story = Story()
    story.value("reply", 1, scope=("client", 1))
    story.value("reply", 3, scope=("client", 2))
    story.tell("question.asked", "2026-03-16 14:00", question=1)
    assert story.rows_at("2026-03-16 14:10", REPLY) == ["OPEN 2026-03-16 15:00"]


def test_a_clause_switched_off_has_no_rows_and_wakes_when_it_is_switched_on():
    story = fed()
    forecast(story, "2026-03-31")
    story.value("mode.5.3", 0, since="2026-01-01", scope=("team", 7))
    story.value("mode.5.3", 3, since="2026-03-18", scope=("team", 7))
    assert story.rows_at("2026-03-17 12:00", LEAD) == []
    wakes = story.ledger("2026-03-17 12:00", LEAD).wakes
    assert [clock(at) for at in wakes.at] == ["2026-03-18 00:00"]
    assert story.ledger("2026-03-18 12:00", LEAD).rows["mode"].tolist() == [3]


def test_go_live_asks_about_no_earlier_trigger():
    story = fed()
    story.value("go.live", minute("2026-03-02 00:00"))
    forecast(story, "2026-03-31", "2026-03-01 12:00")
    forecast(story, "2026-04-30", "2026-03-02 12:00", key="april")
    assert story.rows_at("2026-03-05 12:00", LEAD) == ["FORECAST 2026-04-21 19:00"]


def test_a_calendar_edited_before_the_due_moves_it_and_a_later_edit_does_not():
    story = fed()
    forecast(story, "2026-03-31")
    versions = [
        (0, 0, russia()),
        (minute("2026-03-10 12:00"), 1, russia(1, (date(2026, 3, 24),))),
        (minute("2026-03-25 12:00"), 2, russia(2, (date(2026, 3, 23), date(2026, 3, 24)))),
    ]
    calendars = Calendars.of(versions)
    assert story.rows_at("2026-03-16 12:00", LEAD, calendars=calendars) == ["OPEN 2026-03-19 19:00"]
    later = story.ledger("2026-03-26 12:00", LEAD, calendars=calendars).rows[0]
    assert (clock(later["due"]), later["calendar"]) == ("2026-03-19 19:00", 1)


def test_three_reminders_are_three_rows_that_follow_each_other():
    story = Story()
    story.tell("invoice.due", "2026-03-02 12:00", day="2026-03-18", invoice=5)
    assert story.rows_at("2026-03-13 12:00", THRICE) == [
        "OPEN 2026-03-16 19:00",
        "FORECAST 2026-03-18 19:00",
        "FORECAST 2026-03-20 19:00",
    ]
    story.tell("pay.reminded", "2026-03-16 12:00", invoice=5)
    assert story.rows_at("2026-03-17 12:00", THRICE) == [
        "MET 2026-03-16 19:00",
        "OPEN 2026-03-18 19:00",
        "FORECAST 2026-03-20 19:00",
    ]
    story.tell("invoice.paid", "2026-03-17 13:00", state="full", invoice=5)
    assert story.rows_at("2026-03-23 12:00", THRICE) == [
        "MET 2026-03-16 19:00",
        "MET 2026-03-18 19:00",
        "MET 2026-03-20 19:00",
    ]


def test_a_cancelled_invoice_asks_for_nothing_more():
    story = Story()
    story.tell("invoice.due", "2026-03-02 12:00", day="2026-03-18", invoice=5)
    story.tell("invoice.cancelled", "2026-03-17 12:00", invoice=5)
    assert story.rows_at("2026-03-23 12:00", THRICE) == [
        "OVERDUE 2026-03-16 19:00 CLOSED",
        "VOID 2026-03-18 19:00",
        "VOID 2026-03-20 19:00",
    ]


def test_one_reply_discharges_its_own_question():
    story = Story()
    for question in (1, 2):
        story.tell("question.asked", "2026-03-16 12:00", question=question)
    story.tell("question.answered", "2026-03-16 12:30", question=2)
    assert story.rows_at("2026-03-16 14:30", REPLY) == [
        "OPEN 2026-03-16 15:00",
        "MET 2026-03-16 15:00",
    ]


def test_the_row_warns_when_four_fifths_of_the_time_are_gone():
    story = Story()
    story.tell("question.asked", "2026-03-16 14:00", question=1)
    assert story.rows_at("2026-03-16 15:35", REPLY) == ["OPEN 2026-03-16 16:00"]
    assert clock(story.ledger("2026-03-16 15:35", REPLY).rows[0]["wake"]) == "2026-03-16 15:36"
    assert story.rows_at("2026-03-16 15:36", REPLY) == ["OPEN 2026-03-16 16:00 WARNED"]


def test_a_pause_without_an_end_holds_the_row_and_its_end_moves_the_due():
    story = Story()
    story.tell("question.asked", "2026-03-16 14:00", question=1)
    story.tell("client.pause", "2026-03-16 15:00", state="on")
    assert story.rows_at("2026-03-18 12:00", REPLY) == ["OPEN 2026-03-16 16:00 PAUSED"]
    story.tell("client.pause", "2026-03-19 12:00", state="off")
    assert story.rows_at("2026-03-19 12:10", REPLY) == ["OPEN 2026-03-19 13:00 WARNED"]


def test_a_reply_during_the_pause_is_in_time():
    story = Story()
    story.tell("question.asked", "2026-03-16 14:00", question=1)
    story.tell("client.pause", "2026-03-16 15:00", state="on")
    story.tell("question.answered", "2026-03-18 12:00", question=1)
    row = story.ledger("2026-03-18 13:00", REPLY).rows[0]
    assert row["state"] == State.MET
    assert row["evidence_at"] <= row["due"]


def test_while_the_client_owes_us_an_answer_the_row_is_not_overdue():
    story = Story()
    story.tell("question.asked", "2026-03-16 14:00", question=1)
    story.tell("contact.waits", "2026-03-16 15:00", state="on")
    assert story.rows_at("2026-03-17 12:00", REPLY) == ["OPEN 2026-03-16 16:00 WAITS_CLIENT WARNED"]


def test_both_proofs_are_needed_and_the_later_counts():
    story = Story()
    story.tell("launch.accepted", "2025-10-30 15:00", campaign=3)
    story.tell("campaign.launched", "2025-11-05 12:00", campaign=3)
    assert story.rows_at("2025-11-06 12:00", SOFT) == ["OPEN 2025-11-07 19:00"]
    assert clock(story.ledger("2025-11-06 12:00", SOFT).rows[0]["soft"]) == "2025-11-05 19:00"
    story.tell("campaign.linked", "2025-11-10 12:00", campaign=3)
    assert story.rows_at("2025-11-11 12:00", SOFT) == ["LATE 2025-11-07 19:00"]


def test_an_exception_at_the_trigger_lifts_the_duty():
    story = Story()
    story.tell("campaign.own", "2025-10-01 12:00", state="on", campaign=3)
    story.tell("launch.accepted", "2025-10-30 15:00", campaign=3)
    assert story.rows_at("2025-11-06 12:00", SOFT) == []


def test_a_waiver_covers_until_its_day_and_then_the_row_returns():
    story = Story()
    story.tell("launch.accepted", "2026-03-02 15:00", campaign=3)
    story.tell("waiver.granted", "2026-03-11 12:00", state="on", key="8.5", day="2026-03-12")
    assert [row.split()[0] for row in story.rows_at("2026-03-11 11:59", SOFT)] == ["OVERDUE"]
    assert [row.split()[0] for row in story.rows_at("2026-03-12 23:59", SOFT)] == ["WAIVED"]
    assert clock(story.ledger("2026-03-12 12:00", SOFT).rows[0]["wake"]) == "2026-03-13 00:00"
    assert [row.split()[0] for row in story.rows_at("2026-03-13 00:00", SOFT)] == ["OVERDUE"]


def test_a_waiver_of_another_subject_or_row_does_not_count():
    story = Story()
    trigger = story.tell("launch.accepted", "2026-03-02 15:00", campaign=3)
    story.tell("waiver.granted", "2026-03-10 12:00", state="on", key="8.5", campaign=4)
    story.tell("waiver.granted", "2026-03-10 12:00", state="on", key="8.5", value=trigger + 1)
    story.tell("waiver.granted", "2026-03-10 12:00", state="on", key="8.6", campaign=3)
    assert [row.split()[0] for row in story.rows_at("2026-03-12 12:00", SOFT)] == ["OVERDUE"]
    story.tell("waiver.granted", "2026-03-12 12:00", state="on", key="8.5", value=trigger)
    assert [row.split()[0] for row in story.rows_at("2026-03-12 13:00", SOFT)] == ["WAIVED"]


def test_a_disputed_row_is_flagged_until_it_is_decided():
    story = Story()
    trigger = story.tell("launch.accepted", "2026-03-02 15:00", campaign=3)
    due = "2026-03-10 19:00"
    story.tell("obligation.disputed", "2026-03-11 12:00", state="open", key="8.5", value=trigger)
    assert story.rows_at("2026-03-11 13:00", SOFT) == [f"OVERDUE {due} DISPUTED"]
    story.tell("obligation.disputed", "2026-03-12 12:00", state="upheld", key="8.5", value=trigger)
    assert story.rows_at("2026-03-12 13:00", SOFT) == [f"WAIVED {due}"]


def test_a_plan_that_has_grown_old_asks_for_a_new_one():
    story = Story()
    story.tell("line.status", "2026-01-12 12:00", state="running", line=10)
    story.tell("plan.made", "2026-01-20 12:00", line=10)
    before = story.ledger("2026-02-20 12:00", ABSENCE)
    assert len(before.rows) == 0
    assert [clock(at) for at in before.wakes.at] == ["2026-02-21 00:00"]
    assert story.rows_at("2026-02-24 12:00", ABSENCE)[-1] == "OPEN 2026-02-24 19:00"
    story.tell("plan.made", "2026-02-24 12:30", line=10)
    assert story.rows_at("2026-03-01 12:00", ABSENCE)[-1] == "MET 2026-02-24 19:00"


def test_a_line_that_never_had_a_plan_is_asked_for_one():
    story = Story()
    story.tell("line.status", "2026-01-12 12:00", state="running", line=10)
    assert story.rows_at("2026-02-12 23:59", ABSENCE) == []
    assert story.rows_at("2026-02-13 00:00", ABSENCE) == ["OPEN 2026-02-16 19:00"]


def test_a_breach_of_one_clause_opens_a_row_of_another():
    story = Story()
    story.tell("line.opened", "2026-01-10 12:00", line=10)
    story.tell("line.status", "2026-01-12 12:00", state="running", line=10)
    rows = story.ledger("2026-03-02 12:00", YOUNG, AFTER_BREACH).rows
    upper = rows[rows["card"] == 1]
    assert [clock(row["opened"]) for row in upper] == ["2026-01-30 19:01", "2026-02-27 19:01"]
    assert [clock(row["due"]) for row in upper] == ["2026-02-02 19:00", "2026-03-02 19:00"]


def test_a_fact_dated_tomorrow_wakes_its_client_tomorrow():
    story = Story()
    story.tell("question.asked", "2026-03-17 12:00", recorded="2026-03-16 12:00", question=1)
    ledger = story.ledger("2026-03-16 13:00", REPLY)
    assert len(ledger.rows) == 0
    assert [clock(at) for at in ledger.wakes.at] == ["2026-03-17 12:00"]
    assert ledger.wakes.root.tolist() == [1]
    assert ledger.wakes.at[0] < NEVER
