"""Requests to start lines before payment that nobody has answered yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pult.clients.models import ServiceLine
from pult.kernel.models import Fact

if TYPE_CHECKING:
    pass

ASKED = "line.start_asked"
ANSWERS = ("line.started", "waiver.granted")


@dataclass(frozen=True)
class StartRequest:
    """Who asks to start which line before its money has come, since when and why (a code)."""

    client_id: int
    client: str
    line_id: int
    line: str
    by: str
    at: datetime
    reason_code: str


def client_start_requests(client_id: int) -> tuple[StartRequest, ...]:
    """Open requests of one client, whose reader was checked already. Two queries at most."""
    return _open([client_id])


def _open(client_ids: Collection[int]) -> tuple[StartRequest, ...]:
    if not client_ids:
        return ()
    facts = Fact.objects.filter(
        root_id__in=client_ids, kind__in=(ASKED, *ANSWERS), voided_by=None
    ).select_related("actor")
    newest = {fact.refs["line"]: fact for fact in facts.order_by("id") if "line" in fact.refs}
    waiting = {line: fact for line, fact in newest.items() if fact.kind == ASKED}
    if not waiting:
        return ()
    lines = ServiceLine.objects.filter(pk__in=waiting, status=ServiceLine.Status.PLANNED)
    return tuple(
        StartRequest(
            client_id=line.client_id,
            client=line.client.name,
            line_id=line.pk,
            line=line.name,
            by=str(waiting[line.pk].actor or ""),
            at=waiting[line.pk].valid_at,
            reason_code=waiting[line.pk].payload.get("reason_code", ""),
        )
        for line in lines.select_related("client").order_by("pk")
    )
