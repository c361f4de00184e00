"""Language catalogues: compiled without system tools, and the messages the source asks for."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def catalogues() -> list[Path]:
    """Every django.po of this project, in a fixed order."""
    return sorted(PACKAGE.glob("**/locale/*/LC_MESSAGES/django.po"))


def compile_catalogues() -> Iterator[tuple[str, int]]:
    """Write django.mo beside each django.po; yield (path inside the project, messages)."""
    for source in catalogues():
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        target = source.with_suffix(".mo")
        with target.open("wb") as file:
            write_mo(file, catalogue)
        yield str(source.relative_to(PACKAGE.parent)), len(catalogue)


def wanted_messages() -> dict[tuple[str, str | None], list[str]]:
    """Each message of the Python sources and templates: (msgid, context) → places it stands in."""
    found: dict[tuple[str, str | None], list[str]] = {}
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in (".py", ".html", ".txt") or "/tests/" in path.as_posix():
            continue
        for line, message, context in _messages(path):
            msgid = message[0] if isinstance(message, tuple) else message
            place = f"{path.relative_to(PACKAGE.parent)}:{line}"
            found.setdefault((msgid, context), []).append(place)
    return found


def _messages(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        source = templatize(source, origin=str(path))
    stream = io.BytesIO(source.encode())
    for line, message, _comments, context in extract("python", stream, KEYWORDS):
        yield line, message, context
