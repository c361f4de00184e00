"""The Russian production calendar against its sources, and what is said of each day."""

from datetime import date, timedelta

import holidays
import numpy as np
import pytest

from pult.kernel.calendar import (
    Reason,
    WorkHours,
    day_date,
    day_index,
    norm_hours,
    production_days,
    russia,
    statutory_day,
)
from pult.kernel.calendar.horizon import FIRST_DAY, KIND_CODES, LAST_DAY, statutory_kinds
from pult.kernel.calendar.tests.units import agency, dates

WORKING_DAYS = {
    2019: 247, 2020: 248, 2021: 247, 2022: 247, 2023: 247, 2024: 248, 2025: 247, 2026: 247,
    2027: 247,
}  # fmt: skip
# 2020 and 2021 count the decreed non-working days as worked, hence the two eves more in 2020.
SHORTENED = {
    2019: "22.02 07.03 30.04 08.05 11.06 31.12",
    2020: "30.04 08.05 11.06 03.11 31.12",
    2021: "20.02 30.04 11.06 03.11",
    2022: "22.02 05.03 03.11",
    2023: "22.02 07.03 03.11",
    2024: "22.02 07.03 08.05 11.06 02.11",
    2025: "07.03 30.04 11.06 01.11",
    2026: "30.04 08.05 11.06 03.11",
    2027: "20.02 30.04 11.06 03.11",
}
MONTHS = {
    2026: [15, 19, 21, 22, 19, 21, 23, 21, 22, 22, 20, 22],
    2027: [15, 19, 22, 22, 19, 21, 22, 22, 22, 21, 20, 22],
}
NORM = {2020: 1979, 2021: 1972, 2024: 1979, 2025: 1972, 2026: 1972}


def of_year(year, *kinds):
    return [day for day, kind in production_days().items() if day.year == year and kind in kinds]


def test_every_day_agrees_with_the_independent_holidays_package():
    official = holidays.country_holidays("RU", years=range(2018, 2029), language="ru")
    differing = [
        day for day, kind in production_days().items()
        if (kind != "off") != official.is_working_day(day)
    ]  # fmt: skip
    assert differing == []


@pytest.mark.parametrize("year", WORKING_DAYS)
def test_working_and_shortened_days_of_a_year_are_the_published_ones(year):
    assert len(of_year(year, "work", "short")) == WORKING_DAYS[year]
    assert " ".join(f"{day:%d.%m}" for day in of_year(year, "short")) == SHORTENED[year]


@pytest.mark.parametrize("year", MONTHS)
def test_working_days_of_each_month_are_the_published_ones(year):
    worked = of_year(year, "work", "short")
    counted = [sum(day.month == month for day in worked) for month in range(1, 13)]
    assert counted == MONTHS[year]


@pytest.mark.parametrize("year", NORM)
def test_the_norm_of_hours_is_the_published_one(year):
    assert norm_hours(year, production_days()) == NORM[year]


def test_working_saturdays_are_the_decreed_ones():
    saturdays = [day for year in range(2024, 2028) for day in of_year(year, "work", "short")
                 if day.weekday() >= 5]  # fmt: skip
    assert [f"{day:%d.%m.%Y}" for day in saturdays] == [
        "27.04.2024", "02.11.2024", "28.12.2024", "01.11.2025", "20.02.2027",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("year", "moves"),
    {
        2024: "06.01→10.05 07.01→31.12 27.04→29.04 02.11→30.04 28.12→30.12",
        2025: "04.01→02.05 05.01→31.12 23.02→08.05 08.03→13.06 01.11→03.11",
        2026: "03.01→09.01 04.01→31.12 08.03→09.03 09.05→11.05",
        2027: "02.01→05.11 03.01→31.12 20.02→22.02 01.05→03.05 09.05→10.05 12.06→14.06",
    }.items(),
)
def test_every_transfer_of_a_year_names_the_day_it_comes_from(year, moves):
    records = [r for d, r in russia.listed_days().items() if d.year == year]
    moved = {f"{r.reason.moved:%d.%m}→{r.date:%d.%m}" for r in records if r.reason.key == "moved"}
    assert moved == set(moves.split())


