"""A day people type is a day of this agency's life, or it is refused in words."""

from datetime import date

import pytest

from pult.kernel.days import read_day
from pult.kernel.errors import BadInput


@pytest.mark.parametrize("typed", ["2026-03-05", " 05.03.2026 ", "5.3.2026"])
def test_a_day_is_read_as_browsers_send_it_and_as_people_write_it(typed):
    assert read_day(typed, "since") == date(2026, 3, 5)


def test_nothing_typed_is_no_day():
    assert read_day("  ", "since") is None


@pytest.mark.parametrize(
    "typed", ["soon", "2026-02-30", "20260305", "2026-W10-4", "05/03/2026", "०5.03.2026", "5.3.26"]
)
def test_what_is_no_day_is_named_with_its_field_and_a_cure(typed):
    with pytest.raises(BadInput) as refused:
        read_day(typed, "since")
    assert refused.value.field == "since"
    assert typed in str(refused.value.message)
    assert "05.03.2026" in str(refused.value.cure)


@pytest.mark.parametrize(
    ("typed", "is_taken"),
    [
        ("1999-12-31", False),
        ("2000-01-01", True),
        ("2029-12-31", True),
        ("2030-01-01", False),
        ("0001-01-01", False),
        ("9999-12-31", False),
    ],
)
def test_a_year_nobody_means_is_refused_with_the_years_that_are_taken(freeze, typed, is_taken):
    freeze("2026-03-10 12:00")
    if is_taken:
        assert read_day(typed, "since").isoformat() == typed
        return
    with pytest.raises(BadInput) as refused:
        read_day(typed, "since")
    assert "2029" in str(refused.value.cure)
