"""What this package shows but does not know: other domains are connected in `pult.wiring`."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import DateTimeField, Value

if TYPE_CHECKING:
    from pult.people.models import User


@dataclass(frozen=True)
class MoneyState:
    """How a client stands with money: a code to filter by, its label, kopecks, the day it ends."""

    code: str
    label: Any
    balance: int | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Known:
    """A line of what is known; `kind` and `id` name what it leads to, where it leads anywhere."""

    text: str
    kind: str = ""
    id: int = 0


@dataclass(frozen=True)
class Change:
    """A client changes hands: ids of who gives it and of who takes it."""

    giver_id: int
    receiver_id: int


MoneyOf = Callable[[Sequence[int]], dict[int, MoneyState]]
MoneyHaving = Callable[[str], Collection[int]]
Debts = Callable[[int], dict[int, int]]
LetGo = Callable[[Collection[int]], None]
LastContact = Callable[[Any], Any]
Covered = Callable[[int], tuple[int, int]]
Items = Callable[[Collection[int]], dict[int, dict[str, list["Known"]]]]
Move = Callable[["User", dict[int, "Change"]], None]

_money_of: list[MoneyOf] = []
_money_having: list[MoneyHaving] = []
_debts: list[Debts] = []
_let_go: list[LetGo] = []
_last_contact: list[LastContact] = []
_covered: list[Covered] = []
_items: list[Items] = []
_moves: list[Move] = []


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


def connect_handovers(
    covered: Covered | None = None, items: Items | None = None, move: Move | None = None
) -> None:
    """What handovers ask of other domains; each call adds.

    `covered(client)` tells (asked, came) in kopecks; `items(clients)` what a domain knows of the
    items of 2.1, as client → item → lines; `move(by, changes)` gives its own rows to the new
    manager, in the caller's transaction.
    """
    for kept, given in ((_covered, covered), (_items, items), (_moves, move)):
        if given is not None and given not in kept:
            kept.append(given)  # type: ignore[arg-type]


def covered(client_id: int) -> tuple[int, int]:
    """(asked, came) in kopecks; nothing while no domain tells."""
    return _covered[0](client_id) if _covered else (0, 0)


def items_known(client_ids: Collection[int]) -> dict[int, dict[str, list[Known]]]:
    """Client → item → lines that other domains know."""
    found: dict[int, dict[str, list[Known]]] = {pk: {} for pk in client_ids}
    for items in _items:
        for pk, told in items(client_ids).items():
            for code, lines in told.items():
                found[pk].setdefault(code, []).extend(lines)
    return found


def move_with(by: "User", changes: dict[int, Change]) -> None:
    """Tell every domain that these clients change hands."""
    for move in _moves:
        move(by, changes)
