"""The lines of the day's tables, drawn in Python: a template spends several times as long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.people.queries import full_names
from pult.regulation.queries import Day, Folded, Tally
from pult.ui import formats
from pult.ui.components.marks import when
from pult.ui.markup import EMPTY, fill
from pult.web.answers import address_of


@dataclass(frozen=True)
class FoldedClient:
    """A client whose rows the noise budget left out."""

    client: str
    href: str
    count: int
    due: datetime | None


@dataclass(frozen=True)
class FoldedPerson:
    """What is asked of a colleague; `href` is their day."""

    name: str
    href: str
    count: int
    clients: int
    due: datetime | None


def people_lines(people: Iterable[FoldedPerson]) -> SafeString:
    """A `<tr>` a colleague: how many things at how many clients, and the nearest."""
    now = clock.now()
    return _joined(
        fill(
            '<tr><td>{}</td><td class="number">{}</td><td class="number">{}</td><td>{}</td></tr>\n',
            _link(one.name, one.href),
            formats.number(one.count),
            formats.number(one.clients),
            _when(one.due, now),
        )
        for one in people
    )


def client_lines(clients: Iterable[FoldedClient]) -> SafeString:
    """A `<tr>` a client: how many things, and the nearest."""
    now = clock.now()
    return _joined(
        fill(
            '<tr><td>{}</td><td class="number">{}</td><td>{}</td></tr>\n',
            _link(one.client, one.href),
            formats.number(one.count),
            _when(one.due, now),
        )
        for one in clients
    )


def _joined(lines: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(lines))


def _link(words: str, href: str) -> SafeString:
    return fill('<a href="{}">{}</a>', href, words) if href else fill("{}", words)


def _when(due: datetime | None, now: datetime) -> SafeString:
    return EMPTY if due is None else when(due, now)


def by_person(counted: Tally) -> tuple[FoldedPerson, ...]:
    """What is asked of everybody, the one with most to do first."""
    held, day = counted.by_holder, address_of("my_day")
    names = full_names(one.user_id for one in held if one.user_id)
    return tuple(
        FoldedPerson(
            name=names.get(one.user_id) or _("nobody"),
            href=f"{day}?view=person&person={one.user_id}",
            count=one.count,
            clients=one.clients,
            due=one.due,
        )
        for one in held
    )


def by_client(day: Day) -> tuple[FoldedClient, ...]:
    """The clients the budget left out, those with the nearest due first."""
    return tuple(_folded(fold) for fold in day.folded)


def _folded(fold: Folded) -> FoldedClient:
    return FoldedClient(
        client=fold.client or _("The agency"),
        href=address_of("client_obligations", fold.root_id) if fold.root_id else "",
        count=fold.count,
        due=fold.due,
    )
