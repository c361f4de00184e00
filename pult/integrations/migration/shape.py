"""One shape for what any former system holds. Pure: readers of each system make these records.

Texts are plain, sums whole kopecks, moments aware, days `date`; ids are those of the system, as
text. A `Link` is (kind, id) of another record of the same system.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar, Literal

Kind = Literal["company", "contact", "deal", "task", "comment", "file"]
Link = tuple[str, str]
# In the order they are brought in: each needs those before it.
ORDER: tuple[Kind, ...] = ("company", "contact", "deal", "task", "comment", "file")


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who works in the former system, or did (`is_active`)."""

    id: str
    name: str
    email: str = ""
    is_active: bool = True


@dataclass(frozen=True, kw_only=True)
class Status:
    """A state a record of `kind` may be in there: `id` is what records say, `name` what people
    read. `guess` is ours where it is plain: lead, client, paused or ended."""

    kind: Kind
    id: str
    name: str
    guess: str = ""


@dataclass(frozen=True, kw_only=True)
class Company:
    """A client there: a firm, or a person who is a client by themselves."""

    kind: ClassVar[Kind] = "company"
    id: str
    name: str
    legal_name: str = ""
    inn: str = ""
    kpp: str = ""
    ogrn: str = ""
    address: str = ""
    account: str = ""
    bik: str = ""
    bank: str = ""
    site: str = ""
    about: str = ""
    phone: str = ""
    email: str = ""
    status: str = ""
    responsible: str = ""


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A person on a client's side; without companies perhaps a client of its own."""

    kind: ClassVar[Kind] = "contact"
    id: str
    name: str
    position: str = ""
    phone: str = ""
    email: str = ""
    birthday: str = ""  # 05.03: no year is kept
    companies: tuple[str, ...] = ()
    status: str = ""  # of a client by themselves, one of the companies' statuses
    responsible: str = ""


@dataclass(frozen=True, kw_only=True)
class Deal:
    """A sale; `amount` in kopecks of `currency`, `status` the id of its stage."""

    kind: ClassVar[Kind] = "deal"
    id: str
    title: str
    amount: int = 0
    currency: str = "RUB"
    status: str = ""
    state: Literal["open", "won", "lost"] = "open"
    companies: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    responsible: str = ""
    opened_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Task:
    """Work to be done; `about` are the records it belongs to, the nearest first."""

    kind: ClassVar[Kind] = "task"
    id: str
    title: str
    text: str = ""
    due: datetime | None = None
    author: str = ""
    doer: str = ""
    watchers: tuple[str, ...] = ()
    checklist: tuple[str, ...] = ()
    parent: str = ""
    about: tuple[Link, ...] = ()
    is_closed: bool = False


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What somebody said about a record."""

    kind: ClassVar[Kind] = "comment"
    id: str
    about: Link
    text: str
    author: str = ""
    author_name: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class File:
    """A file beside a record; `where` is what its connector fetches it by, `size` in bytes."""

    kind: ClassVar[Kind] = "file"
    id: str
    about: Link
    name: str
    where: str
    size: int = 0
    author: str = ""
    author_name: str = ""
    at: datetime | None = None


Record = Company | Contact | Deal | Task | Comment | File
SHAPES: Mapping[str, type[Any]] = {
    shape.kind: shape for shape in (Company, Contact, Deal, Task, Comment, File)
}


def as_data(record: Record) -> dict[str, Any]:
    """A record fit for JSON; what is empty is left out."""
    found = {field.name: getattr(record, field.name) for field in fields(record)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in found.items()
        if value not in ("", None, (), False)
    }


def from_data(kind: str, data: Mapping[str, Any]) -> Any:
    """The record that `as_data` was given."""
    values = {name: _read(name, value) for name, value in data.items()}
    return SHAPES[kind](**values)


def readable(kind: str, data: Mapping[str, Any]) -> Any:
    """The same, or None for data no record was ever made of: it stops no other."""
    try:
        return from_data(kind, data)
    except (TypeError, ValueError, KeyError):
        return None


def _read(name: str, value: Any) -> Any:
    if name in ("due", "at"):
        return datetime.fromisoformat(value)
    if name in ("opened_on", "closed_on"):
        return date.fromisoformat(value)
    if isinstance(value, list):
        return tuple(tuple(one) if isinstance(one, list) else one for one in value)
    return value
