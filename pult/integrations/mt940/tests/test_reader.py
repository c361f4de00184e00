"""MT940 with the liberties banks take."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from pult.integrations.mt940 import read

OURS = "40702810900000000001"
PAGE = f""":20:REF1
:25:044525225/{OURS}
:28C:12/1
:60F:C260202RUB1000,00
:61:2602020203C122000,5NTRF17//B-1
:86:ИНН 7700000016 ООО Тёплый дом оплата
по счету 5 от 28.01.2026
:61:260203D2187NMSC
:86:
:62F:C260203RUB120813,5
-
"""


def test_lines_details_and_balances_are_read():
    found = read(PAGE.encode())
    assert found.problems == []
    (section,) = found.accounts
    assert (section.account, section.currency) == (OURS, "RUB")
    assert (section.opening, section.closing) == (100000, 12081350)
    first, second = found.documents
    assert (first.line, first.number, first.bank_ref, first.kind) == (5, "17", "B-1", "NTRF")
    assert (first.amount, first.date) == (12200050, date(2026, 2, 2))
    assert (first.credited_on, first.debited_on) == (date(2026, 2, 3), None)
    assert first.purpose == "ИНН 7700000016 ООО Тёплый дом оплата по счету 5 от 28.01.2026"
    assert (first.payer.inn, first.payee.account) == ("7700000016", OURS)
    assert (second.amount, second.payer.account, second.purpose) == (218700, OURS, "")
    assert (found.period_from, found.period_to) == (date(2026, 2, 2), date(2026, 2, 3))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "cp866"])
def test_the_encoding_is_found(encoding):
    assert "Тёплый" in read(PAGE.encode(encoding)).documents[0].purpose


@pytest.mark.parametrize(
    ("mark", "incoming"), [("C", True), ("D", False), ("RC", False), ("RD", True), ("CR", True)]
)
def test_a_reversal_takes_back(mark, incoming):
    text = PAGE.replace("0203C122000", f"0203{mark}122000")
    document = read(text.encode()).documents[0]
    assert (document.credited_on is not None) is incoming
    assert bool(document.extra) is mark.startswith("R")


def test_pages_of_one_statement_are_sections_of_one_account():
    first = PAGE.replace(":62F:", ":62M:")
    second = PAGE.replace(":60F:C260202RUB1000,00", ":60M:C260203RUB120813,5")
    found = read((first + second).encode())
    assert [(s.account, s.opening) for s in found.accounts] == [(OURS, 100000), (OURS, 12081350)]


def test_swift_envelopes_structured_details_and_ns_blocks_are_read():
    text = PAGE.replace(":20:", "{1:F01BANKRUMMAXXX0000000000}{2:O940}{4:\n:20:", 1)
    text = text.replace("оплата\nпо", "?20оплата?21\nпо").replace(":86:\n", ":NS:19Интернет\n")
    text = text.replace("\n-\n", "\n-}")
    found = read(text.replace("\n", "\r\n").encode())
    assert found.problems == []
    assert found.documents[0].purpose.endswith("дом оплата по счету 5 от 28.01.2026")
    assert found.documents[1].purpose == "19Интернет"


@pytest.mark.parametrize(
    ("old", "new", "field", "code"),
    [
        (":61:260203D", ":61:260230D", "61", "date"),
        (":61:260203D", ":61:2602030230D", "61", "date"),
        (":61:260203D2187", ":61:260203X2187", "61", "columns"),
        (":61:260203D2187", ":61:260203D2187,125", "61", "decimals"),
        (":61:260203D2187", ":61:260203D0,00", "61", "amount"),
        (":60F:C260202RUB1000,00", ":60F:1000", "60F", "balance"),
        (":62F:C260203RUB120813,5\n", "", "62F", "unclosed"),
    ],
)
def test_a_bad_field_is_named_and_the_rest_is_offered(old, new, field, code):
    found = read(PAGE.replace(old, new).encode())
    assert [(p.field, p.code) for p in found.problems] == [(field, code)]
    assert found.documents[0].amount == 12200050


def test_an_entry_day_of_january_belongs_to_the_next_year():
    document = read(PAGE.replace("2602020203", "2512310102").encode()).documents[0]
    assert (document.date, document.credited_on) == (date(2025, 12, 31), date(2026, 1, 2))


def test_details_of_a_refused_line_do_not_stick_to_its_neighbour():
    text = PAGE.replace(":61:2602020203C", ":61:2602300203C")
    (document,) = read(text.encode()).documents
    assert document.purpose == ""


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 500), st.text(max_size=20))
def test_a_damaged_message_is_survived(place, noise):
    found = read((PAGE[:place] + noise + PAGE[place + len(noise) :]).encode(errors="replace"))
    assert all(document.amount > 0 for document in found.documents)


@translation.override("en")
def test_everything_wrong_with_a_line_is_named_at_once():
    text = PAGE.replace(":61:2602020203C122000,5", ":61:2602310230C0,00")
    text = text.replace(f":25:044525225/{OURS}\n", "")
    found = read(text.encode())
    assert found.documents == []
    problem = found.problems[0]
    assert (problem.line, problem.field, problem.code) == (4, "61", "date")
    assert str(problem.reason).split("; ") == [
        "There is no such day as “31.02.2026”",
        "There is no such day as “30.02.2024”",
        "the sum of a document must be more than zero",
        "25: the message names no account",
    ]
