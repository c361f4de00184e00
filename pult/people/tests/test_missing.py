"""Who is not at work, why and till when: one answer for every page that asks."""

from datetime import date

import pytest

from pult.kernel import clock
from pult.people.actions import set_absence, set_duty, set_schedule
from pult.people.queries import missing, off_now, standing_in

pytestmark = pytest.mark.django_db
MORNINGS = [(11 * 60, 15 * 60)] * 5 + [None, None]


@pytest.fixture
def early(cast, freeze):
    """Анна comes at eleven, Борис is on duty, Глеб is on leave."""
    freeze("2026-05-12 09:00")
    set_schedule(user=cast.anna, week=MORNINGS, by=cast.vera)
    set_duty(day=date(2026, 5, 12), user=cast.boris, by=cast.vera)
    leave = {"since": date(2026, 5, 12), "until": date(2026, 5, 15)}
    set_absence(user=cast.gleb, category="leave", **leave, by=cast.vera)
    return cast


def test_whoever_is_out_of_their_hours_is_told_with_the_hour_and_who_is_on_duty(early):
    found = missing()
    assert found.keys() == {early.anna.pk, early.gleb.pk}
    told = found[early.anna.pk].words
    assert told == f"вне своих часов до 11:00, дежурит {early.boris.full_name}"
    assert found[early.gleb.pk].words == "нет до 15.05.2026"


def test_the_list_of_people_takes_the_same_hours(early):
    hours = {pk: one.back_at for pk, one in missing().items() if one.is_off}
    assert off_now() == hours


def test_whoever_is_shut_out_is_told_so_before_anything_else(early):
    early.gleb.doors_shut_at = clock.now()
    early.gleb.save()
    assert missing()[early.gleb.pk].words == "вход закрыт"


def test_a_week_of_one_s_own_that_has_not_begun_sends_nobody_away(early, freeze):
    set_schedule(user=early.boris, week=MORNINGS, since=date(2026, 5, 25), by=early.vera)
    freeze("2026-05-12 21:00")
    assert early.boris.pk not in missing()


def test_whoever_is_on_duty_reads_why_and_till_when(early, freeze):
    stood_in = standing_in(early.boris.pk)[early.anna.pk]
    assert stood_in.words == f"дежурите до 11:00: у коллеги {early.anna.full_name} не рабочие часы"
    freeze("2026-05-12 11:00")
    assert standing_in(early.boris.pk) == {}
    assert missing().keys() == {early.gleb.pk}


def test_after_the_last_hour_of_the_week_the_next_day_is_told(early, freeze):
    freeze("2026-05-15 16:00")
    assert missing()[early.anna.pk].words == "вне своих часов до 18.05.2026"


def test_an_absence_speaks_before_the_hours(early):
    set_absence(
        user=early.anna,
        category="leave",
        since=date(2026, 5, 12),
        until=date(2026, 5, 14),
        substitute=early.boris,
        by=early.vera,
    )
    assert missing()[early.anna.pk].words == f"нет до 14.05.2026, замещает {early.boris.full_name}"
    assert standing_in(early.boris.pk)[early.anna.pk].until == date(2026, 5, 14)


def test_a_whole_day_has_no_hours(early):
    assert missing(date(2026, 5, 12)).keys() == {early.gleb.pk}
