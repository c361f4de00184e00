"""The keys of one document, taken line by line with everything banks do to them."""

import re

from django.utils.translation import gettext_lazy as _

from pult.integrations.bank_1c.document import BadField
from pult.integrations.bank_1c.keys import DOCUMENT_NAMES, SINGLE_KEYS, known_key
from pult.integrations.bank_1c.lines import MAX_LINE

_WORD = re.compile(r"[^\W\d]\w*")


class DocumentSection:
    """`fields` are the keys that have a value; `trouble` is the first thing that makes the
    document unusable; `regular` tells that each line was one known key as the standard spells
    it, none twice, and `keys` are they in order; `lines` tells the line of each key from the
    beginning of the section."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.keys: list[str] = []
        self.lines: dict[str, int] = {}
        self.trouble: BadField | None = None
        self.regular = True
        self._last = ""

    def take(self, text: str) -> None:
        """One line between the marks of the section."""
        name, equals, value = text.partition("=")
        key = DOCUMENT_NAMES.get(name, "") if equals else ""
        if key != name or key in self.keys:
            self.regular = False
        self.keys.append(key)
        if len(text) > MAX_LINE:
            field = name.strip()[:60] if equals else self._last
            self.lines[field] = len(self.keys)
            self._spoil(field, "long")
        elif not text.strip():
            return
        elif key := (key or _key(name) if equals else ""):
            self.lines[key] = len(self.keys)
            self._put(key, value.strip())
        elif self._last:
            # The rest of a value that the bank broke into two lines.
            joined = f"{self.fields.get(self._last, '')} {text.strip()}"
            self.fields[self._last] = joined.strip()

    def _put(self, key: str, value: str) -> None:
        self._last = key
        earlier = self.fields.get(key)
        if not value or value == earlier:
            return
        if earlier is None:
            self.fields[key] = value
            return
        if key in SINGLE_KEYS:
            self._spoil(key, "repeated")
        self.fields[key] = f"{earlier} {value}"

    def _spoil(self, field: str, code: str) -> None:
        self.regular = False
        reasons = {
            "long": _("the line is too long"),
            "repeated": _("the key stands twice with different values"),
        }
        self.trouble = self.trouble or BadField(field, code, reasons[code])


def _key(name: str) -> str:
    """A key the format does not know is kept when it is one word; anything else before a `=` is
    text of a broken value."""
    word = name.strip()
    return known_key(word) or (word if _WORD.fullmatch(word) else "")
