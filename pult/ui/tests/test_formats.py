"""Money, numbers and moments as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from pult.ui import formats

NOW = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)  # Tuesday noon in Moscow


@pytest.fixture(autouse=True)
def _english_in_moscow():
    with translation.override("en"), timezone.override("Europe/Moscow"):
        yield


@pytest.mark.parametrize(
    ("kopecks", "said"),
    [
        (18_000_000, "180 000 ₽"),
        (18_026_552, "180 265,52 ₽"),
        (0, "0 ₽"),
        (5, "0,05 ₽"),
        (-150_050, "−1 500,50 ₽"),
        (-5, "−0,05 ₽"),
        (None, "—"),
    ],
)
def test_kopecks_are_written_as_roubles(kopecks, said):
    assert formats.money(kopecks).replace("\xa0", " ") == said


def test_exact_money_always_shows_kopecks():
    assert formats.money(18_000_000, exact=True).replace("\xa0", " ") == "180 000,00 ₽"
    assert formats.money(100, currency="BYN").endswith("Br")


def test_axes_get_short_money():
    assert formats.short_money(123_450_000) == "1,2 m ₽"
    assert formats.short_money(18_000_000) == "180 k ₽"
    assert formats.short_money(-18_000_000) == "−180 k ₽"


@pytest.mark.parametrize(
    ("shift", "said"),
    [
        ({"hours": 3}, "today, 15:00"),
        ({"days": 1}, "tomorrow, 12:00"),
        ({"days": -1}, "yesterday, 12:00"),
        ({"days": 3}, "Fri 8 May, 12:00"),
        ({"days": 30}, "4 June, 12:00"),
        ({"days": -9}, "26 April, 12:00"),
        ({"days": 365}, "5 May 2027, 12:00"),
    ],
)
def test_a_deadline_is_said_as_people_say_it(shift, said):
    assert formats.deadline(NOW + timedelta(**shift), NOW).replace("\xa0", " ") == said


def test_midnight_in_moscow_is_already_tomorrow():
    assert formats.deadline(datetime(2026, 5, 5, 21, 0, tzinfo=UTC), NOW) == "tomorrow, 00:00"


def test_a_day_has_no_hour_and_a_minute_of_the_ledger_is_a_moment():
    assert formats.deadline(date(2026, 5, 6), NOW) == "tomorrow"
    assert formats.exact(date(2026, 5, 6)) == "Wednesday, 6 May 2026"
    minute = int(NOW.timestamp()) // 60
    assert formats.deadline(minute, NOW) == "today, 12:00"
    assert formats.machine(minute) == "2026-05-05T12:00+03:00"
    assert formats.machine(date(2026, 5, 6)) == "2026-05-06"


@pytest.mark.parametrize(
    ("shift", "said"),
    [
        ({"seconds": 20}, "just now"),
        ({"minutes": 5}, "5 min ago"),
        ({"hours": 3}, "3 h ago"),
        ({"days": 2}, "2 days ago"),
        ({"days": -1, "hours": -1}, "in 1 day"),
        ({"days": 90}, "3 months ago"),
    ],
)
def test_how_long_ago(shift, said):
    assert formats.ago(NOW - timedelta(**shift), NOW) == said


@pytest.mark.parametrize(
    ("zone", "language", "said"),
    [
        ("Europe/Moscow", "en", "Tuesday, 5 May 2026, 12:00 MSK"),
        ("Europe/Moscow", "ru", "Вторник, 5 мая 2026, 12:00 МСК"),
        ("Asia/Yekaterinburg", "ru", "Вторник, 5 мая 2026, 14:00 UTC+05"),
        ("Asia/Kolkata", "en", "Tuesday, 5 May 2026, 14:30 UTC+05:30"),
    ],
)
def test_a_zone_is_called_by_the_language_s_own_word_or_by_its_hours(zone, language, said):
    with translation.override(language), timezone.override(zone):
        assert formats.exact(NOW) == said


@pytest.mark.parametrize(("language", "said"), [("en", "5 Sep 2026"), ("ru", "05.09.2026")])
def test_a_day_inside_a_sentence_is_read_one_way_only(language, said):
    with translation.override(language):
        assert formats.short_day(date(2026, 9, 5)) == said
        assert formats.short_day(datetime(2026, 9, 4, 22, 0, tzinfo=UTC)) == said
