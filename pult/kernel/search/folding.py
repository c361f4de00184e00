"""Text made equal: case, ё, numero signs, look-alike letters, the other keyboard layout."""

import re
import unicodedata

_LOOK_ALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")
# The same keys on the two layouts; shifted punctuation keys too, letters are folded already.
_ENGLISH_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./" + '~{}:"<>?|'
_RUSSIAN_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю." + "ёхъжэбю,/"
_TO_RUSSIAN = str.maketrans(_ENGLISH_KEYS, _RUSSIAN_KEYS)
_TO_ENGLISH = str.maketrans(_RUSSIAN_KEYS[:34], _ENGLISH_KEYS[:34])
_LATIN = re.compile(r"[a-z]")
_CYRILLIC = re.compile(r"[а-яё]")


def fold(text: str) -> str:
    """Text ready to be cut into words: one form of each letter, lower case, ё as е."""
    plain = unicodedata.normalize("NFKC", text.replace("№", " "))
    return unicodedata.normalize("NFKC", plain.casefold()).replace("ё", "е")


def fold_look_alikes(word: str) -> str:
    """A folded code or a word of both alphabets, with Latin letters that look Cyrillic made so."""
    return word.translate(_LOOK_ALIKES)


def is_mixed(word: str) -> bool:
    """Whether a folded word has letters of both alphabets."""
    return bool(_LATIN.search(word) and _CYRILLIC.search(word))


def other_layout(text: str) -> str:
    """What the same keys would have typed on the other layout: «cxtnf» is «счета».

    Text with Latin letters, or none, is taken as typed on the English layout.
    """
    if _CYRILLIC.search(text.casefold()) and not _LATIN.search(text.casefold()):
        return text.casefold().translate(_TO_ENGLISH)
    return text.casefold().translate(_TO_RUSSIAN)
