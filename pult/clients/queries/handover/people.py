"""Everything of one person that is to be handed over, and a proposal to whom."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, Q, Value

from pult.clients.field_words import platform_words
from pult.clients.logic.handovers import Place, share_out
from pult.clients.models import Handover, OutsideAccess, ServiceLine
from pult.clients.models.handover import OPEN
from pult.clients.queries.handover.lists import row_of
from pult.clients.queries.handover.shapes import HandoverRow
from pult.clients.queries.load import Load, WeighedClient, loads, weighed_clients
from pult.people.exports import Export, exports_of
from pult.people.models import Absence, DutyPerson, User
from pult.people.queries import business_day
from pult.people.queries.who import on_day


@dataclass(frozen=True)
class Moved:
    """A client of the person; `to` is the manager proposed, None when nobody has room. One that is
    being handed over has who takes it in `to`; `is_sold` when it comes from sales."""

    id: int
    name: str
    status: str
    to: int | None
    is_busy: bool
    is_sold: bool = False


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
    """`clients` with the proposal, `managers` who may take them, `away` the last day of those of
    them who are absent (None: not known), `open` handovers they give or take, and what the person
    may have carried out: accesses they hold, files of the last 30 days; `duties` are to come."""

    user_id: int
    name: str
    is_gone: bool
    away: dict[int, date | None]
    clients: tuple[Moved, ...]
    managers: tuple[Load, ...]
    open: tuple[HandoverRow, ...]
    accesses: tuple[AccessItem, ...]
    exports: tuple[Export, ...]
    duties: tuple[date, ...]


def persons_work(user: User) -> PersonsWork:
    """What a person holds; its reader is a head. A dozen queries, however many clients."""
    clients = weighed_clients(user)
    days = _days(user)
    managers = _takers(user, days)
    away = {one.user_id: days.away[one.user_id] for one in managers if one.user_id in days.away}
    going = Handover.objects.filter(Q(giver=user) | Q(receiver=user), state__in=OPEN)
    rows = list(going.select_related("client", "giver", "receiver", "batch").order_by("pk"))
    for row in rows:
        row.waiting = 0
    busy = {row.client_id: row for row in rows}
    free = {one.id: one.hundredths for one in clients if one.id not in busy}
    shared = _shared(free, managers, away)
    return PersonsWork(
        user_id=user.pk,
        name=user.full_name,
        is_gone=not user.comes_in,
        away=away,
        clients=tuple(
            _moved(one, shared.get(one.id), busy.get(one.id), user.pk) for one in clients
        ),
        managers=managers,
        open=tuple(row_of(row) for row in rows),
        accesses=_accesses(user, [one.id for one in clients]),
        exports=tuple(exports_of(user.pk)),
        duties=days.duties,
    )


def shared_by_load(user: User) -> dict[int, int]:
    """Client → manager for everything of a person, beyond the limits where nobody has room;
    whoever is absent gets none."""
    days = _days(user)
    weights = {one.id: one.hundredths for one in weighed_clients(user)}
    return _shared(weights, _takers(user, days), days.away, within=False)


@dataclass(frozen=True)
class _Days:
    """Who is shut out, who is absent until which day, and when the person is on duty."""

    shut: frozenset[int]
    away: dict[int, date | None]
    duties: tuple[date, ...]


def _days(user: User) -> _Days:
    """One query for the three of them."""
    today, no_day = business_day(), Value(None, DateField())
    absent = Absence.objects.filter(on_day(today), user__is_active=True)
    shut = User.objects.exclude(doors_shut_at=None)
    duties = DutyPerson.objects.filter(user=user, day__gte=today)
    rows = absent.order_by().values_list("user", "until", Value("away"))
    rows = rows.union(
        shut.order_by().values_list("pk", no_day, Value("shut")),
        duties.order_by().values_list("user", "day", Value("duty")),
        all=True,
    )
    found = list(rows)
    return _Days(
        frozenset(pk for pk, _day, what in found if what == "shut"),
        {pk: day for pk, day, what in found if what == "away"},
        tuple(sorted(day for _pk, day, what in found if what == "duty")),
    )


def _takers(user: User, days: _Days) -> tuple[Load, ...]:
    """Managers who come in; three queries."""
    return tuple(one for one in loads() if one.user_id not in {*days.shut, user.pk})


def _shared(
    weights: dict[int, int],
    managers: tuple[Load, ...],
    away: dict[int, date | None],
    *,
    within: bool = True,
) -> dict[int, int]:
    """By load among those at work; with `within` nobody is loaded beyond the limit."""
    here = [one for one in managers if one.user_id not in away]
    shared = share_out(weights, [Place(one.user_id, one.held, one.limit) for one in here])
    if within:
        return shared
    given = Counter[int]()
    for client, manager in shared.items():
        given[manager] += weights[client]
    rest = {pk: weight for pk, weight in weights.items() if pk not in shared}
    return shared | share_out(
        rest, [Place(one.user_id, one.held + given[one.user_id]) for one in here]
    )


def _moved(one: WeighedClient, to: int | None, row: Handover | None, giver: int) -> Moved:
    if row is None:
        return Moved(one.id, one.name, one.status, to, is_busy=False)
    is_sold = row.kind == Handover.Kind.SALES
    to = row.receiver_id if row.receiver_id != giver else None
    return Moved(one.id, one.name, one.status, to, is_busy=True, is_sold=is_sold)


def _accesses(user: User, client_ids: list[int]) -> tuple[AccessItem, ...]:
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
