"""The words of the card language, Russian and English side by side, and the shapes of phrases."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pult.regulation.language.problems import HERE, Unclear, nearest, normal

LANGUAGES = ("ru", "en")
SLOTS = {
    "amount": r"(?:\*\*[^*]+\*\*(?:\s*\([^)]*\))?|[-\u2212]?\d+[^→,;:]*?)",
    "clauses": r"[^\s,]+(?:, ?[^\s,]+)*",
    "children": r"[^:]+?",
    "label": r"[^:]+?",
    "inner": r".+",
}


@dataclass(frozen=True)
class Words:
    """One list of words: code → language → accepted spellings, the first one preferred."""

    name: str
    entries: Mapping[str, Mapping[str, Any]]
    codes: Mapping[str, str]

    def find(self, text: str) -> str | None:
        """The code of a spelling in either language, None when it is not a word of the list."""
        return self.codes.get(normal(text))

    def code(self, text: str, problem: str) -> str:
        """The code of a spelling; raises `Unclear(problem)` with the nearest known spellings."""
        found = self.find(text)
        if found is None:
            raise Unclear(problem, nearest(text, self.spellings()), word=text)
        return found

    def spellings(self) -> list[str]:
        """Every accepted spelling, Russian first."""
        return [
            word
            for language in LANGUAGES
            for entry in self.entries.values()
            for word in entry[language]
        ]

    def label(self, code: str, language: str) -> str:
        """The preferred spelling of a code."""
        return self.entries[code][language][0]

    def forms(self, code: str) -> list[str]:
        """All spellings of one code."""
        return [word for language in LANGUAGES for word in self.entries[code][language]]


@dataclass(frozen=True)
class Phrase:
    """One accepted shape of a phrase: a pattern with slots, and its language."""

    language: str
    text: str
    pattern: re.Pattern[str]


@cache
def lexicon() -> dict[str, Any]:
    """The file of words, as it stands."""
    return tomllib.loads((HERE / "words.toml").read_text("utf-8"))


@cache
def words(name: str) -> Words:
    """A list of words by its name in the file: rows, kinds, periods, outcomes …"""
    entries = lexicon()[name]
    codes = {
        normal(word): code
        for code, entry in entries.items()
        for language in LANGUAGES
        for word in entry[language]
    }
    return Words(name, entries, codes)


@cache
def phrases(name: str) -> tuple[Phrase, ...]:
    """The accepted shapes of one phrase in both languages."""
    return tuple(
        Phrase(language, text, _pattern(text))
        for language in LANGUAGES
        for text in lexicon()["phrases"][name][language]
    )


def match(name: str, text: str) -> dict[str, str] | None:
    """The slots of `text` read as the phrase `name`, None when it is another phrase."""
    for phrase in phrases(name):
        found = phrase.pattern.fullmatch(text.strip())
        if found:
            return {slot: value.strip() for slot, value in found.groupdict().items()}
    return None


def sample(name: str, language: str) -> str:
    """How the phrase is written, for messages."""
    return lexicon()["phrases"][name][language][0]


def join_pattern(name: str) -> re.Pattern[str]:
    """What stands between two conditions: `and`, `or`."""
    entry = lexicon()["joins"][name]
    choices = [re.escape(word) for language in LANGUAGES for word in entry[language]]
    return re.compile("|".join(choices), re.IGNORECASE)


def _pattern(text: str) -> re.Pattern[str]:
    parts = []
    for piece in re.split(r"(\{\w+\})", text):
        if piece.startswith("{"):
            slot = piece[1:-1]
            parts.append(f"(?P<{slot}>{SLOTS.get(slot, '.+?')})")
        else:
            parts.append(r"\s+".join(re.escape(word) for word in re.split(r"\s+", piece)))
    return re.compile("".join(parts), re.IGNORECASE)
