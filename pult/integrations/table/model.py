"""A table of text cells, whatever file it came in."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from pult.kernel.errors import BadInput
from pult.kernel.words import hides_letters, line_of

# Bytes of a file, and of what is packed in one: a statement of 100,000 documents has about 90 MB.
LARGEST = 256 << 20
# Wider than any export.
MAX_COLUMNS = 500

Row = tuple[int, list[str]]


class TableProblem(BadInput):
    """The file as a whole cannot be read as a table; nothing of it was taken."""


@dataclass(slots=True)
class Table:
    """`columns` are the titles as written (a column without one is called `column N`).

    `rows()` starts from the first row each time it is called and yields `(line, cells)`: the
    line of the file (or the row of the sheet) from 1, and a cell for every column; there are more
    cells only when the row itself is wider than the titles, often for a stray delimiter. Rows of
    empty cells are left out. Cells are text without spaces around; a day is `YYYY-MM-DD`, a
    number has a point and no exponent.
    """

    columns: list[str]
    encoding: str
    header_line: int
    source: Callable[[], Iterator[Row]]
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    delimiter: str = ""
    warnings: list[Any] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        width = len(self.columns)
        for line, cells in self.source():
            if line <= self.header_line or not any(cells):
                continue
            if len(cells) < width:
                cells = cells + [""] * (width - len(cells))
            yield line, cells

    def signature(self) -> str:
        """The same for every file with these columns in this order: the key of a mapping that
        was confirmed once."""
        return hashlib.sha256("\x1f".join(self.columns).casefold().encode()).hexdigest()


def titled(cells: Sequence[str]) -> list[str]:
    """Column titles without letters nobody sees, with a name for the nameless; empty columns at
    the right are dropped."""
    last = max((place for place, cell in enumerate(cells) if cell), default=-1)
    return [line_of(cell) or f"column {place}" for place, cell in enumerate(cells[: last + 1], 1)]


def hidden_letters(cells: Sequence[str]) -> list[Any]:
    """A warning about titles that are not what they look like in the file."""
    names = ", ".join(f"“{line_of(cell)}”" for cell in cells if hides_letters(cell))
    if not names:
        return []
    return [
        _("Letters nobody can see were left out of these titles: %(titles)s.") % {"titles": names}
    ]


def too_wide(line: int | None = None) -> TableProblem:
    return TableProblem(
        _("The table is wider than %(limit)s columns.") % {"limit": MAX_COLUMNS},
        line=line,
        cure=_("Delete the columns that are not needed and save the file again."),
    )
