"""From the bytes of a file to a table."""

from collections.abc import Iterable, Mapping
from itertools import islice

from django.utils.translation import gettext_lazy as _

from pult.integrations.table.csv_file import CsvFile
from pult.integrations.table.mapping import header_place
from pult.integrations.table.model import (
    MAX_COLUMNS,
    Row,
    Table,
    TableProblem,
    hidden_letters,
    titled,
    too_wide,
)
from pult.integrations.table.workbook import Workbook, archive_kind
from pult.kernel.words import line_of

_HEADER_WITHIN = 40
# How files of Office before 2007 begin.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_table(
    data: bytes,
    filename: str = "",
    *,
    wanted: Mapping[str, Iterable[str]] | None = None,
    sheet: str = "",
) -> Table:
    """The table in a CSV or XLSX file, found by the bytes.

    `wanted` (field → titles, see `guess_mapping`) helps to find the row of titles under the
    lines a bank writes above the table. Raises TableProblem for what is no table: an empty,
    damaged, locked or oversized file.
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise TableProblem(_("The file is empty."), field=filename)
    if data.startswith(b"PK\x03\x04"):
        return _workbook_table(data, wanted, sheet)
    if data.startswith(_OLE):
        raise _not_read("XLS")
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TableProblem(
            _("This is neither CSV nor XLSX."), field=filename, cure=_("Save it as XLSX or CSV.")
        )
    file = CsvFile(data)
    head = _head(file.rows())
    place = header_place([cells for _line, cells in head], wanted)
    return Table(
        columns=_columns(head, place),
        encoding="utf-8" if file.encoding == "utf-8-sig" else file.encoding,
        header_line=head[place][0],
        source=file.rows,
        delimiter=file.delimiter,
        warnings=hidden_letters(head[place][1]),
    )


def _workbook_table(data, wanted, sheet) -> Table:
    kind = archive_kind(data)
    if kind in ("XLSB", "ODS"):
        raise _not_read(kind)
    if kind != "XLSX":
        raise TableProblem(
            _("This archive is not an XLSX workbook."), cure=_("Unpack it and import the file.")
        )
    book = Workbook(data, sheet)
    rows = list(book.rows())
    head = _head(rows)
    place = header_place([cells for _line, cells in head], wanted)
    columns = _columns(head, place)
    warnings = hidden_letters([book.name, *head[place][1]])
    if book.inexact:
        warnings.append(
            _("%(count)s long numbers were kept as numbers and may have lost their last digits")
            % {"count": book.inexact}
        )
    return Table(
        columns=columns,
        encoding="utf-8",
        header_line=head[place][0],
        source=lambda: iter(rows),
        sheet=line_of(book.name),
        sheets=book.sheets,
        warnings=warnings,
    )


def _head(rows: Iterable[Row]) -> list[Row]:
    head = list(islice(rows, _HEADER_WITHIN))
    if any(any(cells[MAX_COLUMNS:]) for _line, cells in head):
        raise too_wide()
    return head


def _columns(head, place) -> list[str]:
    columns = titled(head[place][1]) if head else []
    if not columns:
        raise TableProblem(_("The file has no row of column titles."))
    return columns


def _not_read(name: str) -> TableProblem:
    return TableProblem(
        _("Tables are not read from %(name)s.") % {"name": name},
        cure=_("Open it and save it as XLSX or CSV."),
    )
