"""amoCRM's objects as records of the common shape.

Companies and contacts are those of the account, leads are deals, notes are comments and files. A
customer, where the account has them switched on, is a standing deal of who buys again: open, with
the next sum.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pult.integrations.amocrm.api import Api
from pult.integrations.amocrm.fields import Fields
from pult.integrations.calling import Flow, Trouble
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

WON, LOST = 142, 143
KINDS = {"leads": "deal", "contacts": "contact", "companies": "company", "customers": "deal"}
CUSTOMERS = "customers"
# How an account may keep customers; it may also have none ("disabled", "unavailable").
MODES = frozenset(["segments", "periodicity", "dynamic"])
TASK_TYPES = {1: gettext_lazy("Call"), 2: gettext_lazy("Meeting")}
CALLS = {"call_in": gettext_lazy("Incoming call"), "call_out": gettext_lazy("Outgoing call")}
WORDS = frozenset(["common", "sms_in", "sms_out"])
FILES = frozenset(["attachment"])


class AmoConnector:
    """See `migration.connectors.Connector`."""

    def __init__(self, settings: Settings, api: Api | None = None) -> None:
        self.api, self.zone = api or Api(settings), settings.zone
        self.broken: list[str] = []
        self._has_customers: bool | None = None

    def whoami(self) -> str:
        return str(self.api.get("account").get("name", ""))

    def people(self) -> Iterator[Person]:
        for row in self.api.pages("users", "users", {}):
            yield Person(
                id=str(row["id"]),
                name=str(row.get("name") or ""),
                email=str(row.get("email") or ""),
                is_active=bool(row.get("rights", {}).get("is_active", True)),
            )

    def statuses(self) -> Iterator[Status]:
        for pipeline in self.api.get("leads/pipelines").get("_embedded", {}).get("pipelines", ()):
            for row in pipeline.get("_embedded", {}).get("statuses", ()):
                guess = {WON: "client", LOST: ""}.get(row["id"], "lead")
                name = f"{pipeline.get('name')}: {row.get('name')}"
                stage = f"{pipeline['id']}:{row['id']}"
                yield Status(kind="deal", id=stage, name=name, guess=guess)
        if self._customers():
            named = self.api.get("customers/statuses").get("_embedded", {}).get("statuses", ())
            for row in named:
                name = f"{_('Customers')}: {row.get('name')}"
                yield Status(kind="deal", id=_stage(row["id"]), name=name, guess="client")
            # In segments nobody has a status: who buys again is a client all the same.
            yield Status(kind="deal", id=CUSTOMERS, name=_("Customers"), guess="client")

    def _customers(self) -> bool:
        if self._has_customers is None:
            self._has_customers = self.api.get("account").get("customers_mode") in MODES
        return self._has_customers

    def records(self, since: datetime | None) -> Iterator[Record]:
        changed = {"filter[updated_at][from]": int(since.timestamp())} if since else {}
        for row in self.api.pages("companies", "companies", changed):
            yield self._company(row)
        for row in self.api.pages("contacts", "contacts", changed):
            yield self._contact(row)
        for row in self.api.pages("leads", "leads", {"with": "contacts", **changed}):
            if not row.get("is_deleted"):
                yield self._deal(row)
        if self._customers():
            asked = {"with": "contacts,companies", **changed}
            yield from self._part(CUSTOMERS, CUSTOMERS, asked, self._customer)
        open_only = {} if since else {"filter[is_completed]": 0}
        yield from self._part("tasks", "tasks", {**open_only, **changed}, self._task)
        notes: list[tuple[str, dict[str, Any]]] = []
        for entity in KINDS:
            if entity == CUSTOMERS and not self._customers():
                continue
            yield from self._part(f"{entity}/notes", "notes", changed, self._comment, notes)
        for entity, row in notes:
            yield self._file(entity, row)

    def stream(self, where: str) -> AbstractContextManager[Flow]:
        return self.api.file(where)

    def _part(
        self, path: str, name: str, query: dict[str, Any], read: Any, kept: list[Any] | None = None
    ) -> Iterator[Record]:
        """A list that others can do without: what breaks in it is told, the rest goes on."""
        try:
            for row in self.api.pages(path, name, query):
                if name == "notes" and row.get("note_type") in FILES:
                    kept.append((path.partition("/")[0], row))  # type: ignore[union-attr]
                elif record := read(path, row):
                    yield record
        except Trouble as problem:
            self.broken.append(f"{path}: {problem.message}")

    def _company(self, row: dict[str, Any]) -> Company:
        fields = Fields(row)
        legal = fields.legal()
        return Company(
            id=str(row["id"]),
            name=tidy.line(row.get("name")) or str(row["id"]),
            legal_name=tidy.line(legal.get("name")),
            inn=str(legal.get("vat_id") or fields.named("инн")),
            kpp=str(legal.get("kpp") or legal.get("tax_registration_reason_code") or ""),
            ogrn=fields.named("огрн"),
            address=tidy.line(legal.get("address") or fields.code("ADDRESS"), 300),
            site=fields.code("WEB"),
            phone=fields.code("PHONE"),
            email=fields.code("EMAIL"),
            responsible=_id(row.get("responsible_user_id")),
        )

    def _contact(self, row: dict[str, Any]) -> Contact:
        fields = Fields(row)
        full = " ".join(filter(None, (row.get("first_name"), row.get("last_name"))))
        born = fields.of_type("birthday")
        return Contact(
            id=str(row["id"]),
            name=tidy.line(row.get("name") or full) or str(row["id"]),
            position=tidy.line(fields.code("POSITION")),
            phone=fields.code("PHONE"),
            email=fields.code("EMAIL"),
            birthday=tidy.birthday(tidy.day(born, self.zone)),
            companies=_ids(row, "companies"),
            responsible=_id(row.get("responsible_user_id")),
        )

    def _deal(self, row: dict[str, Any]) -> Deal:
        status = row.get("status_id")
        return Deal(
            id=str(row["id"]),
            title=tidy.line(row.get("name")) or str(row["id"]),
            amount=tidy.kopecks(row.get("price") or 0),
            status=f"{row.get('pipeline_id')}:{status}",
            state="won" if status == WON else "lost" if status == LOST else "open",
            companies=_ids(row, "companies"),
            contacts=_ids(row, "contacts"),
            responsible=_id(row.get("responsible_user_id")),
            opened_on=tidy.day(row.get("created_at"), self.zone),
            closed_on=tidy.day(row.get("closed_at"), self.zone),
        )

    def _customer(self, _path: str, row: dict[str, Any]) -> Deal | None:
        if row.get("is_deleted"):
            return None
        return Deal(
            id=f"{CUSTOMERS}:{row['id']}",
            title=tidy.line(row.get("name")) or str(row["id"]),
            amount=tidy.kopecks(row.get("next_price") or 0),
            status=_stage(row.get("status_id")),
            companies=_ids(row, "companies"),
            contacts=_ids(row, "contacts"),
            responsible=_id(row.get("responsible_user_id")),
            opened_on=tidy.day(row.get("created_at"), self.zone),
        )

    def _task(self, _path: str, row: dict[str, Any]) -> Task:
        text = tidy.plain(row.get("text"))
        about = _about(row.get("entity_type") or "", row)
        return Task(
            id=str(row["id"]),
            title=tidy.line(text) or str(TASK_TYPES.get(row.get("task_type_id") or 0, "")),
            text=text,
            due=tidy.moment(row.get("complete_till"), self.zone),
            author=_id(row.get("created_by")),
            doer=_id(row.get("responsible_user_id")),
            about=(about,) if about else (),
            is_closed=bool(row.get("is_completed")),
        )

    def _comment(self, path: str, row: dict[str, Any]) -> Comment | None:
        entity, kind = path.partition("/")[0], row.get("note_type", "")
        params = row.get("params") or {}
        text = tidy.plain(params.get("text")) if kind in WORDS else ""
        if kind in CALLS:
            minutes = int(params.get("duration") or 0) // 60
            told = [str(CALLS[kind]), str(params.get("phone") or "")]
            told.append(_("%(n)d min") % {"n": minutes} if minutes else "")
            text = ", ".join(filter(None, told))
        if not text:
            return None
        return Comment(
            id=f"{entity}:{row['id']}",
            about=_about(entity, row),  # type: ignore[arg-type]
            text=text,
            author=_id(row.get("created_by")),
            at=tidy.moment(row.get("created_at"), self.zone),
        )

    def _file(self, entity: str, row: dict[str, Any]) -> File:
        params = row.get("params") or {}
        uuid, old = params.get("file_uuid"), params.get("attachment")
        return File(
            id=f"{entity}:{row['id']}",
            about=_about(entity, row),  # type: ignore[arg-type]
            name=str(params.get("file_name") or params.get("original_name") or old or uuid or ""),
            where=str(uuid) if uuid else f"old:{old}",
            author=_id(row.get("created_by")),
            at=tidy.moment(row.get("created_at"), self.zone),
        )


def _about(entity: str, row: dict[str, Any]) -> Link | None:
    """The record of an entity that a task or a note belongs to."""
    kind, pk = KINDS.get(entity), _id(row.get("entity_id"))
    if kind is None:
        return None
    return (kind, f"{entity}:{pk}" if entity == CUSTOMERS else pk)


def _stage(status: Any) -> str:
    """A customer's status among the stages of deals."""
    return f"{CUSTOMERS}:{status}" if status else CUSTOMERS


def _id(value: Any) -> str:
    """0 is amoCRM's word for nobody, or for a robot."""
    return str(value) if value else ""


def _ids(row: dict[str, Any], name: str) -> tuple[str, ...]:
    """Linked objects, the main one first."""
    linked = row.get("_embedded", {}).get(name) or []
    ordered = sorted(linked, key=lambda one: not one.get("is_main"))
    return tuple(str(one["id"]) for one in ordered)
