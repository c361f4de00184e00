"""What a predicted day asks for, told as stories of one line, and whose numbers decide."""

from datetime import date

from pult.regulation.evaluate import Calendars
from pult.regulation.evaluate.tests.shapes import LEAD, PARALLEL, clock, minute, russia
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


def test_a_day_off_signed_on_the_last_day_makes_nobody_late_backwards():
    story = fed()
    forecast(story, "2026-03-31")
    edited = (minute("2026-03-20 13:00"), 1, russia(1, (date(2026, 3, 24),)))
    calendars = Calendars.of([(0, 0, russia()), edited])
    for now in ("2026-03-20 12:00", "2026-03-20 14:00"):
        assert story.rows_at(now, LEAD, calendars=calendars) == ["OPEN 2026-03-20 19:00"]
