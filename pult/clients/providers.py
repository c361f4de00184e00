"""What this package shows but does not know: other domains are connected in `pult.wiring`."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateTimeField, Value


@dataclass(frozen=True)
class MoneyState:
    """How a client stands with money: a code to filter by, its label, kopecks, the day it ends."""

    code: str
    label: Any
    balance: int | None = None
    ends_on: date | None = None


MoneyOf = Callable[[Sequence[int]], dict[int, MoneyState]]
MoneyHaving = Callable[[str], Collection[int]]
Debts = Callable[[int], dict[int, int]]
LetGo = Callable[[Collection[int]], None]
LastContact = Callable[[Any], Any]

_money_of: list[MoneyOf] = []
_money_having: list[MoneyHaving] = []
_debts: list[Debts] = []
_let_go: list[LetGo] = []
_last_contact: list[LastContact] = []


def connect_money(
    of: MoneyOf, having: MoneyHaving, debts: Debts | None = None, let_go: LetGo | None = None
) -> None:
    """`of(client ids)` tells their states; `having(code)` the ids of clients in a state;
    `debts(client id)` what its lines owe; `let_go(line ids)` frees lines that are to go of what
    Pult put on them by itself."""
    _money_of[:] = [of]
    _money_having[:] = [having]
    _debts[:] = [debts] if debts else []
    _let_go[:] = [let_go] if let_go else []


def money_of(client_ids: Sequence[int]) -> dict[int, MoneyState]:
    """States of these clients; empty while no domain tells them."""
    return _money_of[0](client_ids) if _money_of and client_ids else {}


def clients_with_money(code: str) -> Collection[int]:
    """Ids of clients in a state; nobody while no domain tells."""
    return _money_having[0](code) if _money_having else ()


def debts_of(client_id: int) -> dict[int, int]:
    """Line → kopecks of its invoices not paid yet; empty while no domain tells."""
    return _debts[0](client_id) if _debts else {}


def let_go_of(line_ids: Collection[int]) -> None:
    """Free lines of what Pult put on them by itself: spend of their campaigns, forecasts."""
    for let_go in _let_go:
        let_go(line_ids)


def connect_contacts(last: LastContact) -> None:
    """`last(client)`, the client an outer reference, is when anybody talked to them last."""
    _last_contact[:] = [last]


def last_contact_of(client: Any) -> Any:
    """An expression to sort clients by; nothing while no domain tells."""
    return _last_contact[0](client) if _last_contact else Value(None, DateTimeField())
