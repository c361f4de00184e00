"""The catalogue's content: template files, each drawn live and shown as written.

`templates/ui/specimens/<chapter>/NN-<component>.html`. The first line is a comment with the
tags it shows, and after a colon what there is to know about them.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).parent / "templates" / "ui" / "specimens"
HEAD = re.compile(r"\{# (?P<title>[^:#]+)(?:: (?P<note>.+?))? #\}\n\{% load pult %\}\n")
CHAPTERS: tuple[tuple[str, Any], ...] = (
    ("marks", _("Marks")),
    ("controls", _("Controls")),
    ("forms", _("Forms")),
    ("boxes", _("Boxes")),
    ("lists", _("Lists")),
    ("charts", _("Charts")),
)


@dataclass(frozen=True)
class Specimen:
    """A component's variants: which tags, a note, the call, and the template that holds it."""

    title: str
    note: str
    source: str
    template: str


def specimens(chapter: str) -> tuple[Specimen, ...]:
    """The specimens of a chapter in the order of their file names."""
    return tuple(_read(path) for path in sorted((FOLDER / chapter).glob("*.html")))


def _read(path: Path) -> Specimen:
    text = path.read_text(encoding="utf-8")
    head = HEAD.match(text)
    if not head:
        raise ValueError(f"{path.name} does not begin with the comment that names it")
    name = path.relative_to(FOLDER.parents[1]).as_posix()
    return Specimen(head["title"], head["note"] or "", text[head.end() :].strip(), name)
