from datetime import date, time

import pytest

from pult.kernel.errors import BadInput, Refusal
from pult.kernel.models import Fact
from pult.people.actions import give_notice, set_absence, set_schedule, take_back_notice
from pult.people.actions.notices import AWAY
from pult.people.models import Absence, DayNotice

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 12)


@pytest.mark.parametrize(("at", "in_time"), [("10:59", True), ("11:00", False), ("14:00", False)])
def test_a_word_before_the_day_begins_is_in_time(cast, freeze, at, in_time):
    freeze(f"2026-05-12 {at}")
    notice = give_notice(user=cast.anna, kind="late", by=cast.anna, expected_at=time(12, 30))
    assert (notice.in_time, notice.expected_at) == (in_time, time(12, 30))
    fact = Fact.objects.get(kind="person.notice")
    assert (fact.state, fact.key) == ("late", "2026-05-12")
    assert fact.payload == {"force_majeure": False, "in_time": in_time}
    assert not Absence.objects.exists()


def test_hours_of_one_s_own_say_when_the_day_begins(cast, freeze):
    freeze("2026-05-12 12:00")
    week = [(14 * 60, 19 * 60)] * 5 + [None, None]
    set_schedule(user=cast.anna, week=week, by=cast.vera)
    assert give_notice(user=cast.anna, kind="late", by=cast.anna).in_time


def test_whoever_does_not_come_is_away_and_a_second_word_replaces_the_first(cast, freeze):
    freeze("2026-05-12 10:30")
    give_notice(user=cast.anna, kind="away", by=cast.anna, force_majeure=True)
    absence = Absence.objects.get()
    assert (absence.category, absence.since, absence.until) == ("other", TODAY, TODAY)
    freeze("2026-05-12 12:00")
    late = give_notice(user=cast.anna, kind="late", by=cast.anna)
    assert late.in_time, "the first word was in time"
    assert not Absence.objects.exists()
    assert DayNotice.objects.count() == 1


def test_a_notice_is_taken_back_with_its_absence(cast, freeze):
    freeze("2026-05-12 10:30")
    notice = give_notice(user=cast.anna, kind="unpaid", by=cast.anna)
    take_back_notice(notice=notice, by=cast.anna)
    assert not Absence.objects.exists()
    assert Fact.objects.filter(kind="person.notice", state="taken_back").exists()
    with pytest.raises(Refusal):
        take_back_notice(notice=notice, by=cast.anna)


def test_an_absence_that_was_there_stays_when_the_notice_goes(cast, freeze):
    freeze("2026-05-12 10:30")
    set_absence(user=cast.anna, category="leave", since=TODAY, until=TODAY, by=cast.vera)
    notice = give_notice(user=cast.anna, kind="away", by=cast.vera)
    take_back_notice(notice=notice, by=cast.vera)
    assert Absence.objects.count() == 1


def test_a_head_notes_what_was_told_by_phone_and_a_colleague_does_not(cast, freeze):
    freeze("2026-05-12 10:30")
    give_notice(user=cast.anna, kind="late", by=cast.vera)
    with pytest.raises(Refusal):
        give_notice(user=cast.anna, kind="late", by=cast.boris)


@pytest.mark.parametrize(
    ("kind", "day", "field"),
    [
        ("ill", TODAY, "kind"),
        ("late", date(2026, 5, 11), "day"),
        ("late", date(2026, 7, 1), "day"),
    ],
)
def test_impossible_notices_name_the_field(cast, freeze, kind, day, field):
    freeze("2026-05-12 10:30")
    with pytest.raises(BadInput) as bad:
        give_notice(user=cast.anna, kind=kind, by=cast.anna, day=day)
    assert bad.value.field == field


def test_a_day_without_a_word_says_nothing_about_anybody(cast, freeze):
    freeze("2026-05-12 23:50")
    assert not Fact.objects.filter(kind__startswith="person.").exists()


def test_a_second_word_of_another_kind_of_absence_replaces_the_first(cast, freeze):
    freeze("2026-05-12 10:30")
    for kind, category in (("away", "other"), ("unpaid", AWAY["unpaid"]), ("away", "other")):
        notice = give_notice(user=cast.anna, kind=kind, by=cast.anna)
        absence = Absence.objects.get()
        assert (absence.category, notice.absence) == (category, absence)
    assert AWAY["unpaid"] != "other"
