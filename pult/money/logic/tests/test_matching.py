"""Payments find their invoices, and never another client's."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pult.money.logic.matching import InvoiceIndex, OpenInvoice, match

WARM, FOREST, GROUP_ONE, GROUP_TWO = 1, 2, 3, 4
WARM_INN, FOREST_INN, GROUP_INN, STRANGER_INN = (
    "7700000016", "7800000034", "5400000043", "6600000050",
)  # fmt: skip
OUR_INN = "7700000023"


@dataclass
class Side:
    inn: str = ""
    account: str = ""
    name: str = ""
    settlement: str = ""


@dataclass
class Paper:
    amount: int
    purpose: str
    payer: Side
    payee: Side = field(default_factory=lambda: Side(OUR_INN))
    op_code: str = "01"
    currency: str = "RUB"


def invoices():
    return [
        OpenInvoice(11, WARM, "А-2026/015", 12200000, date(2026, 1, 28), 2200000),
        OpenInvoice(12, WARM, "16", 6100000, date(2026, 1, 29), 1100000),
        OpenInvoice(13, WARM, "17", 5000000, date(2026, 1, 30), 0),
        OpenInvoice(14, WARM, "18", 5000000, date(2026, 1, 31), 901639),
        OpenInvoice(21, FOREST, "16", 7000000, date(2026, 1, 30)),
        OpenInvoice(22, FOREST, "1000001", 8000000, date(2026, 1, 30)),
        OpenInvoice(23, FOREST, "16", 7500000, date(2025, 1, 30)),
        OpenInvoice(31, GROUP_ONE, "31", 100000),
        OpenInvoice(41, GROUP_TWO, "41", 200000),
        OpenInvoice(42, GROUP_TWO, "42", 300000),
    ]


@pytest.fixture
def index():
    return InvoiceIndex(
        invoices(),
        payers={WARM_INN: [WARM], FOREST_INN: [FOREST], GROUP_INN: [GROUP_ONE, GROUP_TWO]},
        accounts={"40702810100000000002": [WARM]},
        names={"ООО «Тёплый дом»": [WARM], 'ООО "Лес"': [FOREST]},
        own_inns=[OUR_INN],
    )


def paid(index, amount, purpose, inn=WARM_INN, account="", way="in"):
    theirs, ours = Side(inn, account), Side(OUR_INN)
    sides = (ours, theirs) if way == "out" else (theirs, ours)
    return match(Paper(amount, purpose, *sides), index, way)


def test_inn_number_and_sum_are_certain(index):
    found = paid(index, 12200000, "Оплата по счету №А-2026/015 от 28.01.2026")
    assert (found.kind, found.confidence, found.client_id) == ("exact", "certain", WARM)
    assert found.invoices == ((11, 12200000),)
    assert found.reasons == ("inn", "number", "sum")


@pytest.mark.parametrize(
    "purpose",
    ["счет A-2026/015", "СЧЕТУА-2026/015", "а-2026/015", "по сч.№ А-2026/015.", "(А-2026/015)"],
)
def test_the_number_is_known_in_any_hand(index, purpose):
    assert paid(index, 12200000, purpose).confidence == "certain"


def test_inn_and_the_sum_of_one_open_invoice_are_likely(index):
    found = paid(index, 6100000, "за рекламные услуги")
    assert (found.kind, found.confidence, found.invoices) == ("exact", "likely", ((12, 6100000),))


def test_a_number_that_is_not_open_makes_the_sum_a_question(index):
    found = paid(index, 6100000, "по счету 99")
    assert (found.confidence, found.invoices) == ("confirm", ((12, 6100000),))
    assert "another_number" in found.reasons


def test_part_and_too_much_are_for_a_person(index):
    part = paid(index, 1000000, "частичная оплата по счету 16")
    over = paid(index, 7000000, "по счету 16")
    assert (part.kind, part.confidence, part.invoices) == ("partial", "confirm", ((12, 1000000),))
    assert (over.kind, over.confidence, over.invoices) == ("over", "confirm", ((12, 6100000),))
    assert (part.advance, over.advance) == (0, 900000)


def test_one_payment_of_two_invoices(index):
    found = paid(index, 18300000, "по счетам А-2026/015 и 16")
    assert (found.kind, found.confidence) == ("joint", "certain")
    assert found.invoices == ((11, 12200000), (12, 6100000))
    less = paid(index, 15000000, "по счетам № 16, А-2026/015")
    assert (less.confidence, less.invoices) == ("confirm", ((12, 6100000), (11, 8900000)))
    more = paid(index, 20000000, "по счетам № 16, А-2026/015")
    assert (more.confidence, more.advance) == ("confirm", 1700000)


def test_a_sum_of_everything_owed_is_proposed(index):
    found = paid(index, 28300000, "погашение задолженности")
    assert (found.kind, found.confidence, len(found.invoices)) == ("joint", "confirm", 4)


def test_equal_sums_are_told_apart_by_vat_and_else_asked(index):
    assert paid(index, 5000000, "за рекламу. Без НДС").invoices == ((13, 5000000),)
    with_vat = paid(index, 5000000, "за рекламу. В т.ч. НДС 22% 9016-39")
    assert (with_vat.confidence, with_vat.invoices) == ("likely", ((14, 5000000),))
    assert paid(index, 5000000, "за рекламу").confidence == "confirm"


def test_a_number_of_another_client_never_closes_its_invoice(index):
    found = paid(index, 8000000, "по счету 1000001", inn=WARM_INN)
    assert (found.kind, found.confidence) == ("advance", "advance")
    assert found.invoices == ()
    own = paid(index, 7000000, "по счету 16", inn=WARM_INN)
    assert own.invoices == ((12, 6100000),)


def test_a_number_of_two_years_is_told_by_day_then_sum(index):
    by_day = paid(index, 100, "по счету 16 от 30.01.2025", inn=FOREST_INN)
    assert by_day.invoices == ((23, 100),)
    by_sum = paid(index, 7000000, "по счету 16", inn=FOREST_INN)
    assert (by_sum.confidence, by_sum.invoices) == ("certain", ((21, 7000000),))
    neither = paid(index, 100, "по счету 16", inn=FOREST_INN)
    assert (neither.confidence, neither.invoices) == ("confirm", ((23, 100),))


def test_inn_alone_is_an_advance(index):
    found = paid(index, 123, "за рекламные услуги")
    assert (found.kind, found.client_id, found.advance) == ("advance", WARM, 123)


def test_one_payer_of_two_clients_finds_the_right_one(index):
    assert paid(index, 200000, "по счету 41", inn=GROUP_INN).client_id == GROUP_TWO
    assert paid(index, 100000, "реклама", inn=GROUP_INN).client_id == GROUP_ONE
    advance = paid(index, 5, "реклама", inn=GROUP_INN)
    assert (advance.client_id, advance.kind) == (None, "advance")
    both = paid(index, 300000, "счета 31, 41", inn=GROUP_INN)
    assert (both.kind, both.client_id, both.invoices) == (
        "joint",
        None,
        ((31, 100000), (41, 200000)),
    )


def test_an_account_alone_is_trusted_less_than_an_inn(index):
    found = paid(index, 6100000, "по счету 16", inn="", account="40702810100000000002")
    assert (found.confidence, found.invoices) == ("likely", ((12, 6100000),))


@pytest.mark.parametrize("inn", [STRANGER_INN, FOREST_INN])
@pytest.mark.parametrize(
    "purpose",
    ['по счету 16 за ООО "Тёплый дом"', "счет 16 за ООО ТЕПЛЫЙ ДОМ, ИНН 7700000016"],
)
def test_a_payment_for_another_company_is_proposed_to_a_person(index, inn, purpose):
    found = paid(index, 6100000, purpose, inn=inn)
    assert (found.kind, found.confidence) == ("third_party", "confirm")
    assert (found.client_id, found.invoices) == (WARM, ((12, 6100000),))


@pytest.mark.parametrize("whom", ["(за ООО «Лес»)", "за ООО «Лес»", ""])
def test_a_purpose_that_names_two_clients_invoices_pays_both_when_the_sum_is_theirs(index, whom):
    purpose = f"Оплата по счетам №А-2026/015 и №1000001 {whom}"
    found = match(Paper(12200000 + 8000000, purpose, Side(WARM_INN)), index)
    assert (found.confidence, found.client_id, found.advance) == ("confirm", None, 0)
    assert dict(found.invoices) == {11: 12200000, 22: 8000000}


@pytest.mark.parametrize("whom", ["(за ООО «Лес»)", ""])
def test_money_left_over_beside_another_clients_number_is_nobodys_advance_yet(index, whom):
    purpose = f"Оплата по счетам №А-2026/015 и №1000001 {whom}"
    found = match(Paper(12200000 + 8000001, purpose, Side(WARM_INN)), index)
    assert (found.confidence, found.client_id, found.advance > 0) == ("none", None, True)


def test_a_stranger_is_believed_only_with_number_and_sum(index):
    found = paid(index, 8000000, "по счету 1000001", inn=STRANGER_INN)
    assert (found.kind, found.confidence, found.client_id) == ("third_party", "confirm", FOREST)
    assert paid(index, 5, "по счету 1000001", inn=STRANGER_INN).confidence == "none"
    assert paid(index, 8000000, "за рекламу", inn=STRANGER_INN).kind == "unknown"


@pytest.mark.parametrize(
    ("purpose", "inn", "way", "kind", "reason"),
    [
        ("Перевод собственных средств", STRANGER_INN, "in", "not_client_money", "own_transfer"),
        ("что угодно", OUR_INN, "in", "not_client_money", "own_transfer"),
        ("по счету 16", WARM_INN, "own", "not_client_money", "own_transfer"),
        ("Комиссия за ведение счета", STRANGER_INN, "out", "not_client_money", "fee"),
        ("Оплата аренды", STRANGER_INN, "out", "not_client_money", "outgoing"),
        ("Выплата процентов по договору", STRANGER_INN, "in", "not_client_money", "interest"),
        ("Зачисление по договору эквайринга", STRANGER_INN, "in", "not_client_money", "acquiring"),
        ("Возврат переплаты по налогу", STRANGER_INN, "in", "not_client_money", "tax_refund"),
        ("Займ по договору 5", STRANGER_INN, "in", "not_client_money", "loan"),
        ("Возврат займа по договору 5", STRANGER_INN, "in", "not_client_money", "loan"),
        ("Взнос наличных через банкомат", STRANGER_INN, "in", "not_client_money", "cash"),
        ("Возврат ошибочно перечисленных средств", STRANGER_INN, "in", "return", "return"),
        ("Возврат по счету 16", WARM_INN, "in", "return", "return"),
    ],
)
def test_what_is_not_client_money_is_told(index, purpose, inn, way, kind, reason):
    found = paid(index, 6100000, purpose, inn=inn, way=way)
    assert (found.kind, found.reasons, found.invoices) == (kind, (reason,), ())


def test_money_given_back_to_a_client_is_its_return(index):
    found = paid(index, 500, "Возврат аванса по письму", way="out")
    assert (found.kind, found.client_id) == ("return", WARM)


def test_a_payment_in_another_currency_is_never_matched(index):
    paper = Paper(6100000, "по счету 16", Side(WARM_INN), currency="USD")
    assert match(paper, index).reasons == ("currency",)


def test_words_do_not_turn_a_known_client_away(index):
    assert paid(index, 6100000, "по счету 16, реклама вклада Депозит").confidence == "certain"


def test_a_paid_invoice_is_open_no_more(index):
    index.pay(12, 6100000)
    assert paid(index, 6100000, "по счету 16").kind == "advance"
    index.pay(12, -6100000)
    index.pay(12, 100000)
    found = paid(index, 6000000, "по счету 16")
    assert (found.confidence, found.invoices) == ("certain", ((12, 6000000),))


PURPOSES = st.lists(
    st.sampled_from(
        ["по счету", "счет", "№", "15", "16", "17", "А-2026/015", "1000001", ",", "и", "возврат",
         "за ООО", '"Лес"', "ИНН 7800000034", "договор", "от 28.01.2026", "НДС 22%", "займ"]
    ),
    max_size=8,
).map(" ".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.integers(1, 20000000) | st.sampled_from([12200000, 6100000, 5000000, 8000000]),
    PURPOSES | st.text(max_size=60),
    st.sampled_from([WARM_INN, FOREST_INN, GROUP_INN, STRANGER_INN, ""]),
    st.sampled_from(["in", "out", "own", "undecided"]),
)
def test_no_kopeck_is_lost_and_nothing_is_closed_by_number_alone(amount, purpose, inn, way):
    dues = {invoice.id: invoice for invoice in invoices()}
    index = InvoiceIndex(dues.values(), payers={WARM_INN: [WARM], FOREST_INN: [FOREST]})
    found = paid(index, amount, purpose, inn=inn, way=way)
    given_away = sum(share for _invoice, share in found.invoices)
    assert all(0 < share <= dues[i].due for i, share in found.invoices)
    if found.invoices or found.kind == "advance":
        assert given_away + found.advance == amount
    if found.confidence in ("certain", "likely") and found.invoices:
        payer = {WARM_INN: WARM, FOREST_INN: FOREST}[inn]
        assert {dues[i].client_id for i, _share in found.invoices} == {payer}
        assert given_away == amount
