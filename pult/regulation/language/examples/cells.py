"""Cells of an examples table: days, instants, spans, values and marks become facts to build.

2026-03-11 12:00                   an event at that minute; without an hour, at noon
2026-03-02 по 2026-03-06           a state from one day through another; "да" since long ago
2026-05-18 (известно с 2026-04-20) a predicted day, and when it was first said
2026-03-02 = 1500                  the value of a day
… #2                               about the second child, question or key
… (бухгалтер) (записано 2026-03-20 10:00) (отозвано 2026-03-21)
"""

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pult.regulation.language.problems import Unclear, normal
from pult.regulation.language.vocabulary import Vocabulary
from pult.regulation.language.words import lexicon

NOON = time(12)
MOMENT = r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?"
BRACKETS = re.compile(r"\(([^)]*)\)")
NUMBER = re.compile(r"#(\d+)")
VALUE = re.compile(r"=\s*(-?\d+)\s*$")


class Moment(NamedTuple):
    """A local day, with its hour when the cell gives one."""

    day: date
    hour: time | None = None

    def minute(self, zone: ZoneInfo, hour: time = NOON) -> int:
        """UTC minutes since 1970; `hour` stands in where the cell names none."""
        local = datetime.combine(self.day, self.hour or hour, zone)
        return int(local.timestamp()) // 60

    def end(self, zone: ZoneInfo) -> int:
        """The instant after which the moment is over: the next midnight for a bare day."""
        if self.hour:
            return self.minute(zone)
        return Moment(self.day + timedelta(days=1), time(0)).minute(zone)


class Item(NamedTuple):
    """One entry of a cell. `start` is None for "since long ago"."""

    start: Moment | None
    until: Moment | None = None
    value: int | None = None
    number: int = 1
    role: str = ""
    known: Moment | None = None
    recorded: Moment | None = None
    voided: Moment | None = None


def read_cell(text: str, vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The entries of a cell, none for a dash; raises `Unclear` for what it cannot read."""
    if normal(text) in _spellings("none") or not text:
        return ()
    return tuple(_item(part.strip(), text, vocabulary) for part in text.split(","))


def read_moment(text: str) -> Moment:
    """`2026-03-11` or `2026-03-11 12:00`; raises `Unclear` for anything else."""
    if not re.fullmatch(MOMENT, text.strip()):
        raise Unclear("bad_cell", word=text)
    day, _, hour = text.strip().partition(" ")
    try:
        return Moment(date.fromisoformat(day), time.fromisoformat(hour) if hour else None)
    except ValueError:
        raise Unclear("bad_cell", word=text) from None


def _item(text: str, cell: str, vocabulary: Vocabulary) -> Item:
    extra: dict[str, object] = {}
    for inner in BRACKETS.findall(text):
        extra |= _bracket(inner.strip(), vocabulary)
    bare = BRACKETS.sub("", text)
    if found := NUMBER.search(bare):
        extra["number"] = int(found[1])
        bare = NUMBER.sub("", bare)
    bare = " ".join(bare.split())
    if found := VALUE.search(bare):
        extra["value"] = int(found[1])
        bare = VALUE.sub("", bare).strip()
    if normal(bare) in _spellings("yes"):
        return Item(None, **extra)  # type: ignore[arg-type]
    span = re.fullmatch(
        rf"(?:(?:{_either('from')}) )?({MOMENT})(?: (?:{_either('to')}) ({MOMENT}))?", bare
    )
    if not span:
        raise Unclear("bad_cell", word=cell)
    until = read_moment(span[2]) if span[2] else None
    return Item(read_moment(span[1]), until, **extra)  # type: ignore[arg-type]


def _bracket(text: str, vocabulary: Vocabulary) -> dict[str, object]:
    for name in ("known", "recorded", "voided"):
        if found := re.fullmatch(rf"(?:{_either(name)}) ({MOMENT})", text):
            return {name: read_moment(found[1])}
    return {"role": vocabulary.role(text)}


@cache
def _spellings(name: str) -> frozenset[str]:
    entry = lexicon()["cells"][name]
    return frozenset(normal(word) for words in entry.values() for word in words)


@cache
def _either(name: str) -> str:
    entry = lexicon()["cells"][name]
    return "|".join(re.escape(word) for words in entry.values() for word in words)
