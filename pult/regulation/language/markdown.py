"""Reads a file of clause cards into headings, wordings, rows and tables; knows no words yet."""

import re
from dataclasses import dataclass, field

from pult.regulation.language.problems import Place, Problems
from pult.regulation.language.words import words

ENGLISH = "EN:"
HEADING = re.compile(r"##\s+(?P<clause>[^\W\d_]{0,2}\.?\d+(?:\.\d+)*)\s+(?P<title>.+)")


@dataclass(frozen=True)
class Cell:
    """A text and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True)
class Row:
    """A row of a rule table: its label and its value."""

    label: Cell
    value: Cell


@dataclass
class Section:
    """One clause of a file as written. `chapter` is the heading above it."""

    clause: str
    title: str
    title_en: str
    place: Place
    chapter: str = ""
    wording: str = ""
    wording_en: str = ""
    notes: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    header: list[Cell] = field(default_factory=list)
    examples: list[list[Cell]] = field(default_factory=list)


def sections(text: str, file: str, problems: Problems) -> list[Section]:
    """The clauses of a file in order; what is not a card's part is noted as a problem."""
    found: list[Section] = []
    chapter, table = "", ""
    for number, line in enumerate(text.splitlines(), 1):
        place = Place(file, number)
        if line.startswith("|"):
            if found:
                table = _table_line(found[-1], line, place, table, problems)
            continue
        table = ""
        if line.startswith("## "):
            section = _heading(line, place, chapter, problems)
            if section:
                found.append(section)
        elif line.startswith("# "):
            chapter = line[2:].strip()
        elif found and line.startswith(">"):
            _quote(found[-1], line[1:].strip())
        elif found and line.strip():
            found[-1].notes.append(line.strip())
    return found


def _quote(section: Section, said: str) -> None:
    """A line of the wording; from `EN:` on, of what it says in English."""
    if said.startswith(ENGLISH) or section.wording_en:
        section.wording_en = f"{section.wording_en} {said.removeprefix(ENGLISH).strip()}".strip()
    else:
        section.wording = f"{section.wording} {said}".strip()


def _heading(line: str, place: Place, chapter: str, problems: Problems) -> Section | None:
    match = HEADING.fullmatch(line.strip())
    if match is None:
        problems.add(place, "no_heading", word=line.strip())
        return None
    title, _, title_en = (part.strip() for part in match["title"].partition("·"))
    return Section(match["clause"], title, title_en or title, place, chapter)


def _table_line(section: Section, line: str, place: Place, table: str, problems: Problems) -> str:
    cells = _cells(line, place)
    if all(re.fullmatch(r":?-+:?", cell.text) for cell in cells):
        return table
    if not table:
        return _table_start(section, cells, problems)
    if table == "rule":
        _rule_row(section, cells, problems)
    elif table == "example":
        if len(cells) == len(section.header):
            section.examples.append(cells)
        else:
            wanted = len(section.header)
            problems.add(place, "ragged_row", got=len(cells), wanted=wanted)
    return table


def _table_start(section: Section, cells: list[Cell], problems: Problems) -> str:
    if words("rows").find(cells[0].text) == "rule":
        _rule_row(section, cells, problems)
        return "rule"
    if words("columns").find(cells[0].text) == "example":
        section.header = cells
        return "example"
    problems.add(cells[0].place, "alien_table", word=cells[0].text)
    return "alien"


def _rule_row(section: Section, cells: list[Cell], problems: Problems) -> None:
    if len(cells) != 2:
        problems.add(cells[0].place, "ragged_row", got=len(cells), wanted=2)
    else:
        section.rows.append(Row(*cells))


def _cells(line: str, place: Place) -> list[Cell]:
    cells = []
    inner = line.rstrip()
    body = inner[1:-1] if inner.endswith("|") and len(inner) > 1 else inner[1:]
    start = 1
    for piece in re.split(r"(?<!\\)\|", body):
        indent = len(piece) - len(piece.lstrip())
        text = piece.strip().replace("\\|", "|")
        cells.append(Cell(text, place._replace(column=start + indent + 1)))
        start += len(piece) + 1
    return cells
