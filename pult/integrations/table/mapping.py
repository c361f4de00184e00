"""Which column is which field: a guess a person confirms once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

_NOT_A_LETTER = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A title without case, ё and punctuation: `№ счёта:` and `№ СЧЕТА` are the same."""
    plain = text.casefold().replace("ё", "е").replace("№", " номер ").replace("#", " номер ")
    return " ".join(_NOT_A_LETTER.sub(" ", plain).split())


def guess_mapping(columns: Sequence[str], wanted: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Field → place of its column, for the fields that were found.

    `wanted` holds each field's titles in any language, the likeliest first. A title that equals
    a synonym goes before one that begins with it, and that before one that merely holds its
    words; a column serves one field only.
    """
    titles = [fold(column) for column in columns]
    found: dict[str, int] = {}
    taken: set[int] = set()
    for closeness in (_equal, _begins, _holds):
        for field, synonyms in wanted.items():
            if field in found:
                continue
            place = _first_place(titles, taken, synonyms, closeness)
            if place is not None:
                found[field] = place
                taken.add(place)
    return found


def _first_place(titles, taken, synonyms, closeness) -> int | None:
    for synonym in synonyms:
        word = fold(synonym)
        for place, title in enumerate(titles):
            if place not in taken and word and closeness(title, word):
                return place
    return None


def _equal(title: str, word: str) -> bool:
    return title == word


def _begins(title: str, word: str) -> bool:
    return title.startswith(word + " ")


def _holds(title: str, word: str) -> bool:
    return f" {word} " in f" {title} "


def header_place(rows: Sequence[Sequence[str]], wanted: Mapping[str, Iterable[str]] | None) -> int:
    """The place of the row of titles among the first rows of a file.

    Banks write their name and the period above the table. With `wanted` it is the row that names
    most fields; without, the first row that fills at least two thirds of the widest row with
    text that is no number.
    """
    if wanted:
        named = [len(guess_mapping(row, wanted)) for row in rows]
        if max(named, default=0) >= 2:
            return named.index(max(named))
    widest = max((sum(map(bool, row)) for row in rows), default=0)
    for place, row in enumerate(rows):
        filled = [cell for cell in row if cell]
        if len(filled) * 3 >= widest * 2 and not any(_is_number(cell) for cell in filled):
            return place
    return 0


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"[-+\d\s.,\u00a0]*\d[\d\s.,\u00a0]*", cell))
