"""Numbers of a card: their units agree with them, their names are parameters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pult.regulation.evaluate.card import Amount, Unit
from pult.regulation.language.amounts import read_amount, read_numbers, spoken
from pult.regulation.language.problems import Unclear

UNITS = ("wd", "bh", "bmin", "day", "month", "percent", "count", "rub", "month_day")


@given(st.integers(0, 10_000), st.sampled_from(UNITS), st.sampled_from(("ru", "en")))
def test_a_spoken_number_is_read_back(value: int, unit: Unit, language: str):
    text = f"**{spoken(value, unit, language)}** (invoice.lead)"
    assert read_amount(text) == Amount(value, unit, "invoice.lead")


@pytest.mark.parametrize(
    ("value", "said"),
    [(1, "1 рабочий день"), (2, "2 рабочих дня"), (5, "5 рабочих дней"), (11, "11 рабочих дней"),
     (21, "21 рабочий день"), (22, "22 рабочих дня"), (112, "112 рабочих дней")],
)  # fmt: skip
def test_russian_units_take_the_form_their_number_asks_for(value: int, said: str):
    assert spoken(value, "wd", "ru") == said


@pytest.mark.parametrize("text", ["**1 рабочего дня** (a)", "**2 рабочих дней** (a)"])
def test_both_cases_a_preposition_may_ask_for_are_read(text: str):
    assert read_amount(text).unit == "wd"


@pytest.mark.parametrize(
    ("text", "better"),
    [("**1 рабочих дней** (a)", "1 рабочий день"), ("**5 рабочих часа** (a)", "5 рабочих часов"),
     ("**1 working days** (a)", "1 working day")],
)  # fmt: skip
def test_a_unit_in_the_wrong_form_is_refused_with_the_right_one(text: str, better: str):
    with pytest.raises(Unclear) as refused:
        read_amount(text)
    assert refused.value.words["better"] == better


def test_several_numbers_share_a_unit_and_a_name():
    numbers = read_numbers("**−2, 0, +2 рабочих дня** (pay.remind)")
    assert numbers == ((-2, 0, 2), "wd", "pay.remind")


def test_a_plain_number_has_no_name():
    assert read_amount("3 рабочих дня") == Amount(3, "wd")


def test_a_deadline_cannot_be_negative():
    with pytest.raises(Unclear):
        read_amount("**−2 рабочих дня** (pay.remind)")


def test_the_name_of_a_number_may_have_digits():
    assert read_amount("**7 рабочих дней** (invoice.lead2)").name == "invoice.lead2"
