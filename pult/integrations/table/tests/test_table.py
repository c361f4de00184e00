"""Tables of any origin: encodings, delimiters, headings, workbooks and bombs."""

import contextlib
import io
import zipfile

import pytest
import xlsxwriter
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from pult.integrations.table import TableProblem, guess_mapping, read_table
from pult.kernel.words import hides_letters


def workbook(rows, **sheets):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    for name, content in {"Лист1": rows, **sheets}.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(content):
            sheet.write_row(place, 0, row)
    book.close()
    return file.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "cp866", "utf-16"])
def test_encoding_and_delimiter_are_found(encoding, delimiter):
    rows = [["Клиент", "Город", "Бюджет"], ["Тёплый дом", "Тверь", "5"], ["Лес", "Омск", "7"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    table = read_table(text.encode(encoding))
    assert table.columns == rows[0]
    assert list(table.rows()) == [(2, rows[1]), (3, rows[2])]
    assert list(table.rows()) == list(table.rows())


def test_lines_are_those_of_the_file_when_a_cell_holds_line_ends():
    table = read_table(b'a;b\n"one\ntwo";1\n\n;;\nthree;2\n')
    assert list(table.rows()) == [(2, ["one\ntwo", "1"]), (6, ["three", "2"])]


def test_titles_are_found_under_a_heading_and_named_when_empty():
    table = read_table("Отчёт за май;;\n;;\nИмя;;Сумма\nА;1;2\n".encode())
    assert (table.columns, table.header_line) == (["Имя", "column 2", "Сумма"], 3)


def test_short_rows_are_filled_and_long_rows_show():
    table = read_table(b"a;b;c\n1\n1;2;3;4\n")
    assert [cells for _line, cells in table.rows()] == [["1", "", ""], ["1", "2", "3", "4"]]


def test_a_mapping_prefers_equal_titles_and_uses_a_column_once():
    wanted = {"inn": ["ИНН"], "payer_inn": ["ИНН плательщика"], "sum": ["Сумма", "Amount"]}
    columns = ["ИНН плательщика", "Сумма, ₽", "ИНН:", "AMOUNT"]
    assert guess_mapping(columns, wanted) == {"inn": 2, "payer_inn": 0, "sum": 1}


def test_the_same_titles_give_the_same_signature():
    one, two = (
        read_table(b"A;B\n1;2\n"),
        read_table(b"x;;\na;b\n3;4\n", wanted={"a": "a", "b": "b"}),
    )
    assert one.signature() == two.signature()
    assert one.signature() != read_table(b"B;A\n1;2\n").signature()


def test_numbers_days_and_text_of_a_workbook_become_text():
    data = workbook([["a", "b", "c"], [0.1 + 0.2, 1e15, "  x "], [-5, 12.50, True]])
    table = read_table(data)
    assert [cells for _line, cells in table.rows()] == [
        ["0.3", "1000000000000000", "x"],
        ["-5", "12.5", "1"],
    ]
    assert table.warnings


def test_the_first_sheet_that_holds_anything_is_read_and_any_can_be_named():
    data = workbook([], Данные=[["a", "b"], ["1", "2"]], Прочее=[["c"], ["3"]])
    assert read_table(data).sheet == "Данные"
    assert read_table(data, sheet="Прочее").columns == ["c"]
    with pytest.raises(TableProblem):
        read_table(data, sheet="Нет такого")


def test_a_bomb_is_refused_even_when_its_header_lies():
    file = io.BytesIO(workbook([["a"], ["b"]]))
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/bomb.xml", "w", force_zip64=True) as stream,
    ):
        for _ in range(800):
            stream.write(b" " * (1 << 20))
    data = file.getvalue()
    assert len(data) < 2 << 20
    with pytest.raises(TableProblem):
        read_table(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("xl/worksheets/bomb.xml").file_size
    lying = data.replace(size.to_bytes(8, "little"), (10).to_bytes(8, "little"))
    lying = lying.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(TableProblem):
        read_table(lying)


@pytest.mark.parametrize(
    "data", [b"", b" \n ", b"\xef\xbb\xbf", b"PK\x03\x04garbage", b"\x00\x01\x02", b'a;b\n"c;1\n']
)
def test_what_is_no_table_is_refused(data):
    with pytest.raises(TableProblem):
        list(read_table(data).rows())


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_refusal(data):
    with contextlib.suppress(TableProblem):
        list(read_table(data).rows())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_a_table_or_a_refusal(place, noise):
    data = workbook([["a", "b"], ["1", "2"]])
    place %= len(data)
    with contextlib.suppress(TableProblem):
        list(read_table(data[:place] + noise + data[place + len(noise) :]).rows())


@pytest.mark.parametrize("packed", [False, True])
def test_letters_nobody_sees_are_left_out_of_titles_and_told(packed):
    titles = ["Дата\u202e", "\u200bСумма\x1b[31m", "\u2066", "Номер"]
    data = ";".join(titles).encode() + b"\n2026-02-01;5;6;7\n"
    if packed:
        data = workbook([[*titles[:1], "\u200bСумма", *titles[2:]], ["2026-02-01", "5", "6", "7"]])
    with translation.override("en"):
        table = read_table(data, wanted={"day": ["Дата"], "number": ["Номер"]})
        (warning,) = map(str, table.warnings)
    assert table.columns[0::2] == ["Дата", "column 3"]
    assert table.columns[1].startswith("Сумма")
    assert "“Дата”" in warning
    assert not hides_letters("".join(table.columns) + warning)


def test_a_sheet_whose_name_hides_letters_is_shown_without_them():
    rows = [["Дата", "Сумма"], ["2026-02-01", "5"]]
    data = workbook([], **{"Спи\u202eсок": rows})
    table = read_table(data)
    assert (table.sheet, len(table.warnings)) == ("Список", 1)
