"""Purposes of payments as accountants type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pult.money.logic.matching import number_key, parse_purpose, purpose
from pult.money.logic.matching.purpose import fold


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Оплата по счету №1024 от 01.01.23г 18026,52", ["1024"]),
        ("Оплата по счёту №1 за услуги. Без НДС.", ["1"]),
        ("Оплата за товар по договору 7 от 10.01.2018", []),
        ("За товары, по счету №125 на сумму 175000-00", ["125"]),
        ("ОПЛАТА СЧЕТУ1000001", ["1000001"]),
        ("опл сч.15", ["15"]),
        ("сч 15 от 5 мая 2026 г.", ["15"]),
        ("СЧN15", ["15"]),
        ("по счету N 15", ["15"]),
        ("по счету No15", ["15"]),
        ("счет на оплату № 44", ["44"]),
        ("по счету-оферте 44", ["44"]),
        ("по счетам № 15, 16 и 17 от 05.05.2026", ["15", "16", "17"]),
        ("по сч. 15,16", ["15", "16"]),
        ("№ 15 от 01.02.2026", ["15"]),
        ("по договору № 7 от 10.01.2026, счет № 15", ["15"]),
        ("по счету 15 по договору 7", ["15"]),
        ("Invoice A-2026/015", ["А-2026/015"]),
        ("за рекламу А-2026/015", ["А-2026/015"]),
        ("Оплата по сч N А-2026/015 от 28.01.2026", ["А-2026/015"]),
    ],
)
def test_numbers_of_invoices_are_found(text, numbers):
    found = parse_purpose(text).numbers
    assert [number for number in found if number in numbers] == numbers
    assert bool(found) == bool(numbers)


@pytest.mark.parametrize(
    "text",
    [
        "ЛИСЧ15 взнос",
        "Р/С N15",
        "акт № 15",
        "поз. N 15 заявка 15",
        "по счету-фактуре 15",
        "Тип 3. Расчет за 15 услуг",
        "по счету 15-26",
        "по счету 2015",
        "на счет 40702810900000000015",
        "по счету от 15.01.2026",
        "по счету за 15 дней",
        "N 15",
    ],
)
def test_fifteen_is_not_an_invoice_here(text):
    assert "15" not in parse_purpose(text).numbers


def test_alphabets_and_zeros_do_not_tell_numbers_apart():
    assert number_key("A-2026/015") == number_key("А-2026/015")
    assert number_key("№ 0015") == number_key("15")
    assert number_key("0") == "0"
    assert number_key("АБ-001") != number_key("АБ-1")


@pytest.mark.parametrize(
    ("text", "vat", "rate", "without"),
    [
        ("В т.ч. НДС 22% - 22000.00", 2200000, 22, False),
        ("НДС(20%) 16666-67", 1666667, 20, False),
        ("Сумма 122000-00 В т.ч. НДС(22%) 22000-00", 2200000, 22, False),
        ("в т.ч. НДС 20%: 0.00", 0, 20, False),
        ("В том числе НДС 22 % — 22 000,00 руб", 2200000, 22, False),
        ("НДС 22/122 22000.00", 2200000, 22, False),
        ("В т.ч. НДС(5%) 5000", 500000, 5, False),
        ("НДС-20% 16 666,67", 1666667, 20, False),
        ("НДС 22000-00", 2200000, None, False),
        ("с НДС 22%", None, 22, False),
        ("Без НДС", None, None, True),
        ("НДС не облагается", None, None, True),
        ("Не облагается НДС", None, None, True),
        ("Без налога (НДС)", None, None, True),
        ("за рекламу", None, None, False),
    ],
)
def test_vat_is_read_in_every_spelling(text, vat, rate, without):
    found = parse_purpose(text)
    assert (found.vat, found.vat_rate, found.without_vat) == (vat, rate, without)


def test_whom_the_payer_pays_for_is_found():
    found = parse_purpose('Оплата по сч. 5 за ООО "Тёплый дом", ИНН 7700000016')
    assert "ТЕПЛЫЙ ДОМ" in found.for_whom
    assert found.inns == ("7700000016",)
    assert parse_purpose("Оплата за рекламу").for_whom == ""


WORDS = (
    *("счет", "СЧЕТУ", "сч", "№", "N", ",", ".", "от", "12.03.2026", "1.2.26", "15,16", "А-12"),
    *("N12", "НДС", "22%", "1000.00", "договор", "дог.15", "акт", "40702810900000000009"),
    *("007", "INV-77", "15-МР", "-", "СЧЕТУ1000001", "СЧЕТУN12,13", "с1", "за рекламу"),
)


@given(
    st.lists(st.sampled_from(WORDS), max_size=8),
    st.sampled_from(("", " ")),
    st.randoms(use_true_random=False),
)
def test_where_numbers_stand_does_not_depend_on_their_digits(words, between, random):
    text = between.join(words)
    other = "".join(random.choice("0123456789") if c in "0123456789" else c for c in text)
    for folded in (fold(text), fold(other)):
        found = [
            (strength, read(folded[start:end]))
            for strength, start, end, read in purpose._find_places(folded)
        ]
        assert list(purpose.mentions(folded)) == found
