"""A client's card, in the pieces its tabs show. Each piece is a few queries, whatever its size."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings

from pult.clients.access import client_and_holders, client_for, sees_money
from pult.clients.checks import account_warning, number_warning
from pult.clients.logic.dated import covers, in_force, status_on
from pult.clients.models import (
    Assignment,
    Client,
    Contract,
    LegalEntity,
    LineFeed,
    PaymentScheme,
    PlannedPause,
    ServiceLine,
)
from pult.clients.queries.ready import contacts_of, feeds_of, lines_of, pauses_of, trust_of
from pult.clients.queries.shapes import (
    AccountItem,
    AliasItem,
    ClientCard,
    ClientHeader,
    ContactItem,
    ContractItem,
    EntityItem,
    FeedItem,
    Holder,
    LineItem,
    PauseItem,
    Places,
    Requisites,
    Trust,
)
from pult.clients.queries.traits import people_and_traits, person_item
from pult.clients.scoring import complete_of
from pult.kernel import clock

if TYPE_CHECKING:
    from pult.people.models import User


def client_card(user: "User", client_id: int) -> ClientCard:
    """Everything a person sees of a client; raises NotVisible for somebody else's."""
    client, held = client_and_holders(user, client_id)
    pauses = pauses_of(client.pk)
    header = _header(client, held, pauses)
    people = people_and_traits(user, client.pk)
    requisites = _requisites(client)
    lines = _lines(user, client, pauses)
    return ClientCard(
        header=header,
        places=_places(client),
        people=people,
        requisites=requisites,
        lines=lines,
        complete=complete_of(client.pk),
    )


def client_header(user: "User", client_id: int, *, past: bool = False) -> ClientHeader:
    """Name, status, people in charge, trust and holiday; `past` as in `client_and_holders`."""
    client, held = client_and_holders(user, client_id, past=past)
    return _header(client, held, pauses_of(client.pk))


def client_people(user: "User", client_id: int) -> tuple[ContactItem, ...]:
    """The client's people: those who decide first, those who left last."""
    return people_and_traits(user, client_for(user, client_id).pk)


def client_requisites(user: "User", client_id: int) -> Requisites:
    """Payers with accounts, contracts with today's schemes, third parties who pay."""
    return _requisites(client_for(user, client_id))


def client_lines(user: "User", client_id: int) -> tuple[LineItem, ...]:
    """Service lines: those at work first, ended ones last."""
    client = client_for(user, client_id)
    return _lines(user, client, pauses_of(client.pk))


def client_places(user: "User", client_id: int) -> Places:
    """Brands and sites with their ids, for choices in forms."""
    return _places(client_for(user, client_id))


def _header(
    client: Client, held: Iterable[Assignment], pauses: Iterable[PlannedPause]
) -> ClientHeader:
    today = _today()
    holders = tuple(
        Holder(
            user_id=row.user_id,
            name=row.holder,
            role=row.role,
            role_label=str(Assignment.Role(row.role).label),
            since=row.since.date(),
            until=row.until.date() if row.until else None,
        )
        for row in held
    )
    manager = next((holder for holder in holders if holder.role == "am"), None)
    mark = trust_of(client.pk)
    own = (pause for pause in pauses if pause.line_id is None)
    holiday = next((p for p in own if p.last_day is None or p.last_day >= today), None)
    return ClientHeader(
        id=client.pk,
        name=client.name,
        status=client.status,
        status_label=str(Client.Status(client.status).label),
        relationship=client.relationship,
        group=client.kin or "",
        about=client.about,
        worked_since=client.worked_since,
        version=client.version,
        ahead=_ahead(client),
        merged_into=(client.merged_into_id, client.whole) if client.merged_into_id else None,
        folder=client.folder,
        am=manager.name if manager else "",
        am_id=manager.user_id if manager else None,
        holders=holders,
        trust=mark
        and Trust(
            reason_code=mark.reason_code,
            note=mark.note,
            limit=mark.limit,
            until=mark.until,
            by=mark.by_name,
            is_over=mark.until < today,
        ),
        holiday=holiday and _pause(holiday),
        passing=(client.passing, client.giver_id, client.receiver_id) if client.passing else None,
    )


def _ahead(client: Client) -> tuple[str, date] | None:
    """The status that waits for its day; ready SQL leaves a day of SQLite's in its own form."""
    if not client.ahead:
        return None
    on = client.ahead_on
    words = str(Client.Status(client.ahead).label)
    return words, on if isinstance(on, date) else date.fromisoformat(on)


