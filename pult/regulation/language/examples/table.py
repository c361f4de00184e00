"""The examples table of a card: its columns are facts, its cells are checked when it is loaded."""

from collections.abc import Mapping
from typing import NamedTuple

from pult.regulation.evaluate.card import Example
from pult.regulation.language.examples.cells import read_cell, read_moment
from pult.regulation.language.examples.expect import read_expected
from pult.regulation.language.markdown import Cell, Section
from pult.regulation.language.parameters import Parameter
from pult.regulation.language.problems import Problems, Unclear, nearest
from pult.regulation.language.vocabulary import Vocabulary
from pult.regulation.language.words import words

SAMPLE = "2026-03-11 12:00"


class Column(NamedTuple):
    """What a column holds: a fact of the vocabulary, a parameter's value, or one of the fixed."""

    kind: str
    key: str = ""


def read_column(text: str, vocabulary: Vocabulary, parameters: Mapping[str, Parameter]) -> Column:
    """The meaning of a column's heading; raises `Unclear` with the nearest known words."""
    fixed = words("columns")
    code = fixed.find(text)
    if code and code != "parameter":
        return Column(code)
    first, _, name = text.partition(" ")
    if fixed.find(first) == "parameter":
        if name.strip() not in parameters:
            raise Unclear("unknown_parameter", nearest(name, parameters), word=name)
        return Column("parameter", name.strip())
    try:
        return Column("fact", vocabulary.fact(text)[0].key)
    except Unclear as trouble:
        near = (*trouble.near, *nearest(text, fixed.spellings()))
        raise Unclear("unknown_column", near[:3], word=text) from None


def read_examples(
    section: Section,
    vocabulary: Vocabulary,
    parameters: Mapping[str, Parameter],
    problems: Problems,
) -> tuple[Example, ...]:
    """The examples of a section; every cell that cannot be read is a problem."""
    columns: list[Column | None] = []
    for cell in section.header:
        try:
            columns.append(read_column(cell.text, vocabulary, parameters))
        except Unclear as trouble:
            problems.add_unclear(cell.place, trouble)
            columns.append(None)
    found = []
    for line in section.examples:
        name, expect, cells = "", "", {}
        for column, heading, cell in zip(columns, section.header, line, strict=True):
            if column is None or not _readable(column, heading, cell, vocabulary, problems):
                continue
            if column.kind == "example":
                name = cell.text
            elif column.kind == "expect":
                expect = cell.text
            else:
                cells[heading.text] = cell.text
        if expect:
            found.append(Example(name, cells, expect, line[0].place.line))
    return tuple(found)


def _readable(
    column: Column, heading: Cell, cell: Cell, vocabulary: Vocabulary, problems: Problems
) -> bool:
    try:
        match column.kind:
            case "now" | "period":
                read_moment(cell.text)
            case "expect":
                read_expected(cell.text)
            case "parameter":
                if not cell.text.lstrip("-").isdigit():
                    raise Unclear("bad_cell", word=cell.text)
            case "fact" | "waiver":
                read_cell(cell.text, vocabulary)
    except Unclear as trouble:
        shown = {**trouble.words}
        if trouble.code == "bad_cell":
            sample = "10" if column.kind == "parameter" else SAMPLE
            shown |= {"column": heading.text, "sample": sample}
        problems.add(cell.place, trouble.code, trouble.near, **shown)
        return False
    return True
