"""Dictionary forms of Russian words; the dictionary is loaded by the first word that needs it."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

_RUSSIAN = re.compile(r"[а-я]+")
_FUNCTION_WORDS = {"PREP", "CONJ", "PRCL"}
# An unknown word gets many guesses; the likeliest few are enough for its forms to meet.
_GUESSES = 3


@cache
def _dictionary() -> "MorphAnalyzer":
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


def is_russian(word: str) -> bool:
    """Whether a folded word is written in Russian letters only."""
    return _RUSSIAN.fullmatch(word) is not None


@lru_cache(maxsize=50_000)
def lemmas(word: str) -> tuple[str, ...]:
    """All dictionary forms a folded Russian word may have, the likeliest first, ё as е.

    «стали» is both a verb and a metal: two words meet when any of their forms do.
    """
    forms = [parse.normal_form.replace("ё", "е") for parse in _dictionary().parse(word)]
    known = _dictionary().word_is_known(word)
    return tuple(dict.fromkeys(forms))[: None if known else _GUESSES]


@lru_cache(maxsize=5_000)
def is_function_word(word: str) -> bool:
    """Whether a folded Russian word only joins others: a preposition, conjunction or particle."""
    return str(_dictionary().parse(word)[0].tag.POS) in _FUNCTION_WORDS
