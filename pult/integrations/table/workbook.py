"""XLSX sheets. The archive is measured before it is opened: a bomb is refused, not unpacked, and
so is a sheet whose cells stand so far apart that no memory would hold what is between them."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

from pult.integrations.table.measuring import MAX_MARKS, measure_sheet, too_many
from pult.integrations.table.model import Row, TableProblem
from pult.kernel.words import line_of

MAX_FILE = 64 << 20
MAX_UNPACKED = 512 << 20
MAX_ENTRIES = 2_000
_CELLS = b"sheetData"
_CHUNK = 1 << 20
# Four times what Excel keeps in a cell; in bytes of XML, where a letter may take as many.
LONGEST_CELL = 131_072
LONGEST_TEXT = 262_144
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
# Excel keeps 15 digits of a number: a 20-digit account stored as one has lost its tail.
_EXACT = 10**15


def archive_kind(data: bytes) -> str:
    """XLSX, or the name of what else is packed like it: XLSB, ODS, ZIP.

    A workbook of two kinds is none: which of them would be read is not for the reader to choose.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "ZIP"
    if "xl/workbook.bin" in names:
        return "XLSB"
    if "content.xml" in names:
        return "ODS"
    return "XLSX" if "xl/workbook.xml" in names else "ZIP"


class Workbook:
    """One sheet of an XLSX file; `inexact` counts numbers too long for Excel to hold."""

    def __init__(self, data: bytes, sheet: str = "") -> None:
        _refuse_bombs(data)
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            self.sheets = list(book.sheet_names)
            if not self.sheets or (sheet and sheet not in self.sheets):
                raise TableProblem(
                    _("There is no such sheet in the file."),
                    field=line_of(sheet),
                    cure=", ".join(map(line_of, self.sheets)),
                )
            self._sheet, self.name = self._choose(book, sheet)
        except PasswordError as error:
            raise TableProblem(
                _("The workbook is closed with a password."), cure=_("Save it without one.")
            ) from error
        except (CalamineError, ZipError, OSError, ValueError) as error:
            raise _broken() from error
        self.inexact = 0

    def _choose(self, book: CalamineWorkbook, wanted: str) -> tuple[Any, str]:
        """The sheet named, else the first that holds anything."""
        for name in [wanted] if wanted else self.sheets:
            sheet = book.get_sheet_by_name(name)
            if sheet.height and sheet.width:
                break
        return sheet, name

    def rows(self) -> Iterator[Row]:
        """Each row with its number in the sheet."""
        self.inexact = 0
        start = (self._sheet.start or (0, 0))[0]
        for line, cells in enumerate(self._sheet.to_python(skip_empty_area=True), start + 1):
            yield line, [self._text(cell) for cell in cells]

    def _text(self, cell: Any) -> str:
        if isinstance(cell, str):
            if len(cell) > LONGEST_CELL:
                raise _too_large()
            return cell.strip()
        if isinstance(cell, bool):
            return str(int(cell))
        if isinstance(cell, float | int):
            if abs(cell) >= _EXACT:
                self.inexact += 1
            return _number(cell)
        if isinstance(cell, datetime):
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        if isinstance(cell, date | time):
            return cell.isoformat()
        if isinstance(cell, timedelta):
            return str(cell)
        return "" if cell is None else str(cell).strip()


def _number(cell: float) -> str:
    """15 significant digits, as Excel shows them: 0.1 + 0.2 is 0.3; no exponent."""
    text = format(Decimal(format(cell, ".15g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _broken() -> TableProblem:
    return TableProblem(
        _("The workbook is damaged."), cure=_("Open it, save it as XLSX again and import that.")
    )


def _refuse_bombs(data: bytes) -> None:
    if len(data) > MAX_FILE:
        raise TableProblem(
            _("The file is larger than %(limit)s MB.") % {"limit": MAX_FILE >> 20},
            cure=_("Export a shorter period."),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise _too_large()
            room = MAX_UNPACKED
            sheets = []
            for entry in entries:
                size, is_sheet = _unpacked(archive, entry, room)
                room -= size
                if is_sheet:
                    sheets.append(entry)
            for entry in sheets:
                measure_sheet(partial(archive.open, entry))
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError, zlib.error) as error:
        raise _broken() from error


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> tuple[int, bool]:
    """The true size of an entry, for its header may lie, and whether cells are in it: only what
    holds this word is read as a sheet, under whatever name it stands."""
    if entry.file_size > room:
        raise _too_large()
    # What the header says of size and sum is put away.
    entry.file_size = room + 1
    entry.CRC = None  # type: ignore[assignment]
    size, marks, end, is_sheet, is_xml = 0, 0, b"", False, False
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > room:
                raise _too_large()
            is_xml = chunk.lstrip(_BEFORE_XML)[:1] == b"<" if size == len(chunk) else is_xml
            marks += chunk.count(b"<") if is_xml else 0
            if marks > MAX_MARKS:
                raise too_many(_("The workbook has more than %(limit)s tags."), MAX_MARKS)
            if is_xml and _holds_endless_text(chunk):
                raise _too_large()
            is_sheet = is_sheet or _CELLS in chunk or _CELLS in end + chunk[: len(_CELLS)]
            end = chunk[-len(_CELLS) :]
    return size, is_sheet


def _holds_endless_text(chunk: bytes) -> bool:
    """Whether a text of this XML is longer than a cell can be.

    A reader copies the text of a cell to each place that shows it, so one that is long and shown
    often takes all memory there is. CDATA would hide its brackets, and no office writes it.
    """
    starts = range(0, len(chunk) - LONGEST_TEXT + 1, LONGEST_TEXT)
    return b"<![CDATA[" in chunk or any(
        b"<" not in chunk[start : start + LONGEST_TEXT] for start in starts
    )


def _too_large() -> TableProblem:
    return TableProblem(
        _("Unpacked, the workbook is larger than any statement can be."),
        cure=_("Export a shorter period."),
    )
