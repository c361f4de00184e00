"""A portal read from end to end: its directory, its CRM, its tasks, what was said and attached."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from pult.integrations.bitrix24 import records as make
from pult.integrations.bitrix24.api import BATCH, Api
from pult.integrations.calling import Flow, Trouble
from pult.integrations.calling.errors import bad_answer
from pult.integrations.migration import tidy
from pult.integrations.migration.connectors import Settings
from pult.integrations.migration.shape import File, Link, Person, Record, Status

COMPANY_TYPES = "COMPANY_TYPE"
STAGES = "DEAL_STAGE"
WITH_REACH = ["*", "PHONE", "EMAIL", "WEB"]
TASK_FIELDS = [
    "ID", "PARENT_ID", "TITLE", "DESCRIPTION", "STATUS", "CREATED_BY", "RESPONSIBLE_ID",
    "ACCOMPLICES", "AUDITORS", "DEADLINE", "CHANGED_DATE", "UF_CRM_TASK", "UF_TASK_WEBDAV_FILES",
]  # fmt: skip


class BitrixConnector:
    """See `migration.connectors.Connector`. Comments are asked for by what they stand under, so
    within a day those of what has changed are met, and all of them once a day."""

    def __init__(self, settings: Settings, api: Api | None = None) -> None:
        self.api, self.zone = api or Api(settings), settings.zone
        self.broken: list[str] = []

    def whoami(self) -> str:
        row = self.api.call("profile").get("result") or {}
        return " ".join(filter(None, (row.get("NAME"), row.get("LAST_NAME"))))

    def people(self) -> Iterator[Person]:
        for row in self.api.pages("user.get", {}):
            names = (row.get(name) for name in ("NAME", "LAST_NAME"))
            yield Person(
                id=str(row["ID"]),
                name=tidy.line(" ".join(filter(None, names))) or str(row["ID"]),
                email=str(row.get("EMAIL") or ""),
                is_active=row.get("ACTIVE") in (True, "Y", None),
            )

    def statuses(self) -> Iterator[Status]:
        for row in self.api.pages("crm.status.list", {}):
            entity, code = str(row.get("ENTITY_ID")), str(row.get("STATUS_ID"))
            name = tidy.line(row.get("NAME")) or code
            if entity == COMPANY_TYPES:
                yield Status(kind="company", id=code, name=name, guess=_of_type(code))
            elif entity.startswith(STAGES):
                stage = code.rpartition(":")[2]
                lost = stage in ("LOSE", "APOLOGY") or row.get("SEMANTICS") == "F"
                guess = "client" if stage == "WON" else "" if lost else "lead"
                yield Status(kind="deal", id=code, name=name, guess=guess)

    def records(self, since: datetime | None) -> Iterator[Record]:
        said_under: list[Link] = []
        for record in self._crm(since):
            said_under.append((record.kind, record.id))
            yield record
        tasks: list[str] = []
        attached: list[File] = []
        for record in self._tasks(since, attached):
            if record.kind == "task" and not record.is_closed:
                tasks.append(record.id)
            yield record
        files: list[File] = list(attached)
        yield from self._said(said_under, files)
        yield from self._said([("task", pk) for pk in tasks], files)
        yield from files

    def stream(self, where: str) -> AbstractContextManager[Flow]:
        kind, _sign, rest = where.partition(":")
        if kind == "timeline":
            comment, _sign, pk = rest.partition(":")
            row = self.api.call("crm.timeline.comment.get", {"id": comment}).get("result") or {}
            url = dict(row.get("FILES") or {}).get(pk, {}).get("urlDownload", "")
        else:
            row = self.api.call("disk.attachedObject.get", {"id": rest}).get("result") or {}
            url = row.get("DOWNLOAD_URL", "")
        if not url:
            raise bad_answer(self.api.caller.host, where)
        return self.api.caller.stream(urljoin(f"{self.api.caller.base}/", url))

    def _crm(self, since: datetime | None) -> Iterator[Any]:
        changed = {">=DATE_MODIFY": since.isoformat()} if since else {}
        asked = {"select": WITH_REACH, "filter": changed}
        firms = (
            row
            for row in self.api.list("crm.company.list", asked)
            if row.get("IS_MY_COMPANY") != "Y"
        )
        for some in _by(firms):
            yield from self._companies(some)
        for row in self.api.list("crm.contact.list", asked):
            yield make.contact(row)
        for some in _by(self.api.list("crm.deal.list", {"select": ["*"], "filter": changed})):
            calls = {
                str(row["ID"]): ("crm.deal.contact.items.get", {"id": row["ID"]}) for row in some
            }
            people = self._batch("crm.deal.contact.items.get", calls)
            for row in some:
                yield make.deal(row, people.get(str(row["ID"])) or [], self.zone)

    def _companies(self, rows: list[dict[str, Any]]) -> Iterator[Any]:
        """With the newest requisites of each and their bank account."""
        ids = [row["ID"] for row in rows]
        asked = {"filter": {"ENTITY_TYPE_ID": 4, "ENTITY_ID": ids}}
        requisites = {
            str(row["ENTITY_ID"]): row for row in self._optional("crm.requisite.list", asked)
        }
        own = {"filter": {"ENTITY_ID": [row["ID"] for row in requisites.values()]}}
        banks = {
            str(row["ENTITY_ID"]): row
            for row in (self._optional("crm.requisite.bankdetail.list", own) if requisites else ())
        }
        for row in rows:
            requisite = requisites.get(str(row["ID"]), {})
            yield make.company(row, requisite, banks.get(str(requisite.get("ID")), {}))

    def _tasks(self, since: datetime | None, attached: list[File]) -> Iterator[Any]:
        only = {">=CHANGED_DATE": since.isoformat()} if since else {"!STATUS": 5}
        asked = {"select": TASK_FIELDS, "filter": only}
        rows = self.api.list("tasks.task.list", asked, key="id", inside="tasks")
        for some in _by(self._walk("tasks.task.list", rows)):
            calls = {
                str(row["id"]): ("task.checklistitem.getlist", {"TASKID": row["id"]})
                for row in some
            }
            points = self._batch("task.checklistitem.getlist", calls)
            for row in some:
                record = make.task(row, points.get(str(row["id"])) or [], self.zone)
                for pk in row.get("ufTaskWebdavFiles") or ():
                    about = ("task", record.id)
                    name = f"{record.title or pk}"
                    attached.append(
                        File(id=f"attached:{pk}", about=about, name=name, where=f"attached:{pk}")
                    )
                yield record

    def _said(self, links: list[Link], files: list[File]) -> Iterator[Record]:
        for first in range(0, len(links), BATCH):
            some = links[first : first + BATCH]
            calls = {f"{kind}_{pk}": _comments_of(kind, pk) for kind, pk in some}
            found = self._batch("comments", calls)
            for kind, pk in some:
                for row in found.get(f"{kind}_{pk}") or ():
                    files += make.files_said((kind, pk), row, self.zone)
                    if record := make.said((kind, pk), row, self.zone):
                        yield record

    def _batch(
        self, what: str, calls: Mapping[str, tuple[str, Mapping[str, Any]]]
    ) -> dict[str, Any]:
        """Results by key; what failed is told, once a kind of trouble."""
        found, troubles = self.api.batch(calls)
        for problem in {str(one.message): one for one in troubles.values()}.values():
            self.broken.append(f"{what}: {problem.message}")
        return found

    def _optional(self, method: str, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
        return list(self._walk(method, self.api.pages(method, asked)))

    def _walk(self, method: str, rows: Iterator[Any]) -> Iterator[Any]:
        """A list that others can do without."""
        try:
            yield from rows
        except Trouble as problem:
            self.broken.append(f"{method}: {problem.message}")


def _comments_of(kind: str, pk: str) -> tuple[str, Mapping[str, Any]]:
    if kind == "task":
        return "task.commentitem.getlist", {"TASKID": pk}
    return "crm.timeline.comment.list", {"filter": {"ENTITY_TYPE": kind, "ENTITY_ID": pk}}


def _of_type(code: str) -> str:
    return {"CUSTOMER": "client", "COMPETITOR": "skip"}.get(code, "")


def _by(rows: Iterator[Any]) -> Iterator[list[Any]]:
    walk = iter(rows)
    while some := list(islice(walk, BATCH)):
        yield some
