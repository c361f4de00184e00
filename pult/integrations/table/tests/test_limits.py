"""What is too large, too wide or too far apart is refused before any memory is asked for."""

import io
import zipfile

import pytest
from django.utils import translation

from pult.integrations.table import TableProblem, guess_mapping, read_table
from pult.integrations.table import measuring as measures
from pult.integrations.table.csv_file import CsvFile
from pult.integrations.table.tests.test_table import workbook

PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',  # noqa: E501
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',  # noqa: E501
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',  # noqa: E501
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',  # noqa: E501
}
TITLES = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def sheet_of(rows, **parts):
    """A workbook whose only sheet has these rows, as its XML has them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (PARTS | parts).items():
            archive.writestr(name, content)
        archive.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
        )
    return file.getvalue()


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c r="C1048576"><v>1</v></c></row>',
        '<row r="2"><c r="C1048576"><v>1</v></c></row>',
        '<row r="2"><c r="SG2"><v>1</v></c></row>',
        '<row r="2"><c s="1" r="XFD2"><v>1</v></c></row>',
        "<row r='2'><c r='XFD2'><v>1</v></c></row>",
        '<row r="2"><c r = "xfd2"><is><t>1</t></is></c></row>',
        '<row r="300000"><c r="SF300000"><v>1</v></c></row>',
        '<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
        '<row r="1048576"><c><v>1</v></c></row>',
        '<row r="2">' + "<c><v>1</v></c>" * 501 + "</row>",
        '<row r="3"><c r="AAAAAA3"><v>1</v></c></row>',
    ],
)  # fmt: skip
def test_a_cell_far_away_is_refused_before_the_sheet_is_built(rows, monkeypatch):
    monkeypatch.setattr("pult.integrations.table.workbook.CalamineWorkbook", None)
    with pytest.raises(TableProblem) as refused:
        read_table(sheet_of(TITLES + rows))
    assert "500" in str(refused.value) or refused.value.line
    assert refused.value.cure


@pytest.mark.parametrize(
    "rows",
    ['<row r="2"><c s="1"r="B2"><v>1</v></c></row>', '<row r="2"><c r="&#66;2"/></row>',
     '<row r="two"><c r="B2"><v>1</v></c></row>', '<row r="2"><c r="B2"><v>1</v></row>',
     '<row r="99"><c>' + "<a>" * 99 + "</a>" * 99 + "</c></row>"],
)  # fmt: skip
def test_a_sheet_that_is_no_xml_or_no_sheet_is_damaged(rows):
    with pytest.raises(TableProblem, match="damaged"):
        read_table(sheet_of(TITLES + rows))


def test_cells_without_a_value_may_stand_anywhere():
    rows = '<row r="2"><c r="A2"><v>3</v></c><c r="XFD2" s="1"/></row><row r="1048576"/>'
    assert list(read_table(sheet_of(TITLES + rows)).rows()) == [(2, ["3", ""])]


def test_cells_and_rows_that_do_not_name_their_place_are_read():
    rows = TITLES + "<row><c><v>3</v></c><c><v>4</v></c></row>"
    assert list(read_table(sheet_of(rows)).rows()) == [(2, ["3", "4"])]


def test_a_long_sheet_is_read_by_its_bytes_alone(monkeypatch):
    monkeypatch.setattr(measures, "_CHUNK", 400)
    monkeypatch.setattr(measures, "_measure", None)
    data = workbook([["Дата", "Сумма", "Номер r = 2"], *([["2026-11-02", 5, "r"]] * 300)])
    assert len(list(read_table(data).rows())) == 300


def test_more_filled_cells_than_a_table_can_have_are_refused(monkeypatch):
    monkeypatch.setattr(measures, "MAX_CELLS", 100)
    with pytest.raises(TableProblem, match="more than 100 filled cells"):
        read_table(workbook([["a", "b"], *([["1", "2"]] * 60)]))


@pytest.mark.parametrize(
    ("row", "times", "said"),
    [
        ("<row/>", 2_000_000, "1048576 rows"),
        ('<x:row r="1"/>', 1_100_000, "1048576 rows"),
        ("<row><c><v>1</v></c></row>", 700_000, "2000000 elements"),
        ('<row r="9">' + "<c><v>1</v></c>" * 100 + "</row>", 41_000, "4000000 filled cells"),
        ("<c/>", 33_000_000, "32000000 tags"),
        ("<x/>", 5_000_000, "4000000 odd elements"),
    ],
)
def test_very_many_tiny_elements_are_refused_by_counting_with_the_limit_and_the_cure(
    row, times, said, monkeypatch
):
    monkeypatch.setattr("pult.integrations.table.workbook.CalamineWorkbook", None)
    data = sheet_of(TITLES + row * times)
    with pytest.raises(TableProblem, match=said) as refused:
        read_table(data)
    assert refused.value.cure


def test_a_long_sheet_of_few_columns_is_measured_by_the_places_of_its_cells(monkeypatch):
    last = 250_000
    monkeypatch.setattr(measures, "_measure", None)
    rows = f'<row r="{last}"><c r="A{last}"><v>3</v></c><c r="B{last}" s="1"/></row>'
    assert list(read_table(sheet_of(TITLES + rows)).rows())[-1] == (last, ["3", ""])


def test_a_sheet_under_any_name_is_measured():
    rels = "xl/_rels/workbook.xml.rels"
    far = '<worksheet><sheetData><c r="XFD1"><v>1</v></c></sheetData></worksheet>'
    hidden = {rels: PARTS[rels].replace("sheet1.xml", "notes.txt"), "xl/worksheets/notes.txt": far}
    with pytest.raises(TableProblem, match="500"):
        read_table(sheet_of(TITLES, **hidden))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "XLS"),
        (sheet_of("", **{"content.xml": "<table/>"}), "ODS"),
        (sheet_of("", **{"xl/workbook.bin": "x"}), "XLSB"),
    ],
    ids=["xls", "ods", "xlsb"],
)
def test_other_workbooks_are_refused_by_name(data, name):
    with pytest.raises(TableProblem, match=f" {name}\\."):
        read_table(data)


def test_a_table_of_ten_thousand_columns_is_refused():
    titles = ";".join(f"Расход{number}" for number in range(10_000))
    with pytest.raises(TableProblem, match="500 columns"):
        read_table(f"{titles}\n{'1;' * 10_000}\n".encode(), wanted={"cost": ["Расход"]})


@pytest.mark.parametrize("row", ["\t" * 20_001, '"\n"\t' * 20_001])
def test_a_row_of_very_many_cells_is_refused_before_it_is_cut(row):
    with pytest.raises(TableProblem, match="wider than 500 columns"):
        list(CsvFile(f"Day\tCost\n{row}\n".encode()).rows())


def test_cells_far_to_the_right_are_left_where_they_are_empty_and_told_where_not():
    rows = (b"2026-01-01\t5" + b"\t" * 9_000 + tail + b"\n" for tail in (b"", b"x"))
    table = read_table(b"Day\tCost\n" + b"2026-01-01\t5\n" * 50 + b"".join(rows))
    *_, blank, stray = (cells for _line, cells in table.rows())
    assert (any(blank[2:]), stray[2:] == [""] * 498 + ["x"]) == (False, True)


def test_the_widest_table_is_still_guessed():
    wanted = {f"field {n}": [f"Расход {n} всего", f"Потрачено {n}"] for n in range(60)}
    columns = [f"столбец {n} {'слово ' * 30}" for n in range(499)] + ["потрачено 59"]
    assert guess_mapping(columns, wanted) == {"field 59": 499}


@pytest.mark.parametrize(
    "text", ["a" * 3_000_000, "<![CDATA[" + "<" * 3_000_000 + "]]>", "a" * 140_000]
)
def test_a_cell_longer_than_any_office_keeps_is_refused(text):
    cell = f'<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>'
    with pytest.raises(TableProblem):
        read_table(sheet_of(f'<row r="1">{cell}</row>'))


def test_a_long_cell_that_office_keeps_is_read():
    cells = "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in (("A", "Title"), ("B", "b" * 32_767))
    )
    assert len(read_table(sheet_of(f'<row r="1">{cells}</row>')).columns[1]) == 32_767
