"""What is wrong with a card: where, which word, and which known words come nearest."""

import difflib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent


@cache
def messages() -> dict[str, dict[str, str]]:
    """Message code → language → sentence with named placeholders."""
    return tomllib.loads((HERE / "messages.toml").read_text("utf-8"))


class Place(NamedTuple):
    """Where a text stands: file as the pack names it, line and column counted from 1."""

    file: str
    line: int
    column: int = 1


@dataclass(frozen=True)
class Problem:
    """One thing the loader could not take; `str()` is the sentence in the pack's language."""

    place: Place
    code: str
    words: tuple[tuple[str, Any], ...] = ()
    near: tuple[str, ...] = ()
    language: str = "ru"

    def message(self, language: str = "") -> str:
        """The sentence without its place; `language` is "ru" or "en", the pack's by default."""
        language = language or self.language
        text = say(self.code, language, **dict(self.words))
        if self.near:
            shown = ", ".join(quoted(word, language) for word in self.near)
            text += say("near", language, near=shown)
        return text

    def text(self, language: str = "") -> str:
        """`file:line: sentence`, as compilers print it."""
        language = language or self.language
        place, message = self.place, self.message(language)
        return say("place", language, file=place.file, line=place.line, message=message)

    def as_dict(self, language: str = "") -> dict[str, Any]:
        """Plain values for `pult check --json`."""
        return {
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "code": self.code,
            "message": self.message(language),
        }

    def __str__(self) -> str:
        return self.text()


class Unclear(Exception):
    """A text that cannot be read; raised inside a cell, collected by the row that holds it.

    `offset` is where in the cell the trouble starts, in characters.
    """

    def __init__(self, code: str, near: Iterable[str] = (), offset: int = 0, **words: Any) -> None:
        super().__init__(code)
        self.code = code
        self.near = tuple(near)
        self.offset = offset
        self.words = words


@dataclass
class Problems:
    """Collects problems of a whole pack, so that one run shows all of them."""

    language: str = "ru"
    found: list[Problem] = field(default_factory=list)

    def add(self, place: Place, code: str, near: Iterable[str] = (), **words: Any) -> None:
        """Note one problem; equal problems are kept once."""
        problem = Problem(place, code, tuple(words.items()), tuple(near), self.language)
        if problem not in self.found:
            self.found.append(problem)

    def add_unclear(self, place: Place, unclear: Unclear) -> None:
        """Note what a cell said about itself."""
        moved = place._replace(column=place.column + unclear.offset)
        self.add(moved, unclear.code, unclear.near, **unclear.words)

    def sorted(self) -> tuple[Problem, ...]:
        """All problems in the order a reader meets them."""
        return tuple(sorted(self.found, key=lambda problem: (*problem.place, problem.code)))


def say(code: str, language: str, **words: Any) -> str:
    """The sentence of a message code, its placeholders filled."""
    return messages()[code][language].format(**words)


def quoted(word: str, language: str) -> str:
    """The word in the quotation marks of the language."""
    return f"«{word}»" if language == "ru" else f"“{word}”"


def nearest(word: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Up to `count` known words that look like `word`, the likeliest first."""
    spelled = {normal(text): text for text in reversed(list(known))}
    matches = difflib.get_close_matches(normal(word), sorted(spelled), n=count, cutoff=0.6)
    return tuple(spelled[match] for match in matches)


def normal(text: str) -> str:
    """The form words are compared in: one case, one space, one kind of minus, е for ё."""
    text = text.replace("\u00a0", " ").replace("\u2212", "-").replace("\u2013", "-")
    return " ".join(text.casefold().replace("ё", "е").split()).rstrip(".")
