"""Requisites are checked by arithmetic and the likely slip is named."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pult.clients import requisite_words
from pult.clients.logic import requisites
from pult.clients.logic.requisites import (
    check_account,
    check_bik,
    check_foreign,
    check_inn,
    check_kpp,
    check_ogrn,
    check_ogrnip,
)

INNS = [
    "7700000016", "7700000023", "7800000034", "5400000043", "6600000050",
    "770000000156", "780000000240", "540000000313",
]  # fmt: skip
ACCOUNTS = [
    ("40702810200000000001", "044525225"),
    ("40702810800000000002", "044525411"),
    ("40802810000000000003", "044525974"),
    ("40702810200000000004", "045004774"),
    ("30101810400000000225", "044525225"),
    ("30101810145250000974", "044525974"),
    ("30101810145250000411", "044525411"),
]


@pytest.mark.parametrize("inn", INNS)
def test_true_inns_pass_and_any_one_digit_slip_in_a_company_s_is_caught(inn):
    assert check_inn(f" {inn[:4]} {inn[4:]} ") == requisites.Check(True, inn)
    wrong = inn[:-1] + str((int(inn[-1]) + 1) % 10)
    assert check_inn(wrong).problem == "inn_control"


@pytest.mark.parametrize("ogrn", ["1027700000008", "1187746000012", "1257800000028"])
def test_true_ogrns_pass(ogrn):
    assert check_ogrn(ogrn).ok
    assert check_ogrn(ogrn[:-1] + str((int(ogrn[-1]) + 1) % 10)).problem == "ogrn_control"


@pytest.mark.parametrize("ogrnip", ["318774600000015", "324780000000021", "304500116000050"])
def test_true_ogrnips_pass_even_with_a_remainder_above_nine(ogrnip):
    assert check_ogrnip(ogrnip).ok
    assert not check_ogrnip(ogrnip[:-1] + str((int(ogrnip[-1]) + 1) % 10)).ok


def test_a_register_number_begins_with_its_kind():
    assert not check_ogrn("2027700000007").ok
    assert not check_ogrnip("418774600000012").ok


@pytest.mark.parametrize(("account", "bik"), ACCOUNTS)
def test_true_accounts_pass_with_their_bank_only(account, bik):
    assert check_account(account, bik).ok
    digit = str((int(account[-1]) + 1) % 10)
    assert check_account(account[:-1] + digit, bik).problem == "account_key"
    assert check_account(account, "12").problem == "account_needs_bik"


@pytest.mark.parametrize(
    ("account", "bik"),
    [("03100643000000011700", "017301011"), ("40101810000000010001", "044525000")],
)
def test_treasury_accounts_are_warned_of_not_refused(account, bik):
    found = check_account(account, bik)
    assert (found.ok, found.warning) == (True, "treasury")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("7700000061", "7700000016"), ("77OOOOOO16", "7700000016"), ("77ООООOO16", "7700000016")],
)
def test_a_slip_is_guessed(typed, meant):
    found = check_inn(typed)
    assert (found.ok, found.hint) == (False, meant)


def test_a_number_of_the_base_one_digit_away_is_the_best_guess():
    assert check_inn("7700000036", known=["7700000016", "5400000043"]).hint == "7700000016"
    assert check_account("40702810200000000010", "044525225").hint == "40702810200000000001"


@pytest.mark.parametrize("zeros", ["0000000000", "000000000000"])
def test_zeros_are_nobody(zeros):
    assert check_inn(zeros).problem == "zeros"


@pytest.mark.parametrize(
    ("check", "text", "problem"),
    [
        (check_inn, "", "digits"),
        (check_inn, "123", "inn_length"),
        (check_inn, "٧٧٠٠٠٠٠٠١٦", "digits"),
        (check_kpp, "7700010", "kpp_length"),
        (check_kpp, "77000Я001", "kpp_shape"),
        (check_kpp, "000000000", "zeros"),
        (check_ogrn, "102770000000", "ogrn_length"),
        (check_ogrnip, "3187746000000", "ogrnip_length"),
        (check_bik, "04452522", "bik_length"),
        (check_bik, "144525225", "bik_country"),
        (check_bik, "O44525225", "digits"),
    ],
)
def test_the_problem_is_named(check, text, problem):
    found = check(text)
    assert (found.ok, found.problem) == (False, problem)


def test_a_kpp_may_hold_letters():
    assert check_kpp("7700AB001").ok
    assert check_kpp("770001001").ok


@pytest.mark.parametrize(
    ("text", "country", "ok"),
    [
        ("200988541", "BY", True),
        ("200988542", "BY", False),
        ("AB0000001", "BY", True),
        ("10000001", "BY", False),
        ("940140000385", "KZ", True),
        ("940140000386", "KZ", False),
        ("00014000001", "KZ", False),
        ("30101850000011", "UZ", True),
        ("anything", "DE", True),
    ],
)
def test_neighbours_are_checked_by_length_and_control_digit(text, country, ok):
    assert check_foreign(text, country).ok is ok


@given(st.text(max_size=25), st.text(max_size=12))
def test_any_text_gets_an_answer(text, bik):
    for check in (check_inn, check_kpp, check_ogrn, check_ogrnip, check_bik):
        found = check(text)
        assert found.ok != bool(found.problem)
    check_account(text, bik)
    check_foreign(text, "BY")


def test_every_problem_has_its_words():
    source = Path(requisites.__file__).read_text(encoding="utf-8")
    said = set(re.findall(r'Check\(False, \w+, "(\w+)"', source))
    said |= {f"{name}_length" for name in ("inn", "ogrn", "ogrnip", "by", "kz", "uz")}
    said |= {f"{name}_control" for name in ("inn", "ogrn", "ogrnip", "by", "kz")}
    assert said == set(requisite_words.PROBLEMS)
    assert set(re.findall(r'warning="(\w+)"', source)) <= set(requisite_words.WARNINGS)
