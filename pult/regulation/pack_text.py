"""The text of a card as its file has it, kept with its edition for when files move on."""

import logging
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from pult.kernel.facts import kinds
from pult.regulation.evaluate.card import Card
from pult.regulation.evaluate.reads import reads

if TYPE_CHECKING:
    from pult.regulation.language.pack import Pack

log = logging.getLogger(__name__)


def shipped_pack() -> "Pack":
    """The pack in `settings.REGULATION_PACK`, parsed once a process."""
    return _load(settings.REGULATION_PACK)


@lru_cache(maxsize=4)
def _load(path: str | Path) -> "Pack":
    # The language is read when a pack is: a page that needs no card text starts without it.
    from pult.regulation.language.pack import load_pack

    return load_pack(Path(path), declared=kinds())


def card_text(card: Card) -> str:
    """The card's section of its file, from the heading to the next one; empty without a file."""
    path = Path(settings.REGULATION_PACK) / Path(card.file).name
    if not card.line or not path.is_file():
        return ""
    lines = path.read_text("utf-8").splitlines()[card.line - 1 :]
    rest = (place for place, line in enumerate(lines) if place and line.startswith("#"))
    return "\n".join(lines[: next(rest, len(lines))]).strip() + "\n"


def parse_card(text: str, file: str) -> Card | None:
    """The card an older edition's text says, by today's vocabulary; None (and an error in the log)
    when it can no longer be read."""
    from pult.regulation.language.compile import compile_section
    from pult.regulation.language.markdown import sections
    from pult.regulation.language.problems import Problems

    pack = shipped_pack()
    problems = Problems(language=pack.vocabulary.language)
    found = sections(text, file, problems)
    card = None
    if found:
        card = compile_section(found[0], pack.vocabulary, {}, problems, former=True)
    if card is None:
        log.error("an edition of %s cannot be read: %s", file, problems.sorted())
        return None
    return replace(card, planned=tuple(sorted(reads(card) - kinds().keys())))
