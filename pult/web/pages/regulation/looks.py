"""How a clause's kind and mode are drawn: an icon and a word, so that colour says nothing alone."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy

from pult.regulation.evaluate.card import RUNNING_KINDS
from pult.regulation.evaluate.table import Mode
from pult.regulation.language.words import words

ICONS = {
    "obligation": "clipboard-check",
    "cadence": "repeat",
    "gate": "lock",
    "forbidden": "ban",
    "monitor": "gauge",
    "invariant": "shield-check",
    "routing": "route",
    "definition": "book-a",
    "attestation": "signature",
    "checklist": "list-checks",
    "prompt": "lightbulb",
    "training": "graduation-cap",
    "note": "notebook-pen",
}


@dataclass(frozen=True)
class KindLook:
    """A kind as the page shows it; `runs` is whether Pult judges it by itself."""

    code: str
    label: str
    icon: str
    runs: bool

    @property
    def tone(self) -> str:
        return "accent" if self.runs else "quiet"


@dataclass(frozen=True)
class ModeLook:
    """How loud a clause is: a word, an icon, a tone and what it means for people."""

    label: Any
    icon: str
    tone: str
    meaning: Any


MODES = {
    Mode.OFF: ModeLook(
        pgettext_lazy("mode", "off"),
        "circle-off",
        "quiet",
        pgettext_lazy("mode", "The clause asks nothing."),
    ),
    Mode.SHADOW: ModeLook(
        pgettext_lazy("mode", "shadow"),
        "eye-off",
        "quiet",
        pgettext_lazy("mode", "Counted, but only the head sees it; it stops nobody."),
    ),
    Mode.VISIBLE: ModeLook(
        pgettext_lazy("mode", "visible"),
        "eye",
        "accent",
        pgettext_lazy("mode", "In people's day, without reminders upward."),
    ),
    Mode.ESCALATING: ModeLook(
        pgettext_lazy("mode", "escalating"),
        "bell-ring",
        "accent",
        pgettext_lazy("mode", "In people's day; what is overdue climbs the ladder."),
    ),
}


def kind_look(kind: str, language: str) -> KindLook:
    """The look of a kind; its word comes from the card language itself."""
    label = words("kinds").label(kind, language)
    return KindLook(kind, label, ICONS.get(kind, "book-open"), kind in RUNNING_KINDS)
