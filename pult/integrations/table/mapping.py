"""Which column is which field: a guess a person confirms once."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

_LONGEST_TITLE = 200
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
    synonyms = {field: [fold(title) for title in titles] for field, titles in wanted.items()}
    most = max((word.count(" ") + 1 for words in synonyms.values() for word in words), default=1)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for places in _places_of_words(columns, most):
        for field, words in synonyms.items():
            if field in found:
                continue
            likely = (place for word in words for place in places.get(word, ()))
            place = next((place for place in likely if place not in taken), None)
            if place is not None:
                found[field] = place
                taken.add(place)
    return found


def _places_of_words(columns: Sequence[str], most: int) -> tuple[Mapping[str, list[int]], ...]:
    """Words, `most` of them at a time → the columns whose title equals them, begins with them and
    holds them."""
    equal, begins, holds = (defaultdict[str, list[int]](list) for _ in range(3))
    for place, column in enumerate(columns):
        words = fold(column[:_LONGEST_TITLE]).split()
        equal[" ".join(words)].append(place)
        for start in range(len(words)):
            for end in range(start + 1, min(start + most, len(words)) + 1):
                piece = " ".join(words[start:end])
                holds[piece].append(place)
                if start == 0:
                    begins[piece].append(place)
    equal.pop("", None)
    return equal, begins, holds


def repeated_titles(columns: Sequence[str], mapping: Mapping[str, int]) -> list[str]:
    """Titles of the columns in `mapping` that other columns bear too: which of them is meant
    nobody but a person can say."""
    count = Counter(fold(column) for column in columns)
    used = (columns[place] for place in sorted(set(mapping.values())))
    return list(dict.fromkeys(title for title in used if count[fold(title)] > 1))


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
