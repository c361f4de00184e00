"""XML of a stranger, read without trust: no DTD, hence no entities and no bombs; size and depth
are capped; names lose their namespaces, so that one reader serves every version."""

from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from pult.integrations.statement.errors import UnknownFormat

MAX_FILE = 64 << 20
MAX_DEPTH = 64
_CHUNK = 1 << 16


class Node:
    """An element: its local name, attributes, text and children, and the line it begins on."""

    __slots__ = ("attributes", "children", "line", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.attributes = attributes
        self.line = line
        self.text = ""
        self.children: list[Node] = []

    def first(self, path: str) -> "Node | None":
        """The first element at `path` (names with `/`, `*` for any)."""
        return next(self.all(path), None)

    def all(self, path: str) -> Iterator["Node"]:
        name, _slash, rest = path.partition("/")
        for child in self.children:
            if name in (child.name, "*"):
                if rest:
                    yield from child.all(rest)
                else:
                    yield child

    def value(self, *paths: str) -> str:
        """The text at the first path that has any."""
        for path in paths:
            for node in self.all(path):
                if node.text:
                    return node.text
        return ""


def parse(data: bytes) -> Node:
    """The root element. Raises UnknownFormat for what is not well-formed, has a DTD, is too
    large or too deep."""
    if len(data) > MAX_FILE:
        raise _refusal(_("The file is larger than %(limit)s MB.") % {"limit": MAX_FILE >> 20})
    builder = _Builder()
    try:
        for start in range(0, len(data), _CHUNK):
            builder.parser.Parse(data[start : start + _CHUNK], False)
        builder.parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        place = {"line": builder.parser.CurrentLineNumber}
        raise _refusal(_("The XML breaks off or is damaged at line %(line)s.") % place) from error
    return builder.root.children[0]


class _Builder:
    def __init__(self) -> None:
        self.root = Node("", {}, 0)
        self._open = [self.root]
        self._text: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append
        self.parser.StartDoctypeDeclHandler = self._refuse_dtd
        self.parser.EntityDeclHandler = self._refuse_dtd

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) > MAX_DEPTH:
            raise _refusal(_("The XML is nested deeper than any statement."))
        node = Node(name.rpartition(" ")[2], attributes, self.parser.CurrentLineNumber)
        self._open[-1].children.append(node)
        self._open.append(node)
        self._text.clear()

    def _end(self, _name: str) -> None:
        node = self._open.pop()
        if not node.children:
            node.text = "".join(self._text).strip()
        self._text.clear()

    def _refuse_dtd(self, *_declaration: Any) -> None:
        raise _refusal(_("The XML declares entities or a document type, which no bank does."))


def _refusal(reason: Any) -> UnknownFormat:
    return UnknownFormat("camt.053", reason, _("Export the statement from the bank again."))
