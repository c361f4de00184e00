"""Statements in the tables of banks: every bank its own columns."""

import io

import pytest
import xlsxwriter
from django.utils import translation

from pult.integrations.bank_table import propose_mapping, read, read_mapped
from pult.integrations.bank_table.reader import WANTED
from pult.integrations.statement import UnknownFormat
from pult.integrations.statement.faults import MOST_EXPLAINED
from pult.integrations.table import read_table

TWO_SUMS = """Выписка по счету 40702810900000000001;;;;;;
;;;;;;
Дата операции;№ док.;Дебет;Кредит;Контрагент;ИНН контрагента;Назначение платежа
02.02.2026;17;;122 000,50;ООО "Тёплый дом";7700000016;"Оплата по счету 5; аванс"
03.02.2026;18;500,00;;ООО "Почта";7800000034;Марки
Итого;;500,00;122 000,50;;;
"""


def summary(statement):
    return [
        (d.line, d.number, d.amount, bool(d.credited_on), d.payer.inn or d.payee.inn)
        for d in statement.documents
    ]


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8-sig", "utf-8", "utf-16", "cp866"])
def test_two_columns_of_sums_under_a_heading_are_read(encoding):
    statement = read(TWO_SUMS.encode(encoding))
    assert statement.problems == []
    assert summary(statement) == [
        (4, "17", 12200050, True, "7700000016"),
        (5, "18", 50000, False, "7800000034"),
    ]
    assert statement.documents[0].purpose == "Оплата по счету 5; аванс"


def test_a_minus_anywhere_makes_plain_sums_incoming():
    text = "Дата,Сумма,Назначение,Контрагент\n2026-02-02,10.00,за рекламу,А\n"
    signed = read((text + "2026-02-03,-3.5,комиссия,Б\n").encode())
    assert [(d.amount, bool(d.credited_on)) for d in signed.documents] == [
        (1000, True),
        (350, False),
    ]
    unsigned = read(text.encode()).documents[0]
    assert (unsigned.credited_on, unsigned.debited_on) == (None, None)


@pytest.mark.parametrize(
    ("word", "incoming"),
    [("Приход", True), ("расход", False), ("К", True), ("Дт", False), ("доход?", None)],
)
def test_the_direction_may_be_a_word(word, incoming):
    text = f"Дата;Сумма;Тип операции;Назначение\n02.02.2026;10,00;{word};за рекламу\n"
    document = read(text.encode()).documents[0]
    assert (bool(document.credited_on), bool(document.debited_on)) == (
        incoming is True,
        incoming is False,
    )


def test_both_sides_may_have_columns():
    text = (
        "Дата;Сумма;Плательщик;ИНН плательщика;Счет плательщика;Получатель;Счет получателя\n"
        "02.02.2026;10,00;ООО Лес;7700000016;40702810100000000002;Мы;40702810900000000001\n"
    )
    document = read(text.encode()).documents[0]
    assert (document.payer.name, document.payer.inn) == ("ООО Лес", "7700000016")
    assert document.payee.account == "40702810900000000001"


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        ("30.02.2026;1;;5,00;;;x", "date", "date"),
        ("01.02.2026;1;;пять;;;x", "credit", "amount"),
        ("01.02.2026;1;;;;;x", "amount", "required"),
        ("01.02.2026;1;1,00;5,00;;;x", "debit", "repeated"),
        ("01.02.2026;1;;5,00;;;x;y", "", "columns"),
        (";1;;5,00;;;x", "date", "required"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_is_offered(row, field, code):
    statement = read((TWO_SUMS + row + "\n").encode())
    assert [(p.line, p.field, p.code) for p in statement.problems] == [(7, field, code)]
    assert len(statement.documents) == 2


def test_a_workbook_is_read_like_a_text_table():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Выписка")
    sheet.write_row(0, 0, ["Банк Приречный"])
    sheet.write_row(2, 0, ["Дата", "Сумма", "Назначение платежа"])
    sheet.write_row(3, 0, ["02.02.2026", 0.1 + 0.2, "Оплата по счету 5"])
    book.close()
    statement = read(file.getvalue())
    assert (statement.format, statement.documents[0].amount, statement.documents[0].line) == (
        "XLSX",
        30,
        4,
    )


def test_columns_nobody_knows_are_asked_for_and_then_read_by_the_answer():
    data = "Когда;Сколько;Зачем\n02.02.2026;10,00;реклама\n".encode()
    with pytest.raises(UnknownFormat) as refusal:
        read(data)
    assert "amount" in str(refusal.value)
    table = read_table(data, wanted=WANTED)
    assert propose_mapping(table) == {}
    statement = read_mapped(table, {"date": 0, "amount": 1, "purpose": 2})
    assert statement.documents[0].amount == 1000


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("31.02.2026;17;x;y;;;за рекламу", ["There is no such day as “31.02.2026”",
         "Кредит: “y” is not a sum", "Дебет: “x” is not a sum"]),
        ("скоро;17;x;;;;за рекламу", ["the document has no date", "Дебет: “x” is not a sum"]),
        ("32.01.2026;17;1;1;;;", ["There is no such day as “32.01.2026”",
         "Дебет: the document has two sums"]),
    ],
)  # fmt: skip
@translation.override("en")
def test_every_wrong_cell_of_a_row_is_named_at_once(row, said):
    found = read((TWO_SUMS + row + "\n").encode())
    assert len(found.documents) == 2
    (problem,) = found.problems
    assert (problem.line, str(problem.reason).split("; ")) == (7, said)


def test_of_very_many_bad_rows_each_is_named_and_the_first_thousand_in_full():
    rows = "31.02.2026;сто;Оплата\n" * (MOST_EXPLAINED + 2)
    table = read_table(f"Дата;Сумма;Назначение\n{rows}".encode(), "f.csv", wanted=WANTED)
    problems = read_mapped(table, {"date": 0, "amount": 1, "purpose": 2}).problems
    assert len(problems) == MOST_EXPLAINED + 2
    full, first = problems[MOST_EXPLAINED - 1], problems[MOST_EXPLAINED]
    assert (full.field, full.code) == (first.field, first.code) == ("date", "date")
    assert str(full.reason).startswith(f"{first.reason}; Сумма: ")
    assert (full.told["amount"], first.told) == ("сто", {})
