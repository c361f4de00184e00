"""Language catalogues: compiled without system tools, and the messages the source asks for.

Babel is loaded where it is used: every start asks whether there is something to compile.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

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


def catalogues() -> dict[Path, list[Path]]:
    """Per language folder of an app: the fragments `<app>/catalogue/*.po` that make it up."""
    found: dict[Path, list[Path]] = {}
    for source in sorted(PACKAGE.glob("*/catalogue/*.po")):
        target = source.parents[1] / "locale" / "ru" / "LC_MESSAGES" / "django.mo"
        found.setdefault(target, []).append(source)
    for source in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")):
        found.setdefault(source.with_suffix(".mo"), []).append(source)
    return found


def read_catalogue(sources: list[Path]) -> "Catalog":
    """The fragments merged; two different translations of one message are an error."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    merged = Catalog(locale="ru")
    for source in sources:
        with source.open("rb") as file:
            part = read_po(file, locale="ru")
        for message in part:
            if not message.id:
                continue
            known = merged.get(message.id, message.context)
            if known and known.string != message.string:
                raise ValueError(f"{source.name}: {message.id!r} is translated twice, differently")
            merged[message.id] = message
    return merged


def compile_catalogues() -> Iterator[tuple[str, int]]:
    """Write each app's django.mo; yield (path inside the project, messages)."""
    from babel.messages.mofile import write_mo

    for target, sources in catalogues().items():
        catalogue = read_catalogue(sources)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, catalogue)
        yield str(target.relative_to(PACKAGE.parent)), len(catalogue)


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
    from babel.messages.extract import extract

    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        # What is not a message is blanked out, but its indentation is no Python.
        blanked = templatize(source, origin=str(path))
        source = "\n".join(line.lstrip() for line in blanked.splitlines())
    stream = io.BytesIO(source.encode())
    for line, message, _comments, context in extract("python", stream, KEYWORDS):
        yield line, message, context
