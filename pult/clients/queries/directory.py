"""The list of clients: search, filters, order, pages of fifty."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Sum

from pult.clients.access import Absent, clients_of, given_to, sees_money
from pult.clients.models import Assignment, Client, ServiceLine
from pult.clients.providers import MoneyState, clients_with_money, last_contact_of, money_of
from pult.kernel.search import search
from pult.regulation.queries.nearest import first_due

if TYPE_CHECKING:
    from pult.people.models import User

PAGE = 50
MOST_HITS = 500
SORTS = ("name", "am", "status", "budget", "changed", "next", "contact")
ALIVE = (ServiceLine.Status.PLANNED, ServiceLine.Status.RUNNING)
CARDS = """
    SELECT client.id, client.name, client.status, kin.name, manager.id, manager.full_name
    FROM clients_client AS client
    LEFT JOIN clients_group AS kin ON kin.id = client.group_id
    LEFT JOIN clients_assignment AS held
        ON held.client_id = client.id AND held.role = 'am' AND held.until IS NULL
    LEFT JOIN people_user AS manager ON manager.id = held.user_id
    WHERE client.id IN ({ids})
"""
# A concatenation has no index: found by client and not by status, which half of all lines share.
AT_WORK = """
    SELECT client_id, tool, monthly_budget FROM clients_serviceline
    WHERE client_id IN ({ids}) AND (status || '') IN (%s, %s) ORDER BY id
"""
STATUSES = """
    SELECT status, count(*) FROM clients_client
    WHERE NOT staged AND merged_into_id IS NULL {whose} GROUP BY status
"""
PAGES = """
    SELECT id FROM clients_client WHERE NOT staged AND merged_into_id IS NULL {whose} {status}
    ORDER BY {order} LIMIT %s OFFSET %s
"""
# Never empty, and told so plainly: an index walks them in order.
PLAIN_SORTS = {"": "name", "name": "name", "status": "status", "changed": "changed_at"}


@dataclass(frozen=True)
class ClientFilters:
    """What a list shows; the same values stand in its address and in a saved view.

    `sort` is one of `SORTS`, with a leading minus for the reverse; empty means by name, or by
    likeness when something is searched for. `next` is when something is owed first, `contact`
    when anybody talked to them last.
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


