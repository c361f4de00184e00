"""The values a client's card is made of. Money is in kopecks, days include the last one."""

from dataclasses import dataclass
from datetime import date

from pult.clients.logic.completeness import Completeness


@dataclass(frozen=True)
class Holder:
    """A person in charge; `until` when the hand-over is already planned."""

    user_id: int
    name: str
    role: str
    role_label: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Trust:
    """The mark in force; `is_over` when its last day has passed."""

    reason_code: str
    note: str
    limit: int
    until: date
    by: str
    is_over: bool


@dataclass(frozen=True)
class ClientHeader:
    """What stands above every tab of a client. `version` goes back with an edit; `ahead` is a
    status that waits for its day, `merged_into` the card it is a part of now, `passing` its open
    handover with the two people of it."""

    id: int
    name: str
    status: str
    status_label: str
    relationship: str
    group: str
    about: str
    worked_since: date | None
    version: int
    ahead: tuple[str, date] | None
    merged_into: tuple[int, str] | None
    folder: str
    am: str
    am_id: int | None
    holders: tuple[Holder, ...]
    trust: Trust | None
    holiday: "PauseItem | None"
    passing: tuple[int, int, int] | None


@dataclass(frozen=True)
class PauseItem:
    """Days of rest, both included; no last day: until resumed."""

    id: int
    first_day: date
    last_day: date | None
    reason_code: str
    note: str
    line_id: int | None


@dataclass(frozen=True)
class TraitItem:
    """A peculiarity of a person under the purpose it is kept for."""

    id: int
    kind: str
    label: str
    text: str


@dataclass(frozen=True)
class ContactItem:
    """A person; `birthday` in words, `traits` empty for readers outside the client department."""

    id: int
    name: str
    position: str
    phone: str
    email: str
    postal_address: str
    decides: bool
    birthday: str
    traits: tuple[TraitItem, ...]
    left: bool
    brand: str
    version: int


@dataclass(frozen=True)
class AccountItem:
    """`unchecked` says in words why the number could not be checked."""

    account: str
    bik: str
    bank: str
    unchecked: str


@dataclass(frozen=True)
class EntityItem:
    """`unchecked` says in words why the tax number could not be checked."""

    id: int
    name: str
    country: str
    inn: str
    kpp: str
    ogrn: str
    address: str
    postal_address: str
    signatory: str
    closed: bool
    accounts: tuple[AccountItem, ...]
    unchecked: str
    version: int


@dataclass(frozen=True)
class ContractItem:
    """A contract and the scheme in force today; `next_scheme_on` when another is planned."""

    id: int
    number: str
    kind: str
    kind_label: str
    signed_on: date
    ends_on: date | None
    entity: str
    own_entity: str
    scheme: str
    scheme_label: str
    scheme_since: date | None
    days: int | None
    limit: int | None
    next_scheme_on: date | None
    version: int


@dataclass(frozen=True)
class AliasItem:
    """A third party whose money is this client's."""

    id: int
    name: str
    inn: str
    account: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Requisites:
    entities: tuple[EntityItem, ...]
    contracts: tuple[ContractItem, ...]
    aliases: tuple[AliasItem, ...]


@dataclass(frozen=True)
class FeedItem:
    id: int
    source: str
    login: str
    campaign_id: str


@dataclass(frozen=True)
class LineItem:
    """A service line as of today; `budget` in kopecks a month, None without a right to money."""

    id: int
    name: str
    tool: str
    tool_label: str
    platform: str
    status: str
    status_label: str
    brand: str
    site: str
    contract: str
    period_from: date | None
    period_to: date | None
    budget: int | None
    always_on: bool
    money_flow: str
    wallet: str
    planned_start: date | None
    entered_running: bool
    feeds: tuple[FeedItem, ...]
    pauses: tuple[PauseItem, ...]
    version: int


@dataclass(frozen=True)
class Places:
    brands: tuple[tuple[int, str], ...]
    sites: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class ClientCard:
    """All of it, for a page without tabs, an export or a print."""

    header: ClientHeader
    places: Places
    people: tuple[ContactItem, ...]
    requisites: Requisites
    lines: tuple[LineItem, ...]
    complete: Completeness
