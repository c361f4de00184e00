"""How far the cells of a sheet reach, before anybody builds it.

A reader of workbooks lays a sheet out as one rectangle from its first cell to its last. One cell
in the last corner of Excel makes that 17 thousand million cells, and asking for so much memory
ends the whole process. `<dimension>` may lie, so the cells themselves are looked at.
"""

import re
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from pult.integrations.table.model import MAX_COLUMNS, TableProblem, too_wide

MAX_ROWS = 1_000_000
# The rectangle, 200,000 rows of 60 columns, and what may be filled of it: 100,000 documents in 40
# columns, which take half a gigabyte while they are read.
MAX_AREA = 12_000_000
MAX_CELLS = 4_000_000
# As many rows as Excel has, empty ones too, and the tags of all these cells.
MAX_ROW_MARKS = 1_048_576
MAX_MARKS = 32_000_000
# What is looked at one by one; a second and a half of work.
MAX_LOOKED_AT = 2_000_000
_MAX_DEPTH = 64
_CHUNK = 1 << 20
_PLACE = re.compile(r"([A-Za-z]{1,6})([0-9]{1,9})")
# How the marks of rows and of values begin, with a prefix or without.
_ROWS, _VALUES = (b"<row", b":row"), (b"<v", b"<is", b":v>", b":is>")
# A cell or a row that does not begin with its place, and names with a prefix. Two, for each of
# them begins with what is found quickly.
_UNNAMED = (re.compile(rb"""<(?:c|row)(?! r=")[\s/>]"""), re.compile(rb""":(?:c|row)[\s/>]"""))
# Besides them any spelling of a place but `r="A1"` … `r="BH199999"`.
_FAR = (
    re.compile(rb"""r\s*=(?!"(?:A?[A-Z]|B[A-H])?1?\d{1,5}(?:\.\d+)?"|"http:)"""),
    *_UNNAMED,
)
_ODD = (re.compile(rb"""r\s*=(?!"[A-Z]{0,3}\d{1,7}(?:\.\d+)?"|"http:)"""), *_UNNAMED)
_PLACES = re.compile(rb"""<c r="([A-Z]{1,3})(\d{1,7})\"""")


class Damaged(ValueError):
    """The XML of a sheet is not well-formed, or what stands in it is no sheet."""


def measure_sheet(open_sheet: Callable[[], IO[bytes]]) -> None:
    """Raises TableProblem for a sheet larger than any table, Damaged for one that is none.

    Nearly every sheet is seen to be small by its bytes alone, a long or wide one by the places its
    cells name; the rest are read element by element, which takes ten times longer.
    """
    for look in (_is_plainly_small, _names_near_places, _measure):
        with open_sheet() as stream:
            if look(stream):
                return


def _is_plainly_small(stream: IO[bytes]) -> bool:
    """Whether every cell names its place, in `BH199999` at the farthest. Counts on the way."""
    rows = values = 0
    small = True
    for piece in _pieces(stream):
        rows += sum(map(piece.count, _ROWS))
        values += sum(map(piece.count, _VALUES))
        if rows > MAX_ROW_MARKS:
            raise too_many(_("The sheet has more than %(limit)s rows."), MAX_ROW_MARKS)
        if values > MAX_CELLS:
            raise too_many(_("The sheet has more than %(limit)s filled cells."), MAX_CELLS)
        small = small and not any(odd.search(piece) for odd in _FAR)
    return small


def _names_near_places(stream: IO[bytes]) -> bool:
    """Whether every cell names its place and all of them, empty ones too, fit into a table."""
    top, bottom, columns = 1 << 30, 0, set[bytes]()
    for piece in _pieces(stream):
        if any(odd.search(piece) for odd in _ODD):
            return False
        places = _PLACES.findall(piece)
        if places:
            letters, numbers = zip(*places, strict=True)
            columns.update(letters)
            rows = [int(number) for number in numbers]
            top, bottom = min(top, *rows), max(bottom, *rows)
    width = [_number_of(letters.decode()) for letters in columns] or [1]
    room = (bottom - top + 1) * (max(width) - min(width) + 1)
    return max(width) <= MAX_COLUMNS and bottom <= MAX_ROWS and room <= MAX_AREA


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The sheet in pieces that end with whole elements; the rest, if any, at the end."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        whole, mark, rest = (rest + chunk).rpartition(b">")
        yield whole + mark
        if len(rest) > _CHUNK:
            raise Damaged("an element without an end")
    yield rest


def _measure(stream: IO[bytes]) -> bool:
    sheet = _Sheet()
    try:
        while chunk := stream.read(_CHUNK):
            sheet.parser.Parse(chunk, False)
        sheet.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as error:
        raise Damaged(str(error)) from error
    return True


class _Sheet:
    """Cells without a place stand after the one before them; cells without a value take no room.
    Both as calamine has it: https://docs.rs/calamine."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._row = self._column = 0
        self._place: tuple[int, int] | None = None
        self._cells = self._looked_at = 0
        self._top = self._left = 1 << 30
        self._bottom = self._right = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        # The name that ends is surely among the open ones, and only their number is asked for.
        self.parser.EndElementHandler = self._open.remove
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append(name)
        if len(self._open) > _MAX_DEPTH:
            raise Damaged("nested too deeply")
        self._looked_at += 1
        if self._looked_at > MAX_LOOKED_AT:
            raise _too_odd()
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self._begin_cell(attributes.get("r"))
        elif name == "row":
            self._begin_row(attributes.get("r"))
        elif self._place and name != "f":
            self._fill(*self._place)

    def _begin_row(self, number: str | None) -> None:
        if number is not None and not (number.isdecimal() and number.isascii()):
            raise Damaged("a row without a number")
        self._row = self._row + 1 if number is None else int(number[:12])
        self._column = 0
        self._place = None

    def _begin_cell(self, place: str | None) -> None:
        row = self._row
        if place is None:
            self._column += 1
        elif found := _PLACE.fullmatch(place):
            row, self._column = int(found[2]), _number_of(found[1])
        else:
            raise Damaged("a cell without a place")
        self._place = (row, self._column)

    def _fill(self, row: int, column: int) -> None:
        self._place = None
        self._cells += 1
        if row < self._top:
            self._top = row
        if row > self._bottom:
            self._bottom = row
        if column < self._left:
            self._left = column
        if column > self._right:
            self._right = column
        if column > MAX_COLUMNS:
            raise too_wide()
        room = (self._bottom - self._top + 1) * (self._right - self._left + 1)
        if row > MAX_ROWS or room > MAX_AREA or self._cells > MAX_CELLS:
            raise _too_far(row)

    def _refuse_doctype(self, *_declaration: object) -> None:
        raise Damaged("a document type")


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def too_many(words: str, limit: int) -> TableProblem:
    return TableProblem(words % {"limit": limit}, cure=_("Export a shorter period."))


def _too_odd() -> TableProblem:
    return TableProblem(
        _("The sheet is larger than %(limit)s elements and does not name the places of its cells.")
        % {"limit": MAX_LOOKED_AT},
        cure=_("Open it, save it as XLSX again and import that, or export a shorter period."),
    )


def _too_far(row: int) -> TableProblem:
    return TableProblem(
        _("The sheet reaches down to row %(row)s: larger than any table Pult reads.")
        % {"row": row},
        line=row,
        cure=_("Delete what stands far below or far to the right, or export a shorter period."),
    )
