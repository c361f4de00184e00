"""What ⌘K finds: only what the person who asks may open."""

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from pult.kernel.roles import STAFF
from pult.knowledge.queries import entries_found
from pult.money.access import invoices_of
from pult.money.queries import called
from pult.people.queries import Missing, PersonRow, missing, people, topics
from pult.regulation.labels import in_order, titles
from pult.ui.formats import money
from pult.web.answers import address_of
from pult.web.holders import role_label
from pult.web.matching import matching
from pult.web.pages.search.clients import acts_found, clients_found, reasons
from pult.web.pages.search.places import Destination, places_of
from pult.work.queries import tasks_found

if TYPE_CHECKING:
    from pult.people.models import User

LONGEST = 120
NUMBERED = re.compile(r"(?:^|\s|№|#)([\w/-]*\d[\w/-]*)$")
EACH = 6


@dataclass(frozen=True)
class Found:
    """One answer: what it is called, where it leads, what kind of thing it is."""

    title: str
    href: str
    kind: str
    icon: str
    detail: str = ""
    key: str = ""


@dataclass(frozen=True)
class SearchPage:
    q: str
    found: tuple[Found, ...]


def search_page(user: "User", text: str) -> SearchPage:
    """Answers in the order people expect: what was named exactly by its number, then acts and
    places, clients, colleagues, clauses.

    An empty question offers the places. At most six of a kind; eleven queries, twelve for an act.
    """
    q = " ".join(text.split())[:LONGEST]
    if not q:
        return SearchPage("", tuple(_place(place) for place in places_of(user)))
    exact, clauses = _clauses(q)
    first = (exact, _invoices(user, q), _acts(user, q), _places(user, q))
    found = (*first, _clients(user, q), _tasks(user, q), _topics(q), _knowledge(q))
    found += (_people(q), clauses)
    return SearchPage(q, tuple(chain(*found)))


def _places(user: "User", q: str) -> list[Found]:
    found = matching(q, places_of(user), lambda place: f"{place.label} {place.words}")
    return [_place(place) for place in found[:EACH]]


def _place(place: Destination) -> Found:
    return Found(str(place.label), place.href, _("go to"), place.icon)


def _clients(user: "User", q: str) -> list[Found]:
    hits = clients_found(user, q, EACH)
    why = reasons(q, hits)
    places = ((hit, address_of("client", hit.object_id)) for hit in hits)
    return [
        Found(hit.title, href, _("client"), "building-2", why.get(hit.object_id, ""))
        for hit, href in places
        if href
    ]


def _acts(user: "User", q: str) -> list[Found]:
    return [
        Found(f"{act.label}: {hit.title}", address_of(act.url, hit.object_id), _("go to"), act.icon)
        for act, hit in acts_found(user, q, EACH)[:EACH]
    ]


def _tasks(user: "User", q: str) -> list[Found]:
    hits = ((hit, address_of("task", hit.id)) for hit in tasks_found(user, q, EACH))
    return [
        Found(hit.title, href, _("task"), "square-check", f"{hit.client} · {hit.state_label}")
        for hit, href in hits
        if href
    ]


def _invoices(user: "User", q: str) -> list[Found]:
    """By number, «81» or «счёт 81»; the newest first."""
    number = NUMBERED.search(q)
    if number is None:
        return []
    rows = invoices_of(user).filter(called(number[1])).order_by("-issued_on", "-pk")
    return [
        Found(
            _("Invoice № %(number)s") % {"number": row.number},
            reverse("invoice", args=[row.pk]),
            _("invoice"),
            "receipt",
            f"{row.client.name} · {money(row.total)}",
        )
        for row in rows.select_related("client")[:EACH]
    ]


def _topics(q: str) -> list[Found]:
    """Whom to ask: each leads to its line of the directory."""
    found = matching(q, topics(), lambda one: f"{one.name} {one.words}")
    here = reverse("directory")
    return [
        Found(one.name, f"{here}?{urlencode({'q': one.name})}", _("whom to ask"), "book-user")
        for one in found[:EACH]
    ]


def _knowledge(q: str) -> list[Found]:
    return [
        Found(title, reverse("entry", args=[pk]), _("knowledge"), "library")
        for pk, title in entries_found(q, EACH)
    ]


def _people(q: str) -> list[Found]:
    staff = [person for person in people() if set(person.roles) & STAFF]
    found = matching(q, staff, _said)
    gone = missing() if found else {}
    return [
        Found(
            person.name,
            reverse("person", args=[person.id]),
            _("colleague"),
            "user-round",
            _doing(person, gone.get(person.id)),
        )
        for person in found[:EACH]
    ]


def _said(person: PersonRow) -> str:
    labels = " ".join(role_label(role) for role in person.roles)
    return f"{person.name} {person.email} {labels} {person.team}"


def _doing(person: PersonRow, gone: Missing | None) -> str:
    if gone:
        return gone.words
    doing = person.post or ", ".join(role_label(role) for role in person.roles)
    return " · ".join(filter(None, (doing, person.phone)))


def _clauses(q: str) -> tuple[list[Found], list[Found]]:
    """Those with this very number, and the others."""
    names = titles()
    cards: list[Any] = matching(
        q,
        in_order(),
        lambda card: f"{card.clause} {card.title} {card.title_en} {card.wording} {card.wording_en}",
    )
    exact = [card for card in cards if card.clause.casefold() == q.casefold()]
    rest = [card for card in cards if card not in exact]

    def told(card: Any) -> Found:
        title, href = f"{card.clause} {names[card.clause]}", reverse("clause", args=[card.clause])
        return Found(title, href, _("clause"), "book-open")

    return [told(card) for card in exact], [told(card) for card in rest[: EACH - len(exact)]]
