"""What an example expects: `открыто, срок 2026-05-06; исполнено`, one part for each row."""

import re
from functools import cache
from typing import NamedTuple

from pult.regulation.language.examples.cells import Moment, read_moment
from pult.regulation.language.problems import Unclear, nearest
from pult.regulation.language.words import lexicon, words


class Expected(NamedTuple):
    """One expected row: its outcome ("none" = there is no row), days to check, flags to see."""

    outcome: str
    due: Moment | None = None
    aim: Moment | None = None
    flags: tuple[str, ...] = ()


@cache
def read_expected(text: str) -> tuple[Expected, ...]:
    """The rows a cell expects, in order; raises `Unclear` for an unknown outcome."""
    return tuple(_row(part.strip()) for part in text.split(";"))


def _row(text: str) -> Expected:
    parts = [part.strip() for part in text.split(",")]
    outcomes, flags = words("outcomes"), words("outcome_flags")
    outcome = outcomes.find(parts[0])
    if outcome is None:
        near = nearest(parts[0], outcomes.spellings())
        raise Unclear("unknown_outcome", near, word=parts[0])
    days: dict[str, Moment] = {}
    seen: list[str] = []
    for part in parts[1:]:
        mark, day = _marked(part)
        if mark:
            days[mark] = read_moment(day)
        else:
            flag = flags.find(part)
            if flag is None:
                raise Unclear("unknown_outcome", nearest(part, flags.spellings()), word=part)
            seen.append(flag)
    return Expected(outcome, days.get("due"), days.get("aim"), tuple(seen))


def _marked(text: str) -> tuple[str, str]:
    for mark, entry in lexicon()["outcome_marks"].items():
        for word in (word for spellings in entry.values() for word in spellings):
            found = re.fullmatch(rf"{re.escape(word)} (\d.*)", text, re.IGNORECASE)
            if found:
                return mark, found[1]
    return "", ""
