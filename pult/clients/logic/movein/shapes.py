"""What a move-in knows of the clients there are, and what it plans for each client of a file."""

from dataclasses import dataclass, field
from typing import Any, Literal

from pult.clients.logic.movein.claims import Claim

Row = dict[str, Any]
Action = Literal["create", "update", "same", "ask", "skip"]


@dataclass(frozen=True)
class Person:
    """An account manager a file may name by mailbox or by name."""

    id: int
    name: str
    email: str


@dataclass(frozen=True)
class KnownClient:
    """A client as it is now. Each row of a list is a mapping of columns with its `id`."""

    id: int
    name: str
    about: str = ""
    group: str = ""
    am: int | None = None
    sites: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    entities: tuple[Row, ...] = ()
    accounts: tuple[Row, ...] = ()
    contacts: tuple[Row, ...] = ()
    contracts: tuple[Row, ...] = ()
    lines: tuple[Row, ...] = ()
    has_opening: bool = False


@dataclass(frozen=True)
class Known:
    """Everything a plan is compared with. `feeds` are the campaigns that feed lines already."""

    clients: tuple[KnownClient, ...] = ()
    people: tuple[Person, ...] = ()
    feeds: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Match:
    """A client that may be the same: `why` is inn, name, similar, phone or email."""

    client_id: int
    name: str
    why: str


@dataclass
class ClientPlan:
    """What one client of a file becomes; every value is fit for JSON.

    `add` holds new rows by table, `fill` empty columns of known rows to be filled; what is there
    and differs is kept and named in `kept`. `ask`: the match needs a person's decision.
    """

    key: str
    lines: list[int]
    name: str
    action: Action = "create"
    client_id: int | None = None
    matches: list[Match] = field(default_factory=list)
    card: Row = field(default_factory=dict)
    am: int | None = None
    add: dict[str, list[Row]] = field(default_factory=dict)
    fill: dict[str, list[Row]] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.card or self.am or any(self.add.values()) or any(self.fill.values()))
