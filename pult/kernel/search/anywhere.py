"""Text that holds other text, in any case of the letters, on both databases.

`icontains` and `iexact` of SQLite know the case of Latin letters alone, and those of PostgreSQL ask
the locale of the base; a pattern that spells both cases says the same everywhere.
"""

import re

_YO = "еЕёЁ"


def anywhere(text: str) -> str:
    """A pattern for `__regex`: what holds `text`, whatever the case of its letters, ё as е."""
    return "".join(map(_either, text))


def whole(text: str) -> str:
    """A pattern for `__regex`: what is `text` and nothing else, whatever the case."""
    return f"^{anywhere(text)}$"


def _either(letter: str) -> str:
    if letter in _YO:
        return f"[{_YO}]"
    cases = dict.fromkeys(letter.lower() + letter.upper())
    return re.escape(letter) if len(cases) != 2 else f"[{''.join(cases)}]"