def test_the_law_alone_foretells_all_but_the_decreed_days():
    listed = russia.listed_days()
    swapped = {record.reason.moved for record in listed.values()}
    for day, kind in production_days().items():
        law = statutory_day(day)
        about = [listed.get(day + timedelta(days=n)) for n in (0, 1)]
        decreed = any(r and r.reason.key in ("moved", "working_weekend") for r in about)
        assert law.kind == kind or decreed or law.reason.moved in swapped - {None}, day


def test_the_fast_table_of_the_law_equals_the_law_day_by_day():
    by_law = [KIND_CODES[statutory_day(day_date(d)).kind] for d in range(FIRST_DAY, LAST_DAY + 1)]
    assert np.array_equal(statutory_kinds(), by_law)


def test_beyond_the_decrees_holidays_still_move_off_the_weekend_but_not_in_january():
    calendar = agency()
    assert dates(calendar, "2032-05-01", "2032-05-12")[0] == date(2032, 5, 4)
    assert date(2032, 1, 9) in dates(calendar, "2032-01-01", "2032-01-31")
    assert statutory_day(date(2032, 5, 3)).reason.moved == date(2032, 5, 1)
    assert calendar.kind(day_index(date(2032, 6, 11))) == "short"


def test_the_days_before_a_date_are_explained_one_by_one():
    calendar = agency(
        days_off=[date(2026, 5, 6)], reasons={date(2026, 5, 7): Reason("own", "День агентства")}
    )
    span = day_index(date(2026, 4, 30)), day_index(date(2026, 5, 12))
    told = [(f"{r.date:%d.%m}", r.kind, r.reason.key) for r in calendar.explain_days(*span)]
    assert told == [
        ("30.04", "short", "shortened"), ("01.05", "off", "holiday"), ("02.05", "off", "weekend"),
        ("03.05", "off", "weekend"), ("04.05", "work", "weekday"), ("05.05", "work", "weekday"),
        ("06.05", "off", "own"), ("07.05", "work", "own"), ("08.05", "short", "shortened"),
        ("09.05", "off", "holiday"), ("10.05", "off", "weekend"), ("11.05", "off", "moved"),
        ("12.05", "work", "weekday"),
    ]  # fmt: skip
    moved = calendar.explain_days(*(day_index(date(2026, 5, 11)),) * 2)[0].reason
    assert (moved.name("ru-ru"), moved.name("en")) == ("День Победы", "Victory Day")
    assert moved.moved == date(2026, 5, 9)


def test_a_day_the_table_changed_without_a_word_is_explained_as_decided():
    calendar = agency(
        days={**production_days(), date(2026, 6, 13): "work", date(2026, 6, 16): "off"}
    )
    span = day_index(date(2026, 6, 13)), day_index(date(2026, 6, 16))
    assert [r.reason.key for r in calendar.explain_days(*span)] == [
        "decided", "weekend", "weekday", "decided",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("2026-01-01,holiday,holiday,,,", "2: unknown kind"),
        ("2026-02-30,off,holiday,,,", "2: "),
        ("2026-01-01,off,holiday,,,\n2026-01-01,off,holiday,,,", "3: 2026-01-01 stands twice"),
    ],
)
def test_a_bad_line_of_the_file_is_refused_by_number(tmp_path, line, complaint):
    file = tmp_path / "days.csv"
    file.write_text(f"date,kind,reason,moved,ru,en\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        russia.read_days(file)


def test_a_file_with_other_columns_is_refused(tmp_path):
    file = tmp_path / "days.csv"
    file.write_text("# our days\nday,kind\n2026-01-01,off\n", encoding="utf-8")
    with pytest.raises(ValueError, match="header must be"):
        russia.read_days(file)


def test_hours_without_lunch_are_one_stretch():
    hours = WorkHours()
    assert hours.stretches(short=True) == [(660, 780), (840, 1080)]
    same = WorkHours(lunch_start=hours.start, lunch_end=hours.start)
    assert same.stretches() == [(660, 1140)]
