"""Small values a page hands to components, where a bare string would say too little."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Tab:
    """One tab: a link, not a script, so that it can be opened in a new window."""

    label: Any
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Clause:
    """A clause as a chip shows it; `href` empty means the regulation reader."""

    id: str
    title: Any = ""
    href: str = ""

    @property
    def link(self) -> str:
        return self.href or f"/regulation/{self.id}/"


@dataclass(frozen=True)
class RowButtons:
    """What can be done with a row: its own deed (`dialog` opens it in place), putting it off
    (label, address), and a menu of (label, address, icon). `post` is the menu's one form; it
    comes back to `back`."""

    id: int
    label: Any
    href: str
    icon: str
    dialog: bool
    later: tuple[Any, str]
    menu: tuple[tuple[Any, str, str], ...] = ()
    post: tuple[Any, str, str] | None = None
    back: str = ""


@dataclass(frozen=True)
class DayItem:
    """One row of a day: an act for a client with every clause it discharges, (id, title) each.

    Hashable as a whole, for a row is drawn once and kept. `buttons` may be drawn already.
    """

    id: int
    client: str
    client_href: str
    peek: str
    what: str
    note: str
    state: str
    clauses: tuple[tuple[str, str], ...]
    due: datetime | None
    provisional: bool
    why: str
    buttons: RowButtons | SafeString | None


def clauses_of(value: Any) -> list[Clause]:
    """Clauses from `"5.3 5.1"`, a list of ids, of (id, title) pairs or of objects with `id`."""
    if not value:
        return []
    if isinstance(value, str):
        return [Clause(word) for word in value.replace(",", " ").split()]
    return [_clause(one) for one in value]


def _clause(one: Any) -> Clause:
    if isinstance(one, Clause):
        return one
    if isinstance(one, str):
        return Clause(one)
    if isinstance(one, tuple):
        return Clause(*one)
    return Clause(str(one.id), getattr(one, "title", ""), getattr(one, "href", ""))
