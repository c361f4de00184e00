"""What cards lack: by manager for the head, client by client for whoever fills them in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Avg, Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from pult.clients.access import clients_of
from pult.clients.models import Assignment, Client
from pult.kernel.roles import Role

if TYPE_CHECKING:
    from pult.people.models import User

PAGE = 50
HELD = Assignment.objects.filter(client=OuterRef("pk"), role=Role.AM, until=None)


@dataclass(frozen=True)
class ManagerGaps:
    """How complete the cards of one manager are; without a manager the id is None."""

    user_id: int | None
    name: str
    clients: int
    percent: int
    with_gaps: int
    without_plan: int


@dataclass(frozen=True)
class ClientGaps:
    id: int
    name: str
    am: str
    percent: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class GapList:
    """A page of clients, the emptiest card first."""

    rows: tuple[ClientGaps, ...]
    total: int
    page: int
    pages: int


def gaps_by_manager(user: "User") -> tuple[ManagerGaps, ...]:
    """Active clients this person sees by their manager, the emptiest first. One query."""
    rows = (
        _active(user)
        .annotate(am=Subquery(HELD.values("user")[:1]), am_name=_manager())
        .order_by()
        .values("am", "am_name")
        .annotate(
            clients=Count("pk"),
            percent=Avg("complete"),
            gapped=Count("pk", filter=~Q(gaps="")),
            planless=Count("pk", filter=_lacks("plan")),
        )
    )
    found = [
        ManagerGaps(
            row["am"],
            row["am_name"] or "",
            row["clients"],
            int(row["percent"]),
            row["gapped"],
            row["planless"],
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.percent, one.name)))


def client_gaps(user: "User", am: int | None = None, part: str = "", page: int = 1) -> GapList:
    """Active clients whose cards lack something (or lack `part`). Two queries."""
    clients = _active(user).filter(_lacks(part) if part else ~Q(gaps=""))
    if am:
        clients = clients.filter(Exists(HELD.filter(user=am)))
    total = clients.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    start = (page - 1) * PAGE
    rows = clients.annotate(am_name=_manager()).order_by("complete", "name", "pk")
    return GapList(
        rows=tuple(
            ClientGaps(pk, name, am_name or "", percent, tuple(filter(None, gaps.split(","))))
            for pk, name, am_name, percent, gaps in rows.values_list(
                "pk", "name", "am_name", "complete", "gaps"
            )[start : start + PAGE]
        ),
        total=total,
        page=page,
        pages=pages,
    )


def _active(user: "User") -> QuerySet[Client]:
    return clients_of(user).filter(status=Client.Status.CLIENT)


def _manager() -> Subquery:
    return Subquery(HELD.annotate(name=F("user__full_name")).values("name")[:1])


def _lacks(part: str) -> Q:
    """`gaps` holds codes between commas."""
    return (
        Q(gaps=part)
        | Q(gaps__startswith=f"{part},")
        | Q(gaps__endswith=f",{part}")
        | Q(gaps__contains=f",{part},")
    )
