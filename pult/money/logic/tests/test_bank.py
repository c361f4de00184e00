"""Direction, identity and the arithmetic of statements."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pult.money.logic.bank import (
    check_accounts,
    direction,
    money_date,
    own_accounts,
    place_documents,
    summary,
)

OURS, SECOND, THEIRS = "40702810900000000001", "40702810200000000009", "40702810100000000002"
PAPER, MOVED = date(2026, 1, 30), date(2026, 2, 2)


@dataclass(frozen=True)
class Side:
    account: str = ""
    name: str = ""
    inn: str = ""
    settlement: str = ""


@dataclass(frozen=True)
class Paper:
    payer: Side
    payee: Side
    amount: int = 10000
    number: str = "17"
    debited_on: date | None = None
    credited_on: date | None = None
    date: date = PAPER
    kind: str = "Платежное поручение"
    purpose: str = ""
    bank_ref: str = ""


@dataclass(frozen=True)
class Part:
    account: str = OURS
    opening: int | None = 0
    incoming: int | None = 0
    outgoing: int | None = 0
    closing: int | None = 0
    date_from: date | None = MOVED
    date_to: date | None = MOVED


@dataclass
class Refused:
    line: int

    def as_dict(self):
        return {"line": self.line, "field": "Сумма", "reason": "нет суммы"}


@dataclass
class File:
    documents: list = field(default_factory=list)
    accounts: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    format: str = "1CClientBankExchange"
    encoding: str = "cp1251"

    def stated_accounts(self):
        return [part.account for part in self.accounts]


def paid(amount=10000, **more):
    return Paper(Side(THEIRS), Side(OURS), amount, credited_on=MOVED, **more)


def spent(amount=10000, **more):
    return Paper(Side(OURS), Side(THEIRS), amount, debited_on=MOVED, **more)


def moved(**more):
    return Paper(Side(OURS), Side(SECOND), **more)


OWN = {OURS, SECOND}


@pytest.mark.parametrize(
    ("document", "way"),
    [
        (paid(), "in"),
        (spent(), "out"),
        (moved(), "own"),
        (replace(paid(), credited_on=None, debited_on=MOVED), "in"),
        (Paper(Side(THEIRS), Side("", settlement=OURS)), "in"),
        (Paper(Side("30101810400000000225", settlement=OURS), Side(THEIRS)), "out"),
        (Paper(Side(THEIRS), Side(""), credited_on=MOVED), "in"),
        (Paper(Side(""), Side(""), debited_on=MOVED), "out"),
        (Paper(Side(THEIRS), Side(""), credited_on=MOVED, debited_on=MOVED), "undecided"),
        (Paper(Side(THEIRS), Side("")), "undecided"),
    ],
)
def test_the_direction_follows_the_accounts_then_the_days(document, way):
    assert direction(document, OWN) == way


def place_one(document, own=OWN):
    (placed,) = place_documents([document], own)
    return placed


def test_an_empty_account_is_never_ours():
    assert place_one(Paper(Side(""), Side(THEIRS)), {""}).direction == "undecided"


def test_money_comes_on_its_own_day_not_on_that_of_the_paper():
    assert money_date(paid(), "in") == MOVED
    assert money_date(spent(), "out") == MOVED
    assert money_date(replace(paid(), credited_on=None), "in") == PAPER


def test_an_empty_base_believes_the_file_and_a_full_one_its_own_accounts():
    assert own_accounts([], [OURS, OURS]) == ({OURS}, [])
    assert own_accounts([OURS], [OURS, THEIRS]) == ({OURS}, [THEIRS])


def test_the_other_side_and_our_account_are_told():
    incoming, outgoing = place_one(paid()), place_one(spent())
    assert (incoming.own_account, incoming.party.account) == (OURS, THEIRS)
    assert (outgoing.own_account, outgoing.party.account) == (OURS, THEIRS)


def test_two_equal_documents_of_one_file_are_two_and_stay_two():
    once = [placed.key for placed in place_documents([paid(), paid()], OWN)]
    again = [placed.key for placed in place_documents([paid(5), paid(), paid()], OWN)]
    assert len(set(once)) == 2
    assert again[1:] == once


def test_a_key_does_not_depend_on_what_we_knew_of_our_accounts():
    assert place_one(paid(), OWN).key == place_one(paid(), set()).key


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 1},
        {"number": "18"},
        {"date": MOVED},
        {"kind": "Инкассо"},
        {"payer": Side(SECOND)},
        {"bank_ref": "B-2"},
    ],
)
def test_any_part_of_the_identity_makes_another_document(change):
    assert place_one(paid()).key != place_one(replace(paid(), **change)).key


def test_the_purpose_tells_documents_apart_only_where_an_account_is_missing():
    nameless = Paper(Side(""), Side(OURS), credited_on=MOVED, purpose="за май")
    assert place_one(nameless).key != place_one(replace(nameless, purpose="за июнь")).key
    assert place_one(paid(purpose="за май")).key == place_one(paid(purpose="за июнь")).key


def test_a_transfer_told_by_each_account_is_told_twice():
    out, back = place_documents([moved(debited_on=MOVED), moved(credited_on=MOVED)], OWN)
    assert (out.own_account, back.own_account) == (OURS, SECOND)
    assert out.key != back.key


def only_check(*parts, documents=()):
    (check,) = check_accounts(File(list(documents), list(parts)), OWN)
    return check


def test_a_statement_that_adds_up_is_balanced():
    check = only_check(Part(OURS, 500, 300, 100, 700), documents=[paid(300), spent(100)])
    assert (check.balanced, check.faults) == (True, ())
    assert (check.opening, check.incoming, check.outgoing, check.closing) == (500, 300, 100, 700)


def test_days_of_one_account_are_chained():
    tuesday = Part(OURS, 800, 50, 0, 850, date(2026, 2, 3), date(2026, 2, 3))
    check = only_check(tuesday, Part(OURS, 500, 300, 0, 800), documents=[paid(300), paid(50)])
    assert (check.opening, check.closing, check.balanced) == (500, 850, True)


@pytest.mark.parametrize(
    ("parts", "documents", "faults"),
    [
        ([Part(OURS, 0, 100, 0, 200)], [paid(100)], ("balance",)),
        ([Part(OURS, 0, 100, 0, 100)], [paid(60)], ("balance", "incoming")),
        ([Part(OURS, 0, 100, 0, 100)], [paid(100), paid(100)],
         ("balance", "incoming", "counted_once")),
        ([Part(OURS, 0, 0, 9, 0)], [], ("outgoing",)),
        ([Part(OURS, 0, 100, 0, 100), Part(OURS, 90, 10, 0, 110, date(2026, 2, 3))],
         [paid(100), paid(10)], ("gap",)),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_named(parts, documents, faults):
    check = only_check(*parts, documents=documents)
    assert (check.balanced, check.faults) == (False, faults)


def test_a_statement_without_balances_is_not_judged():
    assert only_check(Part(OURS, None, None, None, None), documents=[paid()]).balanced is None
    assert only_check(Part(OURS), documents=[paid()]).balanced is None
    assert only_check(Part(OURS)).balanced is True


def test_a_section_repeated_word_for_word_counts_once():
    part = Part(OURS, 500, 300, 0, 800)
    assert only_check(part, part, documents=[paid(300)]).balanced is True


@pytest.mark.parametrize(
    "told",
    [
        [moved()],
        [moved(debited_on=MOVED), moved(credited_on=MOVED)],
        [moved(debited_on=MOVED, credited_on=MOVED)],
    ],
)
def test_a_transfer_between_our_accounts_counts_on_both_however_it_is_told(told):
    parts = [Part(OURS, 10000, 0, 10000, 0), Part(SECOND, 0, 10000, 0, 10000)]
    assert [check.balanced for check in check_accounts(File(told, parts), OWN)] == [True, True]


def test_the_summary_has_the_keys_of_the_command():
    file = File([paid(300), spent(100), moved()], [Part(OURS, 0, 300, 10100, -9800)], [Refused(7)])
    found = summary("may.txt", file, OWN, new=2, duplicates=1, matched=1, unsettled=0)
    assert found == {
        "file": "may.txt",
        "format": "1CClientBankExchange",
        "encoding": "cp1251",
        "documents": 3,
        "new": 2,
        "duplicates": 1,
        "incoming": 300,
        "outgoing": 100,
        "matched": 1,
        "unsettled": 0,
        "refused": [{"line": 7, "field": "Сумма", "reason": "нет суммы"}],
        "accounts": [
            {
                "account": OURS,
                "opening": 0,
                "incoming": 300,
                "outgoing": 10100,
                "closing": -9800,
                "balanced": True,
            },
            {
                "account": SECOND,
                "opening": None,
                "incoming": 10000,
                "outgoing": 0,
                "closing": None,
                "balanced": None,
            },
        ],
    }


DOCUMENTS = st.lists(
    st.builds(
        lambda amount, number, inward: (paid if inward else spent)(amount, number=number),
        st.integers(1, 3),
        st.sampled_from("12"),
        st.booleans(),
    ),
    max_size=12,
)


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS, st.data())
def test_an_overlapping_file_adds_only_what_is_new(documents, data):
    """A file of the first days, then one of all days: together they are the second alone."""
    cut = data.draw(st.integers(0, len(documents)))
    keys = [placed.key for placed in place_documents(documents, OWN)]
    early = [placed.key for placed in place_documents(documents[:cut], OWN)]
    assert len(set(keys)) == len(documents)
    assert early == keys[:cut]


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS, st.integers(-1000, 1000))
def test_a_true_section_is_always_balanced(documents, opening):
    incoming = sum(d.amount for d in documents if d.credited_on)
    outgoing = sum(d.amount for d in documents if d.debited_on)
    part = Part(OURS, opening, incoming, outgoing, opening + incoming - outgoing)
    if documents and part == Part(OURS):
        return
    assert only_check(part, documents=documents).balanced is True
