"""Everything of one person that is to be handed over, and a proposal to whom."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pult.clients.field_words import platform_words
from pult.clients.logic.handovers import Place, share_out
from pult.clients.models import Handover, OutsideAccess, ServiceLine
from pult.clients.models.handover import OPEN
from pult.clients.queries.handover.lists import row_of
from pult.clients.queries.handover.shapes import HandoverRow
from pult.clients.queries.load import Load, loads, weighed_clients
from pult.people.exports import Export, exports_of

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class Moved:
    """A client of the person; `to` is the manager proposed, None when nobody has room."""

    id: int
    name: str
    status: str
    to: int | None
    is_busy: bool


@dataclass(frozen=True)
class AccessItem:
    """An account outside Pult; `id` is None for one that Pult knows of a service line."""

    id: int | None
    name: str
    level: str
    client: str
    since: date | None


@dataclass(frozen=True)
class PersonsWork:
    """`clients` with the proposal, `managers` who may take them, and what the person may have
    carried out: accesses they hold, files of the last 30 days."""

    user_id: int
    name: str
    is_active: bool
    clients: tuple[Moved, ...]
    managers: tuple[Load, ...]
    open: tuple[HandoverRow, ...]
    accesses: tuple[AccessItem, ...]
    exports: tuple[Export, ...]


def persons_work(user: "User") -> PersonsWork:
    """What a person holds; its reader is a head. A dozen queries, however many clients."""
    clients = weighed_clients(user)
    managers = tuple(one for one in loads() if one.user_id != user.pk)
    going = Handover.objects.filter(giver=user, state__in=OPEN)
    rows = list(going.select_related("client", "giver", "receiver", "batch").order_by("pk"))
    for row in rows:
        row.waiting = 0
    busy = {row.client_id for row in rows}
    places = [Place(one.user_id, one.held, one.limit) for one in managers]
    free = {one.id: one.hundredths for one in clients if one.id not in busy}
    shared = share_out(free, places)
    return PersonsWork(
        user_id=user.pk,
        name=user.full_name,
        is_active=user.is_active,
        clients=tuple(
            Moved(one.id, one.name, one.status, shared.get(one.id), one.id in busy)
            for one in clients
        ),
        managers=managers,
        open=tuple(row_of(row) for row in rows),
        accesses=_accesses(user, [one.id for one in clients]),
        exports=tuple(exports_of(user.pk)),
    )


def _accesses(user: "User", client_ids: list[int]) -> tuple[AccessItem, ...]:
    noted = OutsideAccess.objects.filter(user=user, closed_at=None).select_related("client")
    found = [
        AccessItem(
            one.pk,
            one.name,
            str(OutsideAccess.Level(one.level).label),
            str(one.client or ""),
            one.since,
        )
        for one in noted.order_by("pk")
    ]
    lines = ServiceLine.objects.filter(client__in=client_ids, wallet__isnull=False)
    wallets = lines.values_list("wallet__platform", "wallet__login", "client__name").distinct()
    found += [
        AccessItem(None, f"{platform_words(platform)}: {login}", "", client, None)
        for platform, login, client in wallets.order_by("client__name")
    ]
    return tuple(found)
