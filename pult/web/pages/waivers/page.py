"""Exceptions in force and what they cover."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from pult.clients.access import ids_of
from pult.kernel import clock
from pult.kernel.errors import NotVisible, PultError
from pult.regulation.actions import Target
from pult.regulation.queries import WaiverItem
from pult.regulation.queries import waivers as in_force
from pult.web.obligations import client_href
from pult.web.pages.regulation.page import LEADERS

if TYPE_CHECKING:
    from pult.people.models import User

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Waived:
    """An exception; `ends_soon` within a week."""

    item: WaiverItem
    href: str
    ends_soon: bool


@dataclass(frozen=True)
class WaiversPage:
    """`exposure` is how many rows the exceptions shown have covered so far."""

    waived: tuple[Waived, ...]
    clause: str
    exposure: int
    clients: int
    may_end: bool
    problem: PultError | None = None


def waivers_page(user: "User", clause: str = "") -> WaiversPage:
    """Exceptions for the clients a person sees, those that end soonest first."""
    roots = ids_of(user)
    today: date = clock.today(settings.TIME_ZONE)
    items = [
        item
        for item in in_force()
        if (roots is None or item.root_id in roots) and clause in ("", item.clause)
    ]
    covered = {(item.clause, item.root_id): item.used for item in items}
    return WaiversPage(
        waived=tuple(
            Waived(item, client_href(item.root_id), item.until - today <= SOON) for item in items
        ),
        clause=clause,
        exposure=sum(covered.values()),
        clients=len({item.root_id for item in items}),
        may_end=bool(user.roles & LEADERS),
    )


def target_of(waiver_id: int) -> Target:
    """What an exception in force is for; NotVisible when there is none."""
    for item in in_force():
        if item.id == waiver_id:
            return Target(
                item.clause, item.root_id, item.subject_type, item.subject_id, item.row_key
            )
    raise NotVisible("")
