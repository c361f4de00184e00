"""What an event, a state or an absence asks for, told as stories of one client."""

import pytest

from pult.regulation.evaluate.table import NEVER, State
from pult.regulation.evaluate.tests.shapes import (
    ABSENCE,
    AFTER_BREACH,
    ANEW,
    REPLY,
    SOFT,
    THRICE,
    YOUNG,
    clock,
)
from pult.regulation.evaluate.tests.story import Story


def test_a_client_s_own_value_reaches_cards_about_the_client():
    story = Story()
    story.value("reply", 1, scope=("client", 1))
    story.value("reply", 3, scope=("client", 2))
    story.tell("question.asked", "2026-03-16 14:00", question=1)
    assert story.rows_at("2026-03-16 14:10", REPLY) == ["OPEN 2026-03-16 15:00"]


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


@pytest.mark.parametrize(
    ("reminded", "own", "after"),
    [
        ("2026-03-19 12:00", "OVERDUE", "OVERDUE"),  # a day early: still before the day
        ("2026-03-20 00:00", "MET", "OVERDUE"),  # the working day before a Sunday
        ("2026-03-22 12:00", "LATE", "OVERDUE"),  # the day to pay itself
        ("2026-03-23 00:00", "LATE", "MET"),
    ],
)
def test_asked_for_anew_each_deadline_counts_what_is_done_in_its_own_time(reminded, own, after):
    story = Story()
    story.tell("invoice.due", "2026-03-02 12:00", day="2026-03-22", invoice=5)
    story.tell("pay.reminded", reminded, invoice=5)
    assert [row.split()[:2] for row in story.rows_at("2026-03-25 12:00", ANEW)][1:] == [
        [own, "2026-03-20"],
        [after, "2026-03-24"],
    ]


def test_a_day_to_pay_moved_on_asks_for_reminders_around_the_new_day():
    story = Story()
    story.tell("invoice.due", "2026-03-02 12:00", day="2026-03-20", invoice=5)
    for moment in ("2026-03-18 12:00", "2026-03-20 12:00"):
        story.tell("pay.reminded", moment, invoice=5)
    story.tell("invoice.due", "2026-03-20 15:00", day="2026-03-27", invoice=5)
    assert story.rows_at("2026-03-23 12:00", ANEW)[1:] == [
        "FORECAST 2026-03-27 19:00",
        "FORECAST 2026-03-31 19:00",
    ]
    story.tell("pay.reminded", "2026-03-27 12:00", invoice=5)
    assert story.rows_at("2026-03-30 12:00", ANEW)[1:] == [
        "MET 2026-03-27 19:00",
        "OPEN 2026-03-31 19:00",
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
    assert story.rows_at("2026-03-19 12:10", REPLY) == ["OPEN 2026-03-19 13:00"]


def test_paused_time_brings_no_warning_nearer():
    story = Story()
    story.tell("question.asked", "2026-03-16 14:00", question=1)
    story.tell("client.pause", "2026-03-16 15:00", state="on")
    story.tell("client.pause", "2026-03-19 12:00", state="off")
    assert story.rows_at("2026-03-19 12:35", REPLY) == ["OPEN 2026-03-19 13:00"]
    assert clock(story.ledger("2026-03-19 12:35", REPLY).rows[0]["wake"]) == "2026-03-19 12:36"
    assert story.rows_at("2026-03-19 12:36", REPLY) == ["OPEN 2026-03-19 13:00 WARNED"]


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


def test_a_dispute_of_one_deadline_leaves_the_others_of_its_trigger_alone():
    story = Story()
    story.tell("invoice.due", "2026-03-02 12:00", invoice=7, key="7", day="2026-03-20")
    said = {"key": "1.13", "invoice": 7}
    story.tell("obligation.disputed", "2026-03-23 12:00", state="open", deadline=2, **said)
    before, own, after = story.rows_at("2026-03-25 12:00", THRICE)
    assert own == "OVERDUE 2026-03-20 19:00 DISPUTED"
    assert "DISPUTED" not in before + after
    story.tell("obligation.disputed", "2026-03-24 12:00", state="upheld", deadline=2, **said)
    story.tell("obligation.disputed", "2026-03-24 13:00", state="open", **said)
    rows = story.rows_at("2026-03-25 12:00", THRICE)
    assert [row.rpartition(" ")[2] for row in rows] == ["DISPUTED"] * 3


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
