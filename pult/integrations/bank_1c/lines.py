"""From the bytes of a file to its lines: the encoding is found in the text, never believed."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pult.integrations.bank_1c.document import Layout
from pult.integrations.bank_1c.keys import DOCUMENT_BEGINS, DOCUMENT_ENDS

# Words no statement lacks. Their bytes differ in every encoding, so the one that makes most of
# them out is the file's, whatever its `Кодировка=` says.
_WORDS = ("Секция", "СЕКЦИЯ", "Конец", "Кодировка", "ВерсияФормата", "Сумма", "Плательщик")
_ENCODINGS = ("utf-8", "cp1251", "cp866", "koi8-r", "utf-16-le", "utf-16-be")
_SAMPLE = 1 << 18
# The longest legal value is a purpose of 210 letters; a line a hundred times that is an attack.
MAX_LINE = 32_768
UNREADABLE = "\ufffd"  # what a decoder puts for bytes that are no letter

_MAX_TEMPLATES = 12
_BEGINS = re.compile(f"{DOCUMENT_BEGINS}=([^\\n]{{0,200}})\\n")


@cache
def _words_in(encoding: str) -> tuple[bytes, ...]:
    return tuple(word.encode(encoding) for word in _WORDS)


def find_encoding(data: bytes) -> str:
    """The encoding whose bytes of the format's own words occur most; cp1251 when none do."""
    sample = data[:_SAMPLE]
    if sample.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if sample.startswith(b"\xfe\xff"):
        return "utf-16-be"
    scores = {
        encoding: sum(sample.count(word) for word in _words_in(encoding)) for encoding in _ENCODINGS
    }
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] else "cp1251"


class Lines:
    """The lines of a decoded file; `number` is that of the last one given out, from 1."""

    def __init__(self, data: bytes, encoding: str) -> None:
        text = data.decode(encoding, errors="replace").lstrip("\ufeff")
        self._text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        self._place = 0
        self.number = 0
        self._templates: list[tuple[re.Pattern[str], Layout]] = []
        self.unreadable = UNREADABLE in text

    def __iter__(self) -> Iterator[str]:
        """The rest of the lines, without their ends; may be asked again after a break."""
        text = self._text
        while self._place < len(text):
            begun = self._place
            end = text.find("\n", begun)
            end = len(text) if end < 0 else end
            self._place = end + 1
            self.number += 1
            yield text[begun:end]

    def learn(self, keys: Sequence[str]) -> None:
        """Remember the order of the keys of a document: a bank writes all of them alike, and one
        pattern for a whole document is several times as fast as a loop over its lines."""
        if len(self._templates) < _MAX_TEMPLATES:
            body = "".join(f"{re.escape(key)}=([^\n]*)\n" for key in keys)
            self._templates.insert(0, (re.compile(f"{body}{DOCUMENT_ENDS}\n"), Layout(keys)))

    def learned_document(self) -> tuple[Layout, Sequence[str]] | None:
        """The layout and the values (some empty) of the document that begins here, its closing
        line read too, when it has exactly the keys of one seen before; `None`, nothing being
        read, when it has not."""
        for place, (pattern, layout) in enumerate(self._templates):
            found = pattern.match(self._text, self._place)
            if found and found.end() - self._place <= MAX_LINE:
                self._place = found.end()
                self.number += len(layout.keys) + 1
                if place:
                    self._templates.insert(0, self._templates.pop(place))
                values = found.groups()
                if " \n" in found[0] or "= " in found[0]:
                    values = tuple(value.strip() for value in values)
                return layout, values
        return None

    def next_document(self) -> str | None:
        """The kind of the document whose first line comes next; `None`, nothing being read,
        when the next line is any other."""
        found = _BEGINS.match(self._text, self._place)
        if not found:
            return None
        self._place = found.end()
        self.number += 1
        return found[1].strip()
