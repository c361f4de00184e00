"""What a new edition changes, line by line, for a person who signs it."""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Line:
    """A line of the card; `sign` is "+" for a new one, "-" for one that goes, " " else."""

    sign: str
    text: str


def difference(before: str, after: str) -> tuple[Line, ...]:
    """The lines of both texts in reading order; an unchanged text gives no "+" and no "-"."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[Line] = []
    for code, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if code == "equal":
            lines += [Line(" ", text) for text in old[a:b]]
            continue
        lines += [Line("-", text) for text in old[a:b]]
        lines += [Line("+", text) for text in new[c:d]]
    return tuple(lines)
