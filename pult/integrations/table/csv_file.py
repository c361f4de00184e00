"""CSV of any bank or platform: encoding and delimiter are found, not asked."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from pult.integrations.table.model import MAX_COLUMNS, Row, TableProblem, too_wide

DELIMITERS = ";\t,|"
_SAMPLE = 65_536
_CELL_LIMIT = 131_072
# Delimiters of one row, those inside its texts too: more than Excel has columns.
MAX_MARKS = 20_000


def find_encoding(data: bytes) -> str:
    """`utf-16` by its mark, `utf-8-sig` when all of it is valid UTF-8, else `cp866` when its
    letters make lower-case Russian there and not in `cp1251`, else `cp1251`."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), 1 << 20):
            decoder.decode(data[start : start + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        sample = data[:_SAMPLE]
        return "cp866" if _russian(sample, "cp866") > _russian(sample, "cp1251") else "cp1251"
    return "utf-8-sig"


def _russian(sample: bytes, encoding: str) -> int:
    return sum("а" <= letter <= "я" for letter in sample.decode(encoding, errors="replace"))


def find_delimiter(sample: str) -> str:
    """The delimiter that cuts most lines into the same number of cells; empty when none does."""
    best = ("", 0, 0)
    for delimiter in DELIMITERS:
        try:
            widths = [
                len(row)
                for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
                if row
            ]
        except csv.Error:
            continue
        split = Counter(width for width in widths[:200] if width > 1)
        if not split:
            continue
        width, lines = max(split.items(), key=lambda pair: (pair[1], pair[0]))
        if (lines, width) > best[1:]:
            best = (delimiter, lines, width)
    return best[0]


def looks_like_table(data: bytes) -> bool:
    """Whether the beginning of the file is a header and at least one row of two cells or more
    with a digit among them: prose with commas is no table."""
    encoding = find_encoding(data)
    sample = _sample(data, encoding)
    delimiter = find_delimiter(sample)
    if not delimiter:
        return False
    rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))[:60]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return False
    width, lines = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    if lines < 2 or (width == 2 and delimiter == ","):
        return False
    return any(cell[:1].isdigit() for row in rows if len(row) == width for cell in row)


def _sample(data: bytes, encoding: str) -> str:
    text = data[:_SAMPLE].decode(encoding, errors="ignore")
    return text.rpartition("\n")[0] + "\n" if len(data) > _SAMPLE else text


class CsvFile:
    """The rows of a CSV file, as often as they are asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.encoding = find_encoding(data)
        self.delimiter = find_delimiter(_sample(data, self.encoding)) or ";"

    def rows(self) -> Iterator[Row]:
        """Each row with the line it begins on. Raises TableProblem for a file cut in a quote."""
        text = io.TextIOWrapper(
            io.BytesIO(self._data), encoding=self.encoding, errors="replace", newline=""
        )
        csv.field_size_limit(_CELL_LIMIT)
        read: list[str] = []
        reader = csv.reader(_remembered(text, read, self.delimiter), delimiter=self.delimiter)
        line = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise _cut_in_a_quote(line) from error
            raw = read[0] if len(read) == 1 else "".join(read)
            if '"' in raw and raw.count('"') % 2 and self._swallowed(cells):
                raise _cut_in_a_quote(line)
            read.clear()
            if "\x00" in raw:
                cells = [cell.replace("\x00", "") for cell in cells]
            yield line, [cell.strip() for cell in _near(cells)]
            line = reader.line_num + 1

    def _swallowed(self, cells: list[str]) -> bool:
        """Whether a quote that is never closed took other cells or rows into its own."""
        return any(self.delimiter in cell or "\n" in cell for cell in cells)


def _near(cells: list[str]) -> list[str]:
    """The cells as far as any table has columns, and one that stands beyond them."""
    if len(cells) <= MAX_COLUMNS:
        return cells
    return [*cells[:MAX_COLUMNS], *filter(str.strip, cells[MAX_COLUMNS:])][: MAX_COLUMNS + 1]


def _remembered(lines: Iterable[str], read: list[str], delimiter: str) -> Iterator[str]:
    """The lines, kept in `read`. Raises TableProblem for a row too wide to be cut into cells."""
    marks = 0
    for number, line in enumerate(lines, 1):
        marks = line.count(delimiter) + (marks if read else 0)
        if marks > MAX_MARKS:
            raise too_wide(line=number)
        read.append(line)
        yield line


def _cut_in_a_quote(line: int) -> TableProblem:
    return TableProblem(
        _("The row cannot be cut into cells."),
        line=line,
        cure=_("Look for a quote that is opened and never closed."),
    )
