"""What if the number were another: the agency's own year judged by a value not signed yet.

The same `evaluate` over the same facts. It assumes people would have behaved as they did; the
screen says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import gcd
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.regulation import registry
from pult.regulation.evaluate.build import take
from pult.regulation.evaluate.card import Amount, Card
from pult.regulation.evaluate.columns import Index
from pult.regulation.evaluate.parameters import FOLLOWS, Parameters
from pult.regulation.evaluate.table import Facts, ParameterValue
from pult.regulation.evaluate.whatif import (
    Change,
    Point,
    breaches,
    curve,
    difference,
    judged,
    turned_overdue,
)
from pult.regulation.index import parts
from pult.regulation.models import Obligation
from pult.regulation.parameters import AGENCY, Scope
from pult.regulation.providers import providers
from pult.regulation.queries.rows import LedgerRow, rows_from
from pult.regulation.registry import Regulation
from pult.regulation.sweep import current_facts

YEAR = 365 * 24 * 60
STEPS = 21
HOUR = 60
_kept: tuple[object, Index] | None = None
_signed: Parameters | None = None


class Whose(NamedTuple):
    """Clients a count is about: `roots` (None: all) but for those `without`."""

    roots: tuple[int, ...] | None = None
    without: tuple[int, ...] = ()


EVERYBODY = Whose()


@dataclass(frozen=True)
class ManagerChange:
    """What one manager's clients would gain and lose, and how many `rows` they would have;
    `user_id` 0 where nobody holds them."""

    user_id: int
    change: Change
    rows: int


@dataclass(frozen=True)
class Preview:
    """`current` is the value in force. `points`: rows and breaches for each value over the last
    year. `managers` and `turned`: what the proposed value would change, by person and today.
    `since` is the minute of the first fact counted; `happened` the breaches by the numbers that
    were in force at the time."""

    clause: str
    parameter: str
    current: int
    proposed: int
    points: tuple[Point, ...]
    managers: tuple[ManagerChange, ...]
    turned: tuple[LedgerRow, ...]
    since: int
    happened: int


def preview(clause: str, parameter: str, proposed: int, scope: Scope = AGENCY) -> Preview:
    """The consequences of another value of a card's number for the clients it would reach today:
    those of the scope without a number of their own. BadInput when the card has no such number."""
    regulation = registry.current()
    card, amount = _numbered(regulation, clause, parameter)
    needed = regulation.needed_for([clause])
    now = clock.to_minute(clock.now())
    index = year_index(regulation, card, now, _whose(regulation, parameter, scope, now))
    parameters = _as_before(regulation.parameters(needed))
    now = index.now
    current = _in_force(parameters, amount, now, scope)
    values = values_around(current, proposed)
    below = regulation.cards_of(needed - {clause})
    known = (index, parameters, regulation.calendars)
    points = curve(card, values, *known, now, amount, below)
    before, after = (judged(card, value, *known, amount, below) for value in (current, proposed))
    return Preview(
        clause=clause,
        parameter=parameter,
        current=current,
        proposed=proposed,
        points=tuple(points),
        managers=_by_manager(card, before, after, now),
        turned=tuple(_stored(clause, turned_overdue(before, after))),
        since=_first_asked(card, index),
        happened=int(breaches(judged(card, None, *known, amount, below)).sum()),
    )


def _first_asked(card: Card, index: Index) -> int:
    """When what the card asks about was first told of; now, where it never was."""
    told = [card.trigger and (card.trigger.word or card.trigger.since)]
    told += [card.cadence and card.cadence.act, card.gate and card.gate.acts]
    told += [card.forbidden and card.forbidden.act, card.monitor and card.monitor.measured]
    kinds = tuple(sorted({kind for word in told if word for kind in word.kinds}))
    places = index.places(kinds) if kinds else np.arange(len(index.facts.at))
    return int(index.facts.at[places].min(initial=index.now))


def values_around(current: int, proposed: int) -> list[int]:
    """The values of the curve, STEPS of them and evenly spaced, both numbers among them: from
    nothing up where a short step leads to both, else a stretch around them."""
    low, high = sorted((current, proposed))
    room, common = STEPS - 1, gcd(low, high)
    for step in range(1, max(1, high // 8) + 1):
        if common % step == 0 and high <= step * room:
            return [n * step for n in range(STEPS)]
    apart = high - low
    step = next(n for n in range(1, apart + 2) if apart <= n * room and apart % n == 0)
    first = max(low - (room - apart // step) // 2 * step, low % step)
    return [first + n * step for n in range(STEPS)]


def year_index(regulation: Regulation, card: Card, now: int, whose: Whose = EVERYBODY) -> Index:
    """Facts of the last year that the card, and the clauses it reads, read of these clients, and
    older states and dates that still hold.

    The last one is kept for an hour, until a fact of such a kind comes: a slider asks many times
    about one card.
    """
    global _kept
    snapshot, kinds = current_facts(), regulation.kinds_of(regulation.needed_for([card.clause]))
    made_of = (card, whose, snapshot.base, snapshot.newest_of(kinds), now // HOUR)
    if _kept is None or _kept[0] != made_of:
        facts = snapshot.everything(kinds)
        asked = (facts.at >= now - YEAR) | _lasting(facts)
        if whose.roots is not None:
            asked &= np.isin(facts.root, [0, *whose.roots])
        if whose.without:
            asked &= ~np.isin(facts.root, whose.without)
        _kept = made_of, Index(take(facts, np.flatnonzero(asked)), now)
    return _kept[1]


def _whose(regulation: Regulation, name: str, scope: Scope, now: int) -> Whose:
    """The clients that a number signed for this scope would reach today."""
    if scope[0] == "client":
        return Whose((scope[1],))
    said = [value for value in regulation.values if value.name == name and value.effective <= now]
    newest = {value.scope: value.value for value in sorted(said, key=_order)}
    own = {of for of, value in newest.items() if value != FOLLOWS}
    clients = {number for kind, number in own if kind == "client"}
    narrower = {number for kind, number in own if kind == "team"}
    if scope == AGENCY and not narrower:
        return Whose(None, tuple(sorted(clients)))
    teams = providers().teams(None)
    if scope == AGENCY:
        return Whose(None, tuple(sorted(clients | {r for r, t in teams.items() if t in narrower})))
    return Whose(tuple(sorted(r for r, t in teams.items() if t == scope[1] and r not in clients)))


def _order(value: ParameterValue) -> tuple[int, int, int]:
    return value.effective, value.recorded, value.id


def _as_before(parameters: Parameters) -> Parameters:
    """The same values as last time are the same object, so that what was prepared of them serves
    again."""
    global _signed
    if _signed != parameters:
        _signed = parameters
    return _signed


def _lasting(facts: Facts) -> np.ndarray:
    """Facts that say how things stand, however old: they carry a state or a predicted day."""
    plain = [code for code, name in enumerate(facts.states) if not name]
    return ~np.isin(facts.state, plain) | (facts.day >= 0)


def _numbered(regulation: Regulation, clause: str, parameter: str) -> tuple[Card, Amount]:
    cards = regulation.cards_of([clause])
    for card in sorted(cards, key=lambda card: -card.effective_from):
        for part in parts(card):
            if isinstance(part, Amount) and part.name == parameter:
                return card, part
    raise BadInput(
        _("Clause %(clause)s has no number “%(name)s”") % {"clause": clause, "name": parameter}
    )


def _in_force(parameters: Parameters, amount: Amount, now: int, scope: Scope) -> int:
    """The number that the scope's clients without one of their own have today."""
    kind, number = scope
    one = np.zeros(1, np.int64)
    root = one + number if kind == "client" else one
    if kind == "team":
        parameters = Parameters.of(parameters.values, {0: number})
    value, _source = parameters.amount(amount, one + now, "", one, root)
    return int(value[0])


def _by_manager(
    card: Card, before: np.ndarray, after: np.ndarray, now: int
) -> tuple[ManagerChange, ...]:
    holders = providers().holders(card.role, now, None)
    changes = difference(before, after, holders)
    rows: dict[int, int] = {}
    for root, count in zip(*np.unique(after["root"], return_counts=True), strict=True):
        user = holders.get(int(root), 0)
        rows[user] = rows.get(user, 0) + int(count)
    return tuple(ManagerChange(user, one, rows.get(user, 0)) for user, one in changes.items())


def _stored(clause: str, rows: np.ndarray, limit: int = 200) -> Sequence[LedgerRow]:
    """The ledger's own rows that stand behind evaluated ones, the soonest due first."""
    wanted = {(int(row["subject"]), int(row["key"]), int(row["part"])) for row in rows}
    roots = {int(row["root"]) for row in rows}
    found = Obligation.objects.filter(clause=clause, root_id__in=roots).order_by("due", "id")
    return [row for row in _rows(found) if (row.subject_id, row.row_key, row.part) in wanted][
        :limit
    ]


def _rows(found: Iterable[Obligation]) -> list[LedgerRow]:
    return rows_from(found)  # type: ignore[arg-type]
