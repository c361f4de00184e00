"""The one tokeniser: what a document is found by, and what a query asks for.

A document gives, for every word, the word and its dictionary forms; for everything written with
joints (А-2026/015, интернет-магазин, 12.05.2026) the parts, and the parts run together from each
joint on, so that «2026/015», «2026-01» and «015» find it too. Tokens are letters and digits only.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from pult.kernel.search.folding import fold, fold_look_alikes, is_mixed, other_layout
from pult.kernel.search.lemmas import is_function_word, is_russian, lemmas

LONGEST = 64
_JOINED = re.compile(r"[^\W_]+(?:[-./\\_@|#][^\W_]+)*")
_PART = re.compile(r"\d+|[^\W\d_]+")
# Ten digits of a Russian phone, with whatever stands between and before them.
_PHONE = re.compile(
    r"(?<![\w+])(?:\+?[78])?[ (-]*(\d{3})[ )-]*(\d{3})[ -]*(\d{2})[ -]*(\d{2})(?![\w])"
)
_MOST_PARTS = 8
_SHORTEST_PREFIX = 3


class Term(NamedTuple):
    """One thing to look up: a token, or every token that begins with it."""

    token: str
    prefix: bool = False


# A word of the query is any of its readings; a reading, all of its groups; a group, any term.
Group = tuple[Term, ...]
Reading = tuple[Group, ...]
Word = tuple[Reading, ...]


def tokens(text: str) -> list[str]:
    """The tokens a document is found by, each once, in the order of the text."""
    folded = fold(text)
    found = dict.fromkeys(token[:LONGEST] for part in _cut(folded) for token in _indexed(part))
    found.update(dict.fromkeys(_phones(folded)))
    return list(found)


def _cut(folded: str) -> Iterator[list[str]]:
    for match in _JOINED.finditer(folded):
        yield _parts(match.group())


def _parts(joined: str) -> list[str]:
    mended = (fold_look_alikes(p) if is_mixed(p) else p for p in re.split(r"[\W_]+", joined))
    return list(chain.from_iterable(_PART.findall(part) for part in mended))


def _indexed(parts: list[str]) -> Iterator[str]:
    for part in parts:
        yield part
        if part.isdigit():
            yield _bare(part)
        elif is_russian(part):
            yield from lemmas(part)
    joinable = parts[:_MOST_PARTS]
    for first in range(len(joinable) - 1):
        yield from _run_together(joinable[first:])


def _run_together(parts: list[str]) -> tuple[str, str]:
    """Parts as one code: as written, and with numbers bare of zeros."""
    whole, bare = "".join(parts), "".join(map(_bare, parts))
    is_code = any(part.isdigit() for part in parts)
    return (fold_look_alikes(whole), fold_look_alikes(bare)) if is_code else (whole, bare)


def _bare(part: str) -> str:
    """A number without leading zeros: document 015 is also asked for as 15."""
    return (part.lstrip("0") or "0") if part.isdigit() else part


def _phones(folded: str) -> Iterator[str]:
    for match in _PHONE.finditer(folded):
        yield "".join(match.groups())


def query_tokens(text: str, *, forgiving: bool = False) -> list[Word]:
    """What a query asks for: all of its words, each in any of its readings.

    Words match their forms and, from three letters on, longer words; numbers and codes match from
    their beginning, and so does the last word, which may still be being typed. `forgiving` adds the
    reading of each word on the other keyboard layout. Joining words ask for nothing unless alone.
    """
    rest = " ".join(text.replace("№", " ").split())
    phones = [_phone(match) for match in _PHONE.finditer(rest)]
    chunks = _PHONE.sub(" ", rest).split()
    last = len(chunks) - 1
    words = [_word(chunk, forgiving, last=n == last) for n, chunk in enumerate(chunks)]
    asking = [word for word in words if word]
    telling = [word for word in asking if not _joins(word)]
    return [*phones, *telling] or asking


def _phone(match: re.Match[str]) -> Word:
    """Ten digits are a phone, but may as well begin a longer number: both are looked up."""
    phone, typed = "".join(match.groups()), re.sub(r"\D", "", match.group())
    return ((tuple(Term(digits, prefix=True) for digits in dict.fromkeys([phone, typed])),),)


def _word(chunk: str, forgiving: bool, *, last: bool) -> Word:
    readings = [chunk, other_layout(chunk)] if forgiving else [chunk]
    return tuple(filter(None, (_reading(fold(reading), last) for reading in readings)))


def _reading(folded: str, last: bool) -> Reading:
    return tuple(group for parts in _cut(folded) for group in _groups(parts, last))


def _groups(parts: list[str], last: bool) -> Iterator[Group]:
    if any(part.isdigit() for part in parts):
        whole, bare = (token[:LONGEST] for token in _run_together(parts))
        yield (Term(whole, prefix=True), *((Term(bare),) if bare != whole else ()))
        return
    for part in parts:
        forms = [form for form in lemmas(part) if form != part] if is_russian(part) else []
        prefix = last or len(part) >= _SHORTEST_PREFIX
        yield (Term(part[:LONGEST], prefix), *(Term(form[:LONGEST]) for form in forms))


def _joins(word: Word) -> bool:
    """Whether a word of the query only joins others, in any of its readings."""
    return any(all(_is_joining(group[0].token) for group in reading) for reading in word)


def _is_joining(token: str) -> bool:
    return is_russian(token) and is_function_word(token)
