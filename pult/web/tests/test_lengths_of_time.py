"""A length of time is read as people type it."""

import pytest

from pult.kernel.errors import BadInput
from pult.web.fields import minutes_of


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("80", 80),
        ("1:20", 80),
        ("1ч 20", 80),
        ("1 ч 20 мин", 80),
        ("1h 20m", 80),
        ("2 часа", 120),
        ("1,5 ч", 90),
        ("45 мин.", 45),
        ("٣", 3),
        ("0:05", 5),
    ],
)
def test_minutes_and_hours_are_read(typed, minutes):
    assert minutes_of({"minutes": typed}, "minutes") == minutes


@pytest.mark.parametrize("typed", ["", "много", "1:75", "-5", "1.5.5 ч", "1e3", "²"])
def test_anything_else_is_refused_at_its_field(typed):
    with pytest.raises(BadInput) as problem:
        minutes_of({"minutes": typed}, "minutes")
    assert problem.value.field == "minutes"