def _people(client: Client) -> tuple[ContactItem, ...]:
    """The client's people, without what only the department knows of them."""
    return tuple(person_item(row) for row in contacts_of(client.pk))


def _requisites(client: Client) -> Requisites:
    entities = LegalEntity.objects.filter(client=client).prefetch_related("accounts")
    contracts = Contract.objects.filter(client=client).select_related("entity", "own_entity")
    today = _today()
    return Requisites(
        entities=tuple(_entity(row) for row in entities.order_by("closed", "name")),
        contracts=tuple(
            _contract(row, today)
            for row in contracts.prefetch_related("schemes").order_by("-signed_on", "-pk")
        ),
        aliases=tuple(
            AliasItem(row.pk, row.name, row.inn, row.account, row.since, row.until)
            for row in client.payer_aliases.order_by("-since", "pk")
        ),
    )


def _entity(row: LegalEntity) -> EntityItem:
    return EntityItem(
        id=row.pk,
        name=row.name,
        country=row.country,
        inn=row.inn,
        kpp=row.kpp,
        ogrn=row.ogrn,
        address=row.address,
        postal_address=row.postal_address,
        signatory=row.signatory,
        closed=row.closed,
        accounts=tuple(
            AccountItem(a.account, a.bik, a.bank, account_warning(a.account, a.bik, row.country))
            for a in row.accounts.all()
        ),
        unchecked=number_warning(row.inn, row.country),
        version=row.version,
    )


def _contract(row: Contract, today: date) -> ContractItem:
    schemes = list(row.schemes.all())
    scheme = in_force(schemes, today)
    ahead = [s.since for s in schemes if s.since > today]
    return ContractItem(
        id=row.pk,
        number=row.number,
        kind=row.kind,
        kind_label=str(Contract.Kind(row.kind).label),
        signed_on=row.signed_on,
        ends_on=row.ends_on,
        entity=row.entity.name if row.entity else "",
        own_entity=row.own_entity.name if row.own_entity else "",
        scheme=scheme.kind if scheme else "",
        scheme_label=str(PaymentScheme.Kind(scheme.kind).label) if scheme else "",
        scheme_since=scheme.since if scheme else None,
        days=scheme.days if scheme else None,
        limit=scheme.limit if scheme else None,
        next_scheme_on=min(ahead, default=None),
        version=row.version,
    )


def _lines(
    user: "User", client: Client, pauses: Iterable[PlannedPause], *, with_feeds: bool = True
) -> tuple[LineItem, ...]:
    shows_money = sees_money(user)
    resting: dict[int | None, list[PlannedPause]] = {}
    for pause in pauses:
        resting.setdefault(pause.line_id, []).append(pause)
    rows, today = lines_of(client.pk), _today()
    feeds = feeds_of(client.pk) if rows and with_feeds else {}
    items = [
        _line(row, shows_money, today, resting.get(row.pk, []), feeds.get(row.pk, []))
        for row in rows
    ]
    order = {"running": 0, "paused": 1, "planned": 2, "ended": 3}
    return tuple(sorted(items, key=lambda item: order[item.status]))


def _line(
    row: ServiceLine,
    shows_money: bool,
    today: date,
    pauses: list[PlannedPause],
    feeds: list[LineFeed],
) -> LineItem:
    status = status_on(row.status, pauses, today)
    return LineItem(
        id=row.pk,
        name=row.name,
        tool=row.tool,
        tool_label=str(ServiceLine.Tool(row.tool).label),
        platform=row.platform,
        status=status,
        status_label=str(ServiceLine.Status(status).label),
        brand=row.brand_name or "",
        site=row.site_host or "",
        contract=row.contract_number or "",
        period_from=row.period_from,
        period_to=row.period_to,
        budget=row.monthly_budget if shows_money else None,
        always_on=row.always_on,
        money_flow=row.money_flow,
        wallet=row.wallet_login or "",
        planned_start=row.planned_start,
        entered_running=row.entered_running,
        feeds=tuple(FeedItem(f.pk, f.source, f.login, f.campaign_id) for f in feeds),
        pauses=tuple(_pause(p) for p in pauses if covers(p, today) or p.first_day > today),
        version=row.version,
    )


def _pause(row: PlannedPause) -> PauseItem:
    return PauseItem(row.pk, row.first_day, row.last_day, row.reason_code, row.note, row.line_id)


def _places(client: Client) -> Places:
    return Places(
        brands=tuple(client.brands.order_by("name").values_list("pk", "name")),
        sites=tuple(client.sites.order_by("host").values_list("pk", "host")),
    )


def _today() -> date:
    return clock.today(settings.TIME_ZONE)
