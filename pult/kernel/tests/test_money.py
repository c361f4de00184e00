"""Kopecks in, kopecks out: what is read, shown, taxed and shared."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pult.kernel.amounts import read_amount
from pult.kernel.errors import BadInput
from pult.kernel.money import (
    MAX_KOPECKS,
    AmountError,
    format_money,
    parse_amount,
    split,
    standard_vat,
    vat_inside,
    vat_on_top,
    vat_rates,
    without_vat,
)

amounts = st.integers(-(10**12), 10**12)
rates = st.sampled_from([None, 0, 5, 7, 10, 18, 20, 22])


@pytest.mark.parametrize(
    ("text", "kopecks"),
    [
        ("15000", 1500000),
        ("100.5", 10050),
        ("18026,52", 1802652),
        ("175000-00", 17500000),
        (" 1 234 567,89 ", 123456789),
        ("1\u00a0234\u00a0567.8", 123456780),
        ("1\u202f234", 123400),
        ("12\u2009000 ₽", 1200000),
        ("15000 руб.", 1500000),
        ("0", 0),
        ("0,01", 1),
        ("007", 700),
        ("9 999 999 999 999,99", MAX_KOPECKS - 1),
    ],
)
def test_amounts_are_read_as_people_and_banks_write_them(text, kopecks):
    assert parse_amount(text) == kopecks


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "abc", "1.234", "1,234", "1,234.56", "1.234,56", "1e5", "nan", "inf", "1 50",
        "10 00", "1  000", "12-5", "12-345", "5.", ".5", "+5", "0x10", "١٢٣", "1_000",
        "10 000 000 000 000", "--5", "5-", "1.2.3", "100$",
    ],
)  # fmt: skip
def test_what_is_not_clearly_an_amount_is_refused_with_a_cure(text):
    with pytest.raises(AmountError):
        parse_amount(text, allow_negative=True)
    with pytest.raises(BadInput) as refused:
        read_amount(text, allow_negative=True, line=3, field="sum")
    assert str(refused.value.cure)
    assert (refused.value.line, refused.value.field) == (3, "sum")
    assert text[:40] in str(refused.value.message)


def test_a_negative_amount_is_taken_only_where_it_may_be():
    assert parse_amount("-15,5", allow_negative=True) == -1550
    assert parse_amount("\u22121 000", allow_negative=True) == -100000
    assert read_amount("1 000") == 100000
    with pytest.raises(AmountError, match="negative"):
        parse_amount("-15,5")


@given(st.integers(0, MAX_KOPECKS - 1), st.sampled_from(["ru", "en"]))
def test_what_is_shown_in_russian_reads_back(kopecks, language):
    shown = format_money(kopecks, language=language)
    if language == "en":
        shown = shown.removeprefix("₽").replace(",", "")
    assert parse_amount(shown) == kopecks


def test_money_looks_native_in_both_languages():
    assert format_money(1802652) == "18\u00a0026,52\u00a0₽"
    assert format_money(-1802605, language="en") == "\u2212₽18,026.05"
    assert format_money(100, "KZT", "ru-ru") == "1,00\u00a0₸"
    assert format_money(100, "BYN", "en") == "Br\u00a01.00"
    assert format_money(123456, "GEL", "en") == "GEL\u00a01,234.56"


def test_the_standard_rate_follows_its_date():
    days = [date(2018, 12, 31), date(2019, 1, 1), date(2025, 12, 31), date(2026, 1, 1)]
    assert [standard_vat(day) for day in days] == [18, 20, 20, 22]
    assert [rate.percent for rate in vat_rates(date(2026, 5, 6))] == [22, 10, 5, 7, None]
    assert [rate.percent for rate in vat_rates(date(2024, 5, 6))] == [20, 10, None]
    with pytest.raises(ValueError, match="2003"):
        standard_vat(date(2003, 12, 31))


def test_vat_is_rounded_half_up():
    assert vat_inside(12000, 20) == 2000
    assert vat_inside(12200, 22) == 2200
    assert vat_on_top(250, 10) == 25
    assert vat_on_top(5, 10) == 1
    assert vat_on_top(-5, 10) == -1
    assert vat_inside(10000, None) == vat_inside(10000, 0) == 0
    with pytest.raises(ValueError, match="negative"):
        vat_inside(100, -20)


@given(amounts, rates)
def test_vat_equals_exact_decimal_rounding_and_returns_mirror_payments(total, rate):
    exact = Fraction(total * (rate or 0), 100 + (rate or 0))
    wanted = Decimal(exact.numerator) / Decimal(exact.denominator)
    assert vat_inside(total, rate) == int(wanted.quantize(Decimal(1), ROUND_HALF_UP))
    assert vat_inside(-total, rate) == -vat_inside(total, rate)
    assert without_vat(total, rate) + vat_inside(total, rate) == total


@given(amounts, st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any))
def test_shares_sum_exactly_and_stay_within_a_kopeck_of_fair(total, weights):
    shares = split(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(total * weight, sum(weights))) < 1
        assert weight or share == 0
    assert split(-total, weights) == [-share for share in shares]


def test_a_spare_kopeck_goes_to_the_largest_remainder_and_then_to_the_earlier():
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(101, [1, 1, 1]) == [34, 34, 33]
    assert split(100, [1, 2, 4]) == [14, 29, 57]


def test_there_is_nothing_to_share_without_weights():
    assert split(0, [0, 0]) == [0, 0]
    assert split(0, []) == []
    for weights in ([], [0, 0], [2, -1]):
        with pytest.raises(ValueError, match="weights"):
            split(5, weights)
