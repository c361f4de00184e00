"""Errors meant for people: what is wrong, where, what to do about it and who can help.

Messages are lazy translations; a page, the command line and the API show the same words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


class PultError(Exception):
    """The base of every error a person may be shown; `message` is in the reader's language."""

    def __init__(self, message: Any, *, cure: Any = "") -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON and for templates."""
        return {
            name: value if isinstance(value, int) else str(value)
            for name, value in vars(self).items()
            if value not in ("", None) and not name.startswith("_")
        }

    def __str__(self) -> str:
        message, cure = str(self.message or ""), str(self.cure or "")
        stop = "." if message and cure and message[-1] not in ".!?:;…" else ""
        return " ".join(part for part in (message + stop, cure) if part)


@dataclass(frozen=True)
class Way:
    """A page that helps: its words, its name among the addresses, the ids and the query it takes,
    and the `place` on it.

    A Pult without such a page shows no link.
    """

    words: Any
    page: str
    ids: tuple[int, ...] = ()
    query: str = ""
    place: str = ""


class Refusal(PultError):
    """A rule forbids the act now: the clause that does, the cure, who may lift it, and the pages
    where it is mended."""

    def __init__(
        self,
        message: Any,
        *,
        clause: str = "",
        cure: Any = "",
        who: Any = "",
        subject: Any = "",
        ways: Iterable[Way] = (),
    ) -> None:
        super().__init__(message, cure=cure)
        self.clause = clause
        self.who = who
        self.subject = subject
        self._ways = tuple(ways)

    @property
    def ways(self) -> tuple[Way, ...]:
        return self._ways

    def lead_to(self, ways: Iterable[Way]) -> None:
        """Say where it is mended, for whoever knows more than what refused."""
        self._ways = tuple(ways)


class BadInput(PultError):
    """Input that cannot be taken: the line and field it stands in and how to mend it."""

    def __init__(
        self, message: Any, *, line: int | None = None, field: str = "", cure: Any = ""
    ) -> None:
        super().__init__(message, cure=cure)
        self.line = line
        self.field = field


class Conflict(PultError):
    """Somebody changed the same thing meanwhile; nothing was written.

    `base` is what the fields they changed held before, as text, where that is known: a form tells
    by it what this person touched and what not.
    """

    def __init__(self, message: Any, *, cure: Any = "", base: dict[str, str] | None = None) -> None:
        super().__init__(message, cure=cure)
        self._base = base or {}

    @property
    def base(self) -> dict[str, str]:
        return self._base


class NotVisible(PultError):
    """There is no such thing for this person; pages answer 404."""
