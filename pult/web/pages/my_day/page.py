"""*Мой день* as the template sees it: bands of rows, each with the button that does it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pult.clients.access import clients_held, clients_of
from pult.kernel import clock
from pult.kernel.errors import NotVisible
from pult.kernel.roles import STAFF, Role
from pult.people.queries import business_day, stood_in_for, who_is
from pult.regulation.evaluate.table import Mode
from pult.regulation.queries import Day, DayRow, Folded, PutOff, day_rows, put_off
from pult.ui.parts import Tab
from pult.web.obligations import (
    DECIDERS,
    Deed,
    client_href,
    deed_of,
    reason_of,
    what_to_do,
)

if TYPE_CHECKING:
    from pult.people.models import User

STATES = {
    "burning": "overdue",
    "today": "soon",
    "week": "open",
    "waiting": "waiting",
    "disputed": "disputed",
    "no_data": "no_data",
}
LOOKS = {
    "burning": ("flame", "breach"),
    "today": ("sun", "soon"),
    "week": ("calendar", "plain"),
    "waiting": ("hourglass", "waiting"),
    "disputed": ("scale", "plain"),
    "no_data": ("unplug", "plain"),
}


@dataclass(frozen=True)
class Item:
    """One row: an act for a client with every clause it discharges."""

    id: int
    client: str
    client_href: str
    peek: str
    what: str
    note: str
    state: str
    clauses: tuple[tuple[str, str], ...]
    due: datetime | None
    provisional: bool
    deed: Deed
    is_mine: bool


@dataclass(frozen=True)
class Band:
    """A part of the day with its rows; `id` names its panel."""

    id: str
    title: str
    icon: str
    tone: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class FoldedClient:
    """A client whose rows the noise budget left out."""

    client: str
    href: str
    count: int
    due: datetime | None


@dataclass(frozen=True)
class MyDay:
    """The page. `whose` is a name when somebody else's day is looked at; `here` its address."""

    today: date
    bands: tuple[Band, ...]
    folded: tuple[FoldedClient, ...]
    put_off: tuple[PutOff, ...]
    later: int
    count: int
    burning: int
    tabs: tuple[Tab, ...]
    people: tuple[tuple[int, str], ...]
    person: int | None
    is_shadow: bool
    here: str

    @property
    def is_done(self) -> bool:
        """Nothing is asked today: the end of the day is the empty state."""
        return not self.count

    @property
    def summary(self) -> str:
        words = ngettext("%(n)d thing to do", "%(n)d things to do", self.count) % {"n": self.count}
        if not self.burning:
            return words
        late = ngettext("%(n)d burning", "%(n)d burning", self.burning) % {"n": self.burning}
        return f"{words} · {late}"


@dataclass(frozen=True)
class View:
    """Whose day: `mine`, `department`, `shadow` or `person`; roots None are all clients."""

    name: str
    roots: frozenset[int] | None
    roles: frozenset[str]
    person: int | None = None
    people: tuple[tuple[int, str], ...] = ()


def my_day(user: "User", query: QueryDict) -> MyDay:
    """The day of this person or, for a head, of the department, of the shadow, of a colleague."""
    view, now = _view(user, query), clock.now()
    day = day_rows(view.roots, view.roles, now, shadow=view.name == "shadow")
    today = business_day(now)
    here = f"{reverse('my_day')}?{query.urlencode()}" if query else reverse("my_day")
    bands = tuple(band for band in _bands(user, day, here) if band.items)
    return MyDay(
        today=today,
        bands=bands,
        folded=tuple(_folded(fold) for fold in day.folded),
        put_off=tuple(put_off(view.roots, view.roles, today)) if day.postponed else (),
        later=day.later,
        count=day.count,
        burning=len(day.burning),
        tabs=_tabs(view) if user.roles & DECIDERS else (),
        people=view.people,
        person=view.person,
        is_shadow=view.name == "shadow",
        here=here,
    )


def _view(user: "User", query: QueryDict) -> View:
    wanted = query.get("view", "")
    own = frozenset(user.roles) & STAFF
    if not user.roles & DECIDERS:
        return View("mine", _own_roots(user, own), own)
    if wanted == "mine":
        return View("mine", None, own)
    if wanted == "shadow":
        return View("shadow", None, frozenset(STAFF))
    if wanted == "person":
        return _person(query.get("person", ""))
    return View("department", None, own | {Role.AM.value})


def _own_roots(user: "User", roles: frozenset[str]) -> frozenset[int]:
    """Clients of one's own and of those one stands in for; 0 is the agency's own rows."""
    if roles == {Role.AM.value}:
        held = clients_held(user, Role.AM)
        for absent in stood_in_for(user):
            held |= clients_held(absent, Role.AM)
        return frozenset(held | {0})
    return frozenset(clients_of(user).values_list("pk", flat=True)) | {0}


def _person(wanted: str) -> View:
    """The day of the manager `wanted`, by default of the first; NotVisible for anybody else."""
    roles = frozenset({Role.AM.value})
    managers = who_is(Role.AM)
    people = tuple((one.pk, one.full_name) for one in managers)
    if not managers:
        return View("person", frozenset(), roles)
    chosen = [one for one in managers if str(one.pk) == wanted] if wanted else managers
    if not chosen:
        raise NotVisible(_("There is no such person"))
    roots = frozenset(clients_held(chosen[0], Role.AM))
    return View("person", roots, roles, chosen[0].pk, people)


def _tabs(view: View) -> tuple[Tab, ...]:
    names: dict[str, Any] = {
        "department": _("Department"),
        "mine": _("Mine"),
        "person": _("A person's day"),
        "shadow": _("Shadow"),
    }
    base = reverse("my_day")
    return tuple(
        Tab(label, base if name == "department" else f"{base}?view={name}", name == view.name)
        for name, label in names.items()
    )


def _bands(user: "User", day: Day, here: str) -> list[Band]:
    titles = {
        "burning": _("Burning"),
        "today": _("Today"),
        "week": _("This week"),
        "waiting": _("Waiting for the client"),
        "disputed": _("Disputed"),
        "no_data": _("No data"),
    }
    return [
        Band(
            id=name,
            title=title,
            icon=LOOKS[name][0],
            tone=LOOKS[name][1],
            items=tuple(_item(user, row, here) for row in getattr(day, name)),
        )
        for name, title in titles.items()
    ]


def _item(user: "User", row: DayRow, here: str) -> Item:
    first = row.first
    return Item(
        id=first.id,
        client=row.client or _("The agency"),
        client_href=client_href(row.root_id),
        peek=f"client-{row.root_id}" if row.root_id else "",
        what=what_to_do(first),
        note=reason_of(row.rows),
        state="shadow" if first.mode == Mode.SHADOW else STATES[row.band],
        clauses=tuple(dict.fromkeys((one.clause, one.title) for one in row.rows)),
        due=row.due,
        provisional=any(one.is_provisional for one in row.rows),
        deed=deed_of(row.rows, here),
        is_mine=bool(user.roles & (DECIDERS | {row.role})),
    )


def _folded(fold: Folded) -> FoldedClient:
    return FoldedClient(
        client=fold.client or _("The agency"),
        href=reverse("client_obligations", args=[fold.root_id]) if fold.root_id else "",
        count=fold.count,
        due=fold.due,
    )