def client_list(user: "User", filters: ClientFilters, absent: Absent = None) -> ClientList:
    """The clients this person sees that fit; six queries, whatever the agency's size."""
    choice = _plain(user, filters, absent) or _narrowed(user, filters, absent)
    by_status = choice.by_status()
    total = by_status.get(filters.status, 0) if filters.status else sum(by_status.values())
    pages = max(1, -(-total // PAGE))
    page = min(max(1, filters.page), pages)
    return ClientList(
        rows=_rows(choice.ids((page - 1) * PAGE), with_money=sees_money(user)),
        total=total,
        page=page,
        pages=pages,
        by_status=by_status,
        filters=replace(filters, page=page),
    )


def client_choice(user: "User", text: str) -> tuple[dict[int, str], int]:
    """(names by id of the first that fit the words, how many fit), for a choice. Four queries."""
    filters = ClientFilters(q=text)
    choice = _plain(user, filters) or _narrowed(user, filters)
    ids = choice.ids(0)
    names = client_names(ids)
    return {pk: names[pk] for pk in ids}, sum(choice.by_status().values())


def client_pages(user: "User", filters: ClientFilters) -> Iterator[tuple[ClientRow, ...]]:
    """The rows of a whole list, a page at a time, for a file; nothing is counted."""
    choice, with_money = _plain(user, filters) or _narrowed(user, filters), sees_money(user)
    for start in count(0, PAGE):
        ids = choice.ids(start)
        yield _rows(ids, with_money=with_money)
        if len(ids) < PAGE:
            return


def client_names(client_ids: Iterable[int]) -> dict[int, str]:
    """Names by id, for rows whose reader was checked already. One query."""
    return dict(Client.objects.filter(pk__in=list(client_ids)).values_list("pk", "name"))


def client_called(user: "User", name: str) -> list[int]:
    """Ids of the clients this person sees under exactly this name; two at most."""
    return list(clients_of(user).filter(name=name.strip()).values_list("pk", flat=True)[:2])


@dataclass(frozen=True)
class _Choice:
    """What a list is made of: how many clients stand in each status, and ids of a page of them,
    from an offset."""

    by_status: Callable[[], dict[str, int]]
    ids: Callable[[int], list[int]]


def _plain(user: "User", filters: ClientFilters, absent: Absent = None) -> _Choice | None:
    """The list as it opens and its statuses, by ready SQL; None when it is narrowed otherwise."""
    column = PLAIN_SORTS.get(filters.sort.removeprefix("-"))
    if filters.q.strip() or filters.am or filters.tool or filters.money or column is None:
        return None
    given = given_to(user, absent=absent)
    whose, told = ("", ()) if given is None else (f"AND id IN ({given[0]})", given[1])
    status, chosen = ("AND status = %s", (filters.status,)) if filters.status else ("", ())
    back = " DESC" if filters.sort.startswith("-") else ""

    def by_status() -> dict[str, int]:
        return dict(_fetched(STATUSES.format(whose=whose), told))

    def ids(start: int) -> list[int]:
        order = f"{column}{back}, id{back}"
        query = PAGES.format(whose=whose, status=status, order=order)
        return [pk for (pk,) in _fetched(query, (*told, *chosen, PAGE, start))]

    return _Choice(by_status, ids)


def _narrowed(user: "User", filters: ClientFilters, absent: Absent = None) -> _Choice:
    everyone, ranked = _found(clients_of(user, absent=absent), filters)
    fitting = everyone.filter(status=filters.status) if filters.status else everyone

    def by_status() -> dict[str, int]:
        return dict(everyone.order_by().values_list("status").annotate(Count("pk")))

    def ids(start: int) -> list[int]:
        if ranked is None or filters.sort:
            found = _sorted(fitting, filters.sort).values_list("pk", flat=True)
            return list(found[start : start + PAGE])
        present = set(fitting.values_list("pk", flat=True))
        return [pk for pk in ranked if pk in present][start : start + PAGE]

    return _Choice(by_status, ids)


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
    elif name == "next":
        clients = clients.annotate(key=first_due(OuterRef("pk")))
    elif name == "contact":
        # Nobody has ever talked to some: longest ago of all.
        clients = clients.annotate(key=last_contact_of(OuterRef("pk")))
        key = F("key")
        least = key.desc(nulls_last=True) if sort != name else key.asc(nulls_first=True)
        return clients.order_by(least, "name", "pk")
    else:
        back = "-" if sort.startswith("-") else ""
        return clients.order_by(f"{back}{PLAIN_SORTS[name]}", f"{back}pk")
    key = F("key").desc(nulls_last=True) if sort.startswith("-") else F("key").asc(nulls_last=True)
    return clients.order_by(key, "name", "pk")


def _rows(ids: list[int], *, with_money: bool) -> tuple[ClientRow, ...]:
    if not ids:
        return ()
    found = {row[0]: row for row in _asked(CARDS, ids)}
    lines: dict[int, list[tuple[str, int]]] = {}
    for client, tool, budget in _asked(AT_WORK, ids, *ALIVE):
        lines.setdefault(client, []).append((tool, budget))
    money = money_of(ids) if with_money else {}
    words = _Words({code: str(label) for code, label in Client.Status.choices})
    words.tools.update((code, str(label)) for code, label in ServiceLine.Tool.choices)
    return tuple(
        _row(*found[pk], lines.get(pk, []), money.get(pk), words, with_money) for pk in ids
    )


@dataclass(frozen=True)
class _Words:
    """Labels in the reader's language, looked up once a list."""

    statuses: dict[str, str]
    tools: dict[str, str] = field(default_factory=dict)


def _asked(query: str, ids: list[int], *told: str) -> list[tuple[Any, ...]]:
    """Ready SQL, for building the query would take several times as long as answering it."""
    return _fetched(query.format(ids=", ".join(["%s"] * len(ids))), (*ids, *told))


def _fetched(query: str, told: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, told)
        return cursor.fetchall()


def _row(
    pk: int,
    name: str,
    status: str,
    group: str | None,
    am_id: int | None,
    am: str | None,
    lines: list[tuple[str, int]],
    money: MoneyState | None,
    words: _Words,
    with_money: bool,
) -> ClientRow:
    return ClientRow(
        id=pk,
        name=name,
        status=status,
        status_label=words.statuses[status],
        group=group or "",
        am_id=am_id,
        am=am or "",
        tools=tuple(words.tools[tool] for tool in dict.fromkeys(tool for tool, _budget in lines)),
        lines=len(lines),
        budget=sum(budget for _tool, budget in lines) if with_money else None,
        money=money,
    )
