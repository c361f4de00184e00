"""An account of Megaplan as records of the common shape.

Contractor companies are clients, humans are their people, projects only lead a task to its client.
Lists answer a part of the fields unless all of them are asked for by name.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from pult.integrations.calling import Flow, Trouble
from pult.integrations.megaplan import values
from pult.integrations.megaplan.api import Api
from pult.integrations.migration import tidy
from pult.integrations.migration.connectors import Settings
from pult.integrations.migration.shape import (
    Comment,
    Company,
    Contact,
    Deal,
    File,
    Link,
    Person,
    Record,
    Status,
    Task,
)

CONTRACTOR = [
    "name", "email", "phone", "contactInfo", "site", "description", "responsibles", "manager",
    "status",
]  # fmt: skip
COMPANY = [*CONTRACTOR, "inn", "kpp", "ogrn", "legalName", "legalAddress", "actualAddress"]
HUMAN = [*CONTRACTOR, "firstName", "middleName", "lastName", "birthday", "company", "position"]
LISTED = {"contractorCompany": COMPANY, "contractorHuman": HUMAN}
DEAL = [
    "name", "number", "state", "program", "price", "contractor", "contacts", "manager",
    "timeCreated", "timeClosed", "isDropped",
]  # fmt: skip
TASK = [
    "name", "statement", "description", "status", "owner", "responsible", "executors", "auditors",
    "deadline", "parent", "project", "contractor", "deals", "attaches", "commentsCount",
    "isDropped", "isTemplate",
]  # fmt: skip
# A task overdue or put off is still to be done.
CLOSED = frozenset(["completed", "done", "cancelled", "failed"])
WON, LOST = frozenset(["positive", "success", "won"]), frozenset(["negative", "fail", "lost"])


class MegaplanConnector:
    """See `migration.connectors.Connector`. There is no list of changes: all of it is read each
    time, and digests tell what has changed."""

    def __init__(self, settings: Settings, api: Api | None = None) -> None:
        self.api, self.zone = api or Api(settings), settings.zone
        self.broken: list[str] = []
        self._types: dict[str, str] = {}
        self._contractors: dict[str, list[dict[str, Any]]] = {}

    def whoami(self) -> str:
        row = next(self.api.list("employee", {"limit": 1}), {})
        return str(row.get("name") or "") and self.api.caller.host

    def people(self) -> Iterator[Person]:
        for row in self.api.list("employee", {"fields": ["name", "email", "contactInfo",
                                                         "fireDay"]}):  # fmt: skip
            yield Person(
                id=str(row["id"]),
                name=tidy.line(row.get("name")) or str(row["id"]),
                email=values.reach(row, "email"),
                is_active=not row.get("fireDay"),
            )

    def statuses(self) -> Iterator[Status]:
        for program in self.api.list("program", {"fields": ["name", "states"]}):
            for row in program.get("states") or ():
                self._types[str(row["id"])] = kind = str(row.get("type") or "").lower()
                guess = "client" if kind in WON else "" if kind in LOST else "lead"
                name = f"{tidy.line(program.get('name'))}: {tidy.line(row.get('name'))}"
                yield Status(kind="deal", id=str(row["id"]), name=name, guess=guess)
        # There is no list of these: they are told by the clients that have them.
        told = [row.get("status") for entity in LISTED for row in self._listed(entity)]
        for pk, name in dict(filter(None, map(values.state, told))).items():
            yield Status(kind="company", id=pk, name=tidy.line(name))

    def _listed(self, entity: str) -> list[dict[str, Any]]:
        """Every contractor of a kind, read once for its states and for itself."""
        if entity not in self._contractors:
            asked = {"fields": LISTED[entity]}
            self._contractors[entity] = list(self.api.list(entity, asked))
        return self._contractors[entity]

    def records(self, since: datetime | None) -> Iterator[Record]:
        said_under: list[tuple[str, Link]] = []
        files: list[File] = []
        for row in self._listed("contractorCompany"):
            said_under.append(("contractorCompany", ("company", str(row["id"]))))
            yield self._company(row)
        for row in self._listed("contractorHuman"):
            said_under.append(("contractorHuman", ("contact", str(row["id"]))))
            yield self._contact(row)
        for row in self.api.list("deal", {"fields": DEAL}):
            if not row.get("isDropped"):
                said_under.append(("deal", ("deal", str(row["id"]))))
                yield self._deal(row)
        for row, record in self._tasks():
            yield record
            if not record.is_closed:
                files += self._files(("task", record.id), row.get("attaches"), row)
                if row.get("commentsCount") != 0:
                    said_under.append(("task", ("task", record.id)))
        for entity, about in said_under:
            yield from self._said(entity, about, files)
        yield from files

    def stream(self, where: str) -> AbstractContextManager[Flow]:
        return self.api.file(where)

    def _company(self, row: Mapping[str, Any]) -> Company:
        address = row.get("legalAddress") or row.get("actualAddress")
        return Company(
            id=str(row["id"]),
            name=tidy.line(row.get("name")) or str(row["id"]),
            legal_name=tidy.line(row.get("legalName"), 300),
            inn=str(row.get("inn") or ""),
            kpp=str(row.get("kpp") or ""),
            ogrn=str(row.get("ogrn") or ""),
            address=tidy.line(_words(address), 300),
            site=str(row.get("site") or ""),
            about=tidy.line(row.get("description"), 300),
            phone=values.reach(row, "phone"),
            email=values.reach(row, "email"),
            status=_state(row),
            responsible=_manager(row),
        )

    def _contact(self, row: Mapping[str, Any]) -> Contact:
        """Without the description: what is said of a person is nobody's character."""
        names = (row.get(name) for name in ("lastName", "firstName", "middleName"))
        firm = values.pk(row.get("company"))
        born = values.day(row.get("birthday"), self.zone)
        return Contact(
            id=str(row["id"]),
            name=tidy.line(" ".join(filter(None, names)) or row.get("name")) or str(row["id"]),
            position=tidy.line(row.get("position")),
            phone=values.reach(row, "phone"),
            email=values.reach(row, "email"),
            birthday=tidy.birthday(born) if born else "",
            companies=(firm,) if firm else (),
            status=_state(row),
            responsible=_manager(row),
        )

    def _deal(self, row: Mapping[str, Any]) -> Deal:
        amount, currency = values.money(row.get("price"))
        client = values.link(row.get("contractor"))
        state = row.get("state") or {}
        kind = str(state.get("type") or self._types.get(str(state.get("id")), "")).lower()
        people = [str(row["contractor"]["id"])] if client and client[0] == "contact" else []
        people += [pk for pk in values.pks(row.get("contacts")) if pk not in people]
        return Deal(
            id=str(row["id"]),
            title=tidy.line(row.get("name")) or str(row.get("number") or row["id"]),
            amount=amount,
            currency=currency,
            status=str(state.get("id") or ""),
            state="won" if kind in WON else "lost" if kind in LOST else "open",
            companies=(client[1],) if client and client[0] == "company" else (),
            contacts=tuple(people),
            responsible=values.pk(row.get("manager")),
            opened_on=values.day(row.get("timeCreated"), self.zone),
            closed_on=values.day(row.get("timeClosed"), self.zone),
        )

    def _tasks(self) -> Iterator[tuple[Mapping[str, Any], Task]]:
        """Parents stand before their parts: a part without a client of its own has theirs."""
        projects = self._projects()
        known: dict[str, tuple[Link, ...]] = {}
        rows = self._walk("task", self.api.list("task", {"fields": TASK}))
        for row in sorted(rows, key=lambda one: bool(values.pk(one.get("parent")))):
            if row.get("isDropped") or row.get("isTemplate"):
                continue
            links = [values.link(one) for one in row.get("deals") or ()]
            links.append(values.link(row.get("contractor")))
            about = tuple(one for one in links if one)
            about += projects.get(values.pk(row.get("project")), ())
            about = about or known.get(values.pk(row.get("parent")), ())
            known[str(row["id"])] = about
            watchers = (*values.pks(row.get("auditors")), *values.pks(row.get("executors")))
            yield (
                row,
                Task(
                    id=str(row["id"]),
                    title=tidy.line(row.get("name")),
                    text=tidy.plain(row.get("statement") or row.get("description")),
                    due=values.moment(row.get("deadline"), self.zone),
                    author=values.pk(row.get("owner")),
                    doer=values.pk(row.get("responsible")),
                    watchers=tuple(dict.fromkeys(watchers)),
                    parent=values.pk(row.get("parent")),
                    about=tuple(dict.fromkeys(about)),
                    is_closed=row.get("status") in CLOSED,
                ),
            )

    def _projects(self) -> dict[str, tuple[Link, ...]]:
        rows = self._walk("project", self.api.list("project", {"fields": ["contractor", "deals"]}))
        found = {}
        for row in rows:
            links = [*(row.get("deals") or ()), row.get("contractor")]
            found[str(row["id"])] = tuple(filter(None, map(values.link, links)))
        return found

    def _said(self, entity: str, about: Link, files: list[File]) -> Iterator[Comment]:
        rows = self.api.list(f"{entity}/{about[1]}/comments")
        for row in self._walk(f"{entity}/comments", rows):
            if row.get("isDropped"):
                continue
            files += self._files(about, row.get("attaches"), row)
            owner = row.get("owner") or row.get("author") or {}
            if text := tidy.plain(row.get("content") or row.get("text")):
                yield Comment(
                    id=str(row["id"]),
                    about=about,
                    text=text,
                    author=values.pk(owner),
                    author_name=tidy.line(owner.get("name")),
                    at=values.moment(row.get("timeCreated"), self.zone),
                )

    def _files(self, about: Link, attached: Any, row: Mapping[str, Any]) -> list[File]:
        owner = row.get("owner") or {}
        found = []
        for one in attached or ():
            if not one.get("path"):
                self.broken.append(f"{about[0]} {about[1]}: {one.get('name') or one.get('id')}")
                continue
            found.append(
                File(
                    id=str(one["id"]),
                    about=about,
                    name=str(one.get("name") or one["id"]),
                    where=str(one["path"]),
                    size=int(one.get("size") or 0),
                    author=values.pk(owner),
                    author_name=tidy.line(owner.get("name")),
                    at=values.moment(row.get("timeCreated"), self.zone),
                )
            )
        return found

    def _walk(self, path: str, rows: Iterator[Any]) -> Iterator[Any]:
        """A list that others can do without: its trouble is told once and the rest goes on."""
        try:
            yield from rows
        except Trouble as problem:
            told = f"{path}: {problem.message}"
            if told not in self.broken:
                self.broken.append(told)


def _state(row: Mapping[str, Any]) -> str:
    found = values.state(row.get("status"))
    return found[0] if found else ""


def _manager(row: Mapping[str, Any]) -> str:
    return values.pk(row.get("manager")) or next(iter(values.pks(row.get("responsibles"))), "")


def _words(address: Any) -> Any:
    """An address is text, or an entity with its words in `value`."""
    return address.get("value") if isinstance(address, Mapping) else address
