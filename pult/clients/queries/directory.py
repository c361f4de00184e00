"""The list of clients: search, filters, order, pages of fifty."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Sum

from pult.clients.access import clients_of, sees_money
from pult.clients.models import Assignment, Client, ServiceLine
from pult.clients.providers import MoneyState, clients_with_money, money_of
from pult.kernel.search import search

if TYPE_CHECKING:
    from pult.people.models import User

PAGE = 50
MOST_HITS = 500
SORTS = ("name", "am", "status", "budget", "changed")
ALIVE = (ServiceLine.Status.PLANNED, ServiceLine.Status.RUNNING)


@dataclass(frozen=True)
class ClientFilters:
    """What a list shows; the same values stand in its address and in a saved view.

    `sort` is one of `SORTS`, with a leading minus for the reverse; empty means by name, or by
    likeness when something is searched for.
    """

    q: str = ""
    am: int | None = None
    status: str = ""
    tool: str = ""
    money: str = ""
    sort: str = ""
    page: int = 1


@dataclass(frozen=True)
class ClientRow:
    """One client of a list; `budget` in kopecks a month, None for those who do not see money."""

    id: int
    name: str
    status: str
    status_label: str
    group: str
    am_id: int | None
    am: str
    tools: tuple[str, ...]
    lines: int
    budget: int | None
    money: MoneyState | None


@dataclass(frozen=True)
class ClientList:
    """A page of clients. `by_status` counts what each status would show with the other filters."""

    rows: tuple[ClientRow, ...]
    total: int
    page: int
    pages: int
    by_status: dict[str, int]
    filters: ClientFilters


def client_list(user: "User", filters: ClientFilters) -> ClientList:
    """The clients this person sees that fit; six queries, whatever the agency's size."""
    everyone, ranked = _found(clients_of(user), filters)
    counts = everyone.order_by().values_list("status").annotate(Count("pk"))
    by_status = dict(counts)
    fitting = everyone.filter(status=filters.status) if filters.status else everyone
    total = by_status.get(filters.status, 0) if filters.status else sum(by_status.values())
    pages = max(1, -(-total // PAGE))
    page = min(max(1, filters.page), pages)
    start = (page - 1) * PAGE
    if ranked is not None and not filters.sort:
        present = set(fitting.values_list("pk", flat=True))
        ids = [pk for pk in ranked if pk in present][start : start + PAGE]
    else:
        ids = list(
            _sorted(fitting, filters.sort).values_list("pk", flat=True)[start : start + PAGE]
        )
    return ClientList(
        rows=_rows(ids, with_money=sees_money(user)),
        total=total,
        page=page,
        pages=pages,
        by_status=by_status,
        filters=replace(filters, page=page),
    )


def client_names(client_ids: Iterable[int]) -> dict[int, str]:
    """Names by id, for rows whose reader was checked already. One query."""
    return dict(Client.objects.filter(pk__in=list(client_ids)).values_list("pk", "name"))


def client_called(user: "User", name: str) -> list[int]:
    """Ids of the clients this person sees under exactly this name; two at most."""
    return list(clients_of(user).filter(name=name.strip()).values_list("pk", flat=True)[:2])


def _found(
    clients: QuerySet[Client], filters: ClientFilters
) -> tuple[QuerySet[Client], list[int] | None]:
    """Narrow by everything but the status; with a search also the ids, best first."""
    ranked = None
    if filters.q.strip():
        hits = search(
            filters.q, kinds=["client"], limit=MOST_HITS, allowed_roots=clients.values("pk")
        )
        ranked = [hit.object_id for hit in hits]
        clients = clients.filter(pk__in=ranked)
    if filters.am:
        held = Assignment.objects.filter(
            client=OuterRef("pk"), role="am", until=None, user=filters.am
        )
        clients = clients.filter(Exists(held))
    if filters.tool:
        lines = ServiceLine.objects.filter(
            client=OuterRef("pk"), tool=filters.tool, status__in=ALIVE
        )
        clients = clients.filter(Exists(lines))
    if filters.money:
        clients = clients.filter(pk__in=list(clients_with_money(filters.money)))
    return clients, ranked


def _sorted(clients: QuerySet[Client], sort: str) -> QuerySet[Client]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        name = "name"
    if name == "am":
        held = Assignment.objects.filter(client=OuterRef("pk"), role="am", until=None)
        clients = clients.annotate(key=Subquery(held.values("user__full_name")[:1]))
    elif name == "budget":
        lines = ServiceLine.objects.filter(client=OuterRef("pk"), status__in=ALIVE).order_by()
        total = lines.values("client").annotate(total=Sum("monthly_budget")).values("total")
        clients = clients.annotate(key=Subquery(total))
    else:
        # Never empty, and told so plainly: an index walks them in order.
        column = {"changed": "changed_at"}.get(name, name)
        back = "-" if sort.startswith("-") else ""
        return clients.order_by(f"{back}{column}", f"{back}pk")
    key = F("key").desc(nulls_last=True) if sort.startswith("-") else F("key").asc(nulls_last=True)
    return clients.order_by(key, "name", "pk")


def _rows(ids: list[int], *, with_money: bool) -> tuple[ClientRow, ...]:
    held = Assignment.objects.filter(client=OuterRef("pk"), role="am", until=None)
    clients = (
        Client.objects.select_related("group")
        .annotate(am=Subquery(held.values("user")[:1]))
        .annotate(am_name=Subquery(held.values("user__full_name")[:1]))
        .in_bulk(ids)
    )
    lines: dict[int, list[ServiceLine]] = {}
    for line in ServiceLine.objects.filter(client__in=ids, status__in=ALIVE).only(
        "client", "tool", "monthly_budget"
    ):
        lines.setdefault(line.client_id, []).append(line)
    money = money_of(ids) if with_money else {}
    return tuple(_row(clients[pk], lines.get(pk, []), money.get(pk), with_money) for pk in ids)


def _row(
    client: Any,
    lines: list[ServiceLine],
    money: MoneyState | None,
    with_money: bool,
) -> ClientRow:
    return ClientRow(
        id=client.pk,
        name=client.name,
        status=client.status,
        status_label=str(Client.Status(client.status).label),
        group=client.group.name if client.group else "",
        am_id=client.am,
        am=client.am_name or "",
        tools=tuple(
            str(ServiceLine.Tool(tool).label) for tool in dict.fromkeys(x.tool for x in lines)
        ),
        lines=len(lines),
        budget=sum(line.monthly_budget for line in lines) if with_money else None,
        money=money,
    )
