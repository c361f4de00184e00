"""Words of a text that name a person, found in the forms Russian gives them, and blanked out."""

import re
from collections.abc import Callable, Iterable

NOBODY = "—"
VOWELS = "аеёиоуыэюяйьъ"
SHORTEST = 2
STEM = 3
PHONE = 10
BETWEEN = r"[\s().-]{0,3}"

Hide = Callable[[str], str]


def hiding(
    *, names: Iterable[str] = (), phones: Iterable[str] = (), emails: Iterable[str] = ()
) -> Hide:
    """A function that puts «—» for each mention of a person in a text.

    A name is met as a word with a capital letter whatever its ending («с Олегом»), a phone however
    it is grouped. Namesakes of the same client are blanked too: a word more rather than one less.
    """
    words = {word for name in names for word in re.findall(r"\w+", name) if len(word) >= SHORTEST}
    found = [_phone(digits) for phone in phones if len(digits := re.sub(r"\D", "", phone)) >= PHONE]
    found += [rf"(?i:(?<![\w.+-]){re.escape(email)}(?!\w))" for email in emails if email]
    found += [_word(word) for word in sorted(words, key=len, reverse=True)]
    if not found:
        return lambda text: text
    pattern = re.compile("|".join(found))
    return lambda text: pattern.sub(NOBODY, text)


def _word(word: str) -> str:
    stem = word.rstrip(VOWELS)
    if len(stem) < STEM:
        stem = word
    first = re.escape(stem[0].upper())
    return rf"\b{first}(?i:{re.escape(stem[1:])}\w{{0,3}})\b"


def _phone(digits: str) -> str:
    """The last ten digits, after +7, 8 or nothing."""
    return r"(?:\+?[78]" + BETWEEN + r")?(?<!\d)" + BETWEEN.join(digits[-PHONE:]) + r"(?!\d)"
