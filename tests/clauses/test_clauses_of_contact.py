"""1.3, 9.1, 12.1 and 12.3: the client is talked with."""

from datetime import date

import pytest

from pult.clients.actions import pause
from pult.clients.tests.factories import make_assignment
from pult.comms.actions import edit_contact, log_contact, log_meeting, void_contact

pytestmark = pytest.mark.django_db


def talk(scene, moment, outcome="two_way", **more):
    scene.at(moment)
    return log_contact(
        by=scene.cast.anna, client_id=scene.client.pk, channel="call", outcome=outcome, **more
    )


@pytest.mark.parametrize("clause", ["1.3", "9.1"])
def test_two_talks_close_the_week_and_one_does_not_1_3_9_1(scene, clause):
    assert scene.rows(clause)[0] == ("open", date(2026, 3, 6))
    talk(scene, "2026-03-03 12:00")
    assert scene.states(clause)[0] == "open"
    talk(scene, "2026-03-05 12:00")
    assert scene.states(clause)[0] == "met"
    talk(scene, "2026-03-10 12:00")
    scene.at("2026-03-16 12:00")
    assert scene.states(clause)[:2] == ["met", "overdue"]


def test_an_attempt_is_no_talk_for_9_1_and_a_contact_for_12_3(scene):
    for moment in ("2026-03-03 12:00", "2026-03-04 12:00", "2026-03-05 12:00"):
        talk(scene, moment, outcome="attempt")
    scene.at("2026-03-09 12:00")
    assert scene.states("9.1")[0] == "overdue"
    assert "overdue" not in scene.states("12.3")


def test_five_working_days_of_silence_are_a_breach_of_12_3(scene):
    talk(scene, "2026-03-02 12:00")
    last = scene.rows("12.3")[-1]
    assert last[0] == "open"
    scene.at("2026-03-16 12:00")
    assert scene.states("12.3")[-1] == "overdue"
    assert scene.rows("12.3")[-1] == ("overdue", last[1])


def test_a_contact_taken_back_does_not_break_the_silence_of_12_3(scene):
    talk(scene, "2026-03-02 12:00")
    before = scene.rows("12.3")
    row = talk(scene, "2026-03-06 12:00")
    assert scene.rows("12.3") != before
    void_contact(
        by=scene.cast.anna, client_id=row.client_id, interaction_id=row.pk, reason="mistake"
    )
    assert scene.rows("12.3") == before


def test_a_meeting_with_minutes_closes_the_month_of_12_1(scene):
    assert scene.states("12.1")[0] == "open"
    scene.at("2026-03-12 15:00")
    log_meeting(by=scene.cast.anna, client_id=scene.client.pk, minutes="бюджет на апрель")
    assert scene.states("12.1")[0] == "met"


def test_a_week_of_holidays_asks_no_talks_9_1(scene):
    pause(
        by=scene.cast.anna,
        client_id=scene.client.pk,
        first_day=date(2026, 3, 10),
        last_day=date(2026, 3, 13),
        reason_code="holiday",
    )
    scene.at("2026-03-16 12:00")
    assert date(2026, 3, 13) not in [due for _state, due in scene.rows("9.1")]


def missed(scene, moment):
    return talk(scene, moment, outcome="attempt", direction="in")


def test_a_missed_call_is_answered_within_a_working_day_m2_1(scene):
    missed(scene, "2026-03-03 12:00")
    assert scene.rows("М2.1") == [("open", date(2026, 3, 4))]
    talk(scene, "2026-03-04 11:30", outcome="attempt")
    assert scene.states("М2.1") == ["met"]


def test_a_call_nobody_returned_is_an_incident_for_the_head_m2_1(scene):
    missed(scene, "2026-03-03 12:00")
    scene.at("2026-03-05 12:00")
    assert scene.states("М2.1") == ["overdue"]
    talk(scene, "2026-03-06 12:00")
    assert scene.states("М2.1") == ["late"]


def test_hours_off_work_do_not_count_m2_2(scene):
    scene.at("2026-03-07 15:30")
    missed(scene, "2026-03-07 16:00")
    assert scene.rows("М2.1") == [("open", date(2026, 3, 10))]
    scene.at("2026-03-10 18:30")
    assert scene.states("М2.1") == ["open"], "Saturday, Sunday and the holiday were nobody's"


def test_a_call_noted_by_mistake_asks_for_nothing_m2_1(scene):
    row = missed(scene, "2026-03-03 12:00")
    void_contact(
        by=scene.cast.anna, client_id=row.client_id, interaction_id=row.pk, reason="mistake"
    )
    assert "open" not in scene.states("М2.1")


def test_our_own_attempt_owes_the_client_nothing(scene):
    talk(scene, "2026-03-03 12:00", outcome="attempt")
    assert scene.states("М2.1") == []


def test_a_missed_call_noted_by_a_specialist_asks_for_our_word_m2_1(scene):
    make_assignment(scene.client, scene.cast.darya, "executor")
    scene.at("2026-03-03 12:00")
    told = {"client_id": scene.client.pk, "channel": "call", "direction": "in"}
    row = log_contact(by=scene.cast.darya, outcome="attempt", **told)
    assert scene.rows("М2.1") == [("open", date(2026, 3, 4))]
    edit_contact(
        by=scene.cast.darya,
        client_id=scene.client.pk,
        interaction_id=row.pk,
        version=1,
        outcome="two_way",
    )
    assert "open" not in scene.states("М2.1")
