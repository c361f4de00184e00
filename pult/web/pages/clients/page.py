"""What the list of clients shows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.clients.access import sees_money
from pult.clients.actions.cards import CREATORS
from pult.clients.actions.charge import ASSIGNERS
from pult.clients.actions.pauses import PAUSERS
from pult.clients.models import Client, ServiceLine
from pult.clients.queries import ClientFilters, client_list
from pult.clients.queries.directory import ClientRow
from pult.comms.queries import last_contacts
from pult.regulation.queries.nearest import Nearest, nearest_rows
from pult.ui.parts import Tab
from pult.web.pages.client.words import PAUSE_REASONS
from pult.web.pages.clients.filters import (
    absent_for,
    filters_of,
    managers,
    money_choices,
    seeds,
)
from pult.web.pages.clients.rows import drawn
from pult.web.saved_views import View, canonical, views_for

if TYPE_CHECKING:
    from pult.people.models import User

# States of money that ask for something; the words say it too.
TONES = {"ended": "breach", "debt": "breach", "invoice": "soon", "soon": "soon", "ok": "ok"}


@dataclass(frozen=True)
class Row:
    """One client: `money_tone` colours the state of its money, `next` is what it is owed first."""

    client: ClientRow
    money_tone: str
    ends_on: date | None
    next: Nearest | None
    last_contact: datetime | None


@dataclass(frozen=True)
class ClientsPage:
    """The list with everything around it; `query` is its address without the page."""

    rows: tuple[Row, ...]
    total: int
    number: int
    pages: int
    filters: ClientFilters
    query: str
    address: str
    tabs: tuple[Tab, ...]
    views: tuple[View, ...]
    managers: tuple[tuple[Any, Any], ...]
    tools: tuple[tuple[Any, Any], ...]
    states: tuple[tuple[Any, Any], ...]
    reasons: tuple[tuple[Any, Any], ...]
    sees_money: bool
    may_add: bool
    may_assign: bool
    may_pause: bool
    may_share: bool
    is_narrowed: bool

    @property
    def manager_choices(self) -> tuple[tuple[Any, Any], ...]:
        return (("", _("Any manager")), *self.managers) if self.managers else ()

    @property
    def drawn_rows(self) -> SafeString:
        """The body of the table."""
        return drawn(
            self.rows,
            ticks=self.may_assign or self.may_pause,
            money=self.sees_money,
            status=not self.filters.status,
        )


def clients_page(user: "User", query: QueryDict) -> ClientsPage:
    """The clients this person sees that fit the address."""
    filters = filters_of(user, query)
    absent = absent_for(user)
    found = client_list(user, filters, absent)
    ids = [row.id for row in found.rows]
    nearest, contacts = nearest_rows(ids), last_contacts(ids)
    people = managers(user, absent)
    address = canonical(query.urlencode())
    return ClientsPage(
        rows=tuple(_row(row, nearest.get(row.id), contacts.get(row.id)) for row in found.rows),
        total=found.total,
        number=found.page,
        pages=found.pages,
        filters=filters,
        query=address,
        address=query.urlencode(),
        tabs=_tabs(query, filters.status, found.by_status),
        views=views_for(user, "clients", seeds(user, people), address),
        managers=people,
        tools=(("", _("Any tool")), *ServiceLine.Tool.choices),
        states=_with_any(_("Any state of money"), money_choices(user)),
        reasons=tuple(PAUSE_REASONS.items()),
        sees_money=sees_money(user),
        may_add=_holds(user, CREATORS),
        may_assign=_holds(user, ASSIGNERS["am"]),
        may_pause=_holds(user, PAUSERS),
        may_share=_holds(user, ("head", "director")),
        is_narrowed=bool(
            filters.q or filters.am or filters.status or filters.tool or filters.money
        ),
    )


def _row(row: ClientRow, nearest: Nearest | None, contact: datetime | None) -> Row:
    return Row(
        client=row,
        money_tone=TONES.get(row.money.code, "plain") if row.money else "plain",
        ends_on=row.money.ends_on if row.money else None,
        next=nearest,
        last_contact=contact,
    )


def _tabs(query: QueryDict, chosen: str, counts: dict[str, int]) -> tuple[Tab, ...]:
    """One tab a status, each keeping the other filters."""

    def address(status: str) -> str:
        fresh = query.copy()
        fresh.pop("page", None)
        fresh.pop("peek", None)
        fresh["status"] = status
        if not status:
            fresh.pop("status")
        return f"?{fresh.urlencode()}"

    everything = Tab(_("All"), address(""), current=not chosen, count=sum(counts.values()))
    return everything, *(
        Tab(label, address(code), current=chosen == code, count=counts.get(code, 0))
        for code, label in Client.Status.choices
    )


def _with_any(word: str, choices: tuple[tuple[str, Any], ...]) -> tuple[tuple[str, Any], ...]:
    return (("", word), *choices) if choices else ()


def _holds(user: "User", roles: Any) -> bool:
    return not user.roles.isdisjoint(roles)
