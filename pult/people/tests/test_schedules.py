from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from pult.kernel.errors import BadInput, Refusal
from pult.kernel.models import Fact
from pult.people.actions import drop_shift, set_absence, set_duty, set_schedule, set_shift
from pult.people.logic.hours import minutes_of
from pult.people.queries import (
    at_work_for,
    hours_of,
    next_working_day,
    standing_in,
    stood_in_for,
)

pytestmark = pytest.mark.django_db
MORNINGS = [(11 * 60, 15 * 60)] * 5 + [None, None]
TUESDAY = date(2026, 5, 12)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Moscow"))


def span(user, day):
    hours = hours_of(user, day)
    return hours and (f"{hours.start:%H:%M}", f"{hours.end:%H:%M}")


@pytest.fixture(autouse=True)
def monday(freeze):
    freeze("2026-05-11 12:00")


def test_without_hours_of_one_s_own_the_department_s_hold(cast):
    assert span(cast.anna, TUESDAY) == ("11:00", "19:00")
    assert span(cast.anna, date(2026, 5, 16)) is None


def test_a_week_holds_from_its_day_and_is_given_back(cast):
    set_schedule(user=cast.anna, week=MORNINGS, by=cast.vera, since=TUESDAY)
    set_schedule(user=cast.anna, week=None, by=cast.vera, since=date(2026, 6, 1))
    assert span(cast.anna, date(2026, 5, 11)) is None, "moved from Victory Day"
    assert span(cast.anna, date(2026, 5, 8)) == ("11:00", "18:00"), "a short day"
    assert span(cast.anna, TUESDAY) == ("11:00", "15:00")
    assert span(cast.anna, date(2026, 6, 1)) == ("11:00", "19:00")


def test_hours_are_those_of_the_person_s_zone(cast):
    set_schedule(user=cast.anna, week=MORNINGS, by=cast.vera, zone="Asia/Omsk")
    hours = hours_of(cast.anna, TUESDAY)
    assert hours.covers(at("2026-05-12 08:00")), "11:00 in Omsk is 8:00 in Moscow"
    assert not hours.covers(at("2026-05-12 12:00"))


def test_a_holiday_of_the_country_is_nobody_s_working_day(cast):
    set_schedule(user=cast.anna, week=[(600, 900)] * 7, by=cast.vera)
    assert span(cast.anna, date(2026, 6, 12)) is None


def test_a_weekend_of_the_calendar_is_a_working_day_of_whoever_has_it_in_their_week(cast):
    week = [None, (600, 900), (600, 900), (600, 900), (600, 900), (600, 840), None]
    set_schedule(user=cast.anna, week=week, by=cast.vera)
    assert span(cast.anna, date(2026, 5, 16)) == ("10:00", "14:00")  # a Saturday
    assert span(cast.anna, date(2026, 5, 17)) is None
    assert next_working_day(cast.anna, date(2026, 5, 15)) == date(2026, 5, 16)
    assert span(cast.boris, date(2026, 5, 16)) is None


def test_one_day_differs_and_is_as_the_week_again(cast):
    shift = set_shift(user=cast.anna, day=date(2026, 5, 16), hours=(600, 720), by=cast.vera)
    assert span(cast.anna, date(2026, 5, 16)) == ("10:00", "12:00")
    assert next_working_day(cast.anna, date(2026, 5, 15)) == date(2026, 5, 16)
    drop_shift(shift=shift, by=cast.vera)
    assert next_working_day(cast.anna, date(2026, 5, 15)) == date(2026, 5, 18)


def test_out_of_their_hours_whoever_is_on_duty_has_their_clients(cast):
    set_schedule(user=cast.anna, week=MORNINGS, by=cast.vera)
    set_duty(day=TUESDAY, user=cast.boris, by=cast.vera)
    noon, evening = at("2026-05-12 12:00"), at("2026-05-12 17:00")
    assert stood_in_for(cast.boris, noon) == []
    assert stood_in_for(cast.boris, evening) == [cast.anna]
    assert at_work_for([cast.anna.pk, cast.vera.pk], evening) == {cast.anna.pk: cast.boris.pk}
    assert list(standing_in(cast.boris.pk, evening)) == [cast.anna.pk]
    assert stood_in_for(cast.boris, TUESDAY) == [], "a whole day is nobody's off hours"


def test_a_stand_in_of_an_absence_goes_before_the_duty(cast):
    set_schedule(user=cast.anna, week=MORNINGS, by=cast.vera)
    set_duty(day=TUESDAY, user=cast.boris, by=cast.vera)
    set_absence(
        user=cast.anna,
        category="leave",
        since=TUESDAY,
        until=TUESDAY,
        substitute=cast.vera,
        by=cast.vera,
    )
    assert at_work_for([cast.anna.pk], at("2026-05-12 17:00")) == {cast.anna.pk: cast.vera.pk}


def test_whoever_has_no_hours_of_their_own_is_never_out_of_them(cast):
    set_duty(day=TUESDAY, user=cast.boris, by=cast.vera)
    assert at_work_for([cast.anna.pk], at("2026-05-12 22:00")) == {}


def test_people_do_not_set_their_own_hours(cast):
    with pytest.raises(Refusal):
        set_schedule(user=cast.anna, week=MORNINGS, by=cast.anna)
    with pytest.raises(Refusal):
        set_shift(user=cast.anna, day=TUESDAY, hours=None, by=cast.anna)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"week": [(900, 600)] + [None] * 6}, "week"),
        ({"week": [None] * 7}, "week"),
        ({"week": MORNINGS, "since": date(2026, 5, 10)}, "since"),
        ({"week": MORNINGS, "zone": "Mars/Crater"}, "zone"),
    ],
)
def test_impossible_hours_name_the_field(cast, fields, field):
    with pytest.raises(BadInput) as bad:
        set_schedule(user=cast.anna, by=cast.vera, **fields)
    assert bad.value.field == field


@pytest.mark.parametrize("text", ["", "25:00", "9", "9:5", "11:60", "полдень", "-1:00", "²:00"])
def test_what_is_no_time_of_a_day_is_not_read(text):
    with pytest.raises(ValueError):
        minutes_of(text)


def test_a_time_of_a_day_is_read_with_and_without_a_nought():
    assert [minutes_of(text) for text in ("9:30", "09:30", "24:00")] == [570, 570, 1440]


def test_a_dropped_shift_tells_what_the_week_says(cast):
    for day, works in ((date(2026, 5, 16), False), (TUESDAY, True)):
        shift = set_shift(user=cast.anna, day=day, hours=(600, 720), by=cast.vera)
        drop_shift(shift=shift, by=cast.vera)
        assert Fact.objects.filter(kind="shift_set").latest("pk").payload["works"] is works
