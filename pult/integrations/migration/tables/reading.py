"""From the bytes of an export to records of the common shape.

Exports name each other's rows by words, not numbers: a company is known by its name, a colleague
by theirs, and so are their ids here.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from pult.integrations.migration import tidy
from pult.integrations.migration.shape import (
    Comment,
    Company,
    Contact,
    Deal,
    Person,
    Record,
    Status,
    Task,
)
from pult.integrations.migration.tables import titles
from pult.integrations.table import Table, fold, guess_mapping, read_table
from pult.kernel.words import line_of

LONGEST_ID = 60


@dataclass
class Export:
    """A table of one kind and how its columns are read. `unread` are titles nobody asked for,
    `missing` fields without which nothing can be read."""

    kind: str
    table: Table
    mapping: dict[str, int]
    zone: ZoneInfo
    broken: list[str] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        if self.kind == "contact" and {"last_name", "first_name"} & self.mapping.keys():
            return []
        return [name for name in titles.REQUIRED[self.kind] if name not in self.mapping]

    @property
    def unread(self) -> list[str]:
        taken = set(self.mapping.values())
        return [one for place, one in enumerate(self.table.columns) if place not in taken]

    def people(self) -> Iterator[Person]:
        """Everybody a row names, once."""
        found: dict[str, str] = {}
        for _line, row in self._rows():
            for name in ("responsible", "author", "doer", "watchers"):
                for one in _names(row.get(name, "")):
                    if pk := key_of(one):
                        found.setdefault(pk, one)
        return (Person(id=pk, name=name) for pk, name in found.items())

    def statuses(self) -> Iterator[Status]:
        found: dict[str, Status] = {}
        for _line, row in self._rows():
            word, pk = row.get("status", ""), stage_of(row)
            if word and pk and self.kind in ("company", "deal") and pk not in found:
                guess = "client" if fold(word) in titles.WON else ""
                if self.kind == "deal" and not guess and fold(word) not in titles.LOST:
                    guess = "lead"
                name = ": ".join(filter(None, (row.get("pipeline", ""), word)))
                found[pk] = Status(kind=self.kind, id=pk, name=name, guess=guess)  # type: ignore[arg-type]
        return iter(found.values())

    def records(self, _since: Any = None) -> Iterator[Record]:
        make = getattr(self, f"_{self.kind}")
        met: dict[tuple[str, str], int] = {}
        for line, row in self._rows():
            records = make(line, row)
            if not records or not records[0].id or self._is_other(met, records[0]):
                self.broken.append(str(line))
            else:
                yield from records

    def _is_other(self, met: dict[tuple[str, str], int], record: Record) -> bool:
        """Whether another row was met under the same id; the same row once more is no matter."""
        return met.setdefault((record.kind, record.id), hash(record)) != hash(record)

    def _rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        for line, cells in self.table.rows():
            row = {name: cells[place] for name, place in self.mapping.items() if cells[place]}
            if row:
                yield line, row

    def _company(self, _line: int, row: Mapping[str, str]) -> list[Record]:
        name = tidy.line(row.get("name"))
        if not name:
            return []
        plain = ("legal_name", "inn", "kpp", "ogrn", "address", "site")
        return [
            Company(
                id=key_of(name),
                name=name,
                about=tidy.line(row.get("about"), 300),
                phone=_first(row.get("phone", "")),
                email=_first(row.get("email", "")),
                status=stage_of(row),
                responsible=key_of(row.get("responsible", "")),
                **{one: line_of(row.get(one, "")) for one in plain},
            )
        ]

    def _contact(self, line: int, row: Mapping[str, str]) -> list[Record]:
        parts = (row.get(name, "") for name in ("last_name", "first_name", "middle_name"))
        name = tidy.line(row.get("name") or " ".join(filter(None, parts)))
        if not name:
            return []
        if fold(row.get("type", "")) in titles.COMPANY:
            return self._company(line, row | {"name": name})
        firm = row.get("company", "")
        return [
            Contact(
                id=row.get("id", "")[:LONGEST_ID] or key_of(f"{name} {firm}"),
                name=name,
                position=tidy.line(row.get("position")),
                phone=_first(row.get("phone", "")),
                email=_first(row.get("email", "")),
                birthday=tidy.birthday(row.get("birthday")),
                companies=(key_of(firm),) if firm else (),
                responsible=key_of(row.get("responsible", "")),
            )
        ]

    def _deal(self, line: int, row: Mapping[str, str]) -> list[Record]:
        title, firm = tidy.line(row.get("title")), row.get("company", "")
        if not title:
            return []
        pk = row.get("id", "")[:LONGEST_ID] or key_of(f"{title} {firm}")
        word = fold(row.get("status", ""))
        found: list[Record] = [
            Deal(
                id=pk,
                title=title,
                amount=tidy.kopecks(row.get("amount", "")),
                currency=(row.get("currency") or "RUB")[:3].upper(),
                status=stage_of(row),
                state="won" if word in titles.WON else "lost" if word in titles.LOST else "open",
                companies=(key_of(firm),) if firm else (),
                responsible=key_of(row.get("responsible", "")),
                opened_on=tidy.day(row.get("opened_on"), self.zone),
                closed_on=tidy.day(row.get("closed_on"), self.zone),
            )
        ]
        for number in range(1, 6):
            if text := tidy.plain(row.get(f"note_{number}")):
                about = ("deal", pk)
                found.append(Comment(id=f"{pk}:{number}", about=about, text=text))
        return found

    def _task(self, _line: int, row: Mapping[str, str]) -> list[Record]:
        title, firm = tidy.line(row.get("title")), row.get("company", "")
        if not title:
            return []
        about = [("deal", row["deal"][:LONGEST_ID])] if row.get("deal", "").isdecimal() else []
        about += [("company", key_of(firm))] if firm else []
        return [
            Task(
                id=row.get("id", "")[:LONGEST_ID] or key_of(f"{title} {firm}"),
                title=title,
                text=tidy.plain(row.get("text")),
                due=tidy.moment(row.get("due"), self.zone),
                author=key_of(row.get("author", "")),
                doer=key_of(row.get("doer", "")),
                watchers=tuple(key_of(one) for one in _names(row.get("watchers", ""))),
                about=tuple(about),
                is_closed=bool(row.get("closed_on"))
                or fold(row.get("status", "")) in titles.CLOSED,
            )
        ]


def open_export(
    data: bytes,
    name: str,
    *,
    zone: ZoneInfo,
    kind: str = "",
    mapping: Mapping[str, int] | None = None,
) -> Export:
    """Read an export; its `kind` is told by its columns unless given. TableProblem for no table."""
    every = {
        f"{one} {field}": words
        for one, wanted in titles.TITLES.items()
        for field, words in wanted.items()
    }
    wanted = titles.TITLES[kind] if kind else every
    table = read_table(data, name, wanted=wanted)
    kind = kind or max(titles.KINDS, key=lambda one: _score(table.columns, one))
    chosen = mapping if mapping is not None else guess_mapping(table.columns, titles.TITLES[kind])
    return Export(kind, table, dict(chosen), zone)


def key_of(words: str) -> str:
    """The id of whoever or whatever is known by words alone."""
    folded = " ".join(fold(words).split())
    if len(folded) <= LONGEST_ID:
        return folded
    return folded[:40] + hashlib.sha256(folded.encode()).hexdigest()[:20]


def stage_of(row: Mapping[str, str]) -> str:
    return key_of(" ".join(filter(None, (row.get("pipeline", ""), row.get("status", "")))))


def _score(columns: list[str], kind: str) -> int:
    found = guess_mapping(columns, titles.TITLES[kind])
    told = sum(name in found for name in titles.TELLING[kind])
    return told * 2 - (0 if all(name in found for name in titles.REQUIRED[kind]) else 1)


def _first(values: str) -> str:
    """Several values stand in one cell, joined by commas."""
    return values.split(",")[0].split(";")[0].strip()


def _names(values: str) -> list[str]:
    return [one.strip() for one in values.replace(";", ",").split(",") if one.strip()]
