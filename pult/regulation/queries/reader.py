"""The regulation reader: every clause, how loud it is, how it goes, and who owes what by it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q

from pult.kernel.models import Fact
from pult.regulation.evaluate.card import RUNNING_KINDS, Card
from pult.regulation.evaluate.reads import parameters_of
from pult.regulation.evaluate.table import BREACHES, Flag, Mode, State
from pult.regulation.labels import card_of, in_order, titles, wording_of
from pult.regulation.models import CardEdition, Obligation, ParameterValue
from pult.regulation.models.ledger import LIVE_STATES
from pult.regulation.parameters import SignedValue, histories, in_force
from pult.regulation.queries.asked import ALIVE
from pult.regulation.queries.loudness import ModeCell, modes_matrix
from pult.regulation.queries.rows import LedgerRow, clause_owed

Given = tuple[str, tuple[Any, ...]]  # a ready query of ids of clients, what its marks stand for
UNSIGNED = "SELECT clause FROM regulation_cardedition WHERE signed_at IS NULL"
# Grouped by the whole of the index `obligation_open`, its condition told word by word: SQLite then
# counts along it, and would otherwise walk the ledger, closed rows and all.
COUNTED = f"SELECT clause, mode, state, COUNT(*) FROM regulation_obligation WHERE {ALIVE}"


@dataclass(frozen=True)
class ClauseLine:
    """A clause in the list: `mode` is None for kinds that do not run; `live` counts open rows."""

    clause: str
    title: str
    wording: str
    kind: str
    file: str
    mode: Mode | None
    live: int
    overdue: int
    awaits_signature: bool
    is_planned: bool


@dataclass(frozen=True)
class ClauseUse:
    """How a clause fares: rows done in time, late or overdue, and what people said of them."""

    done: int
    late: int
    postponed: int
    disputed: int
    useless: int
    waived: int


@dataclass(frozen=True)
class ClausePage:
    """One clause whole: its card, numbers with their dates, editions, use and who owes now.

    `said` is every signed value by parameter; `modes` are those of the agency, then of the teams
    asked for."""

    line: ClauseLine
    card: Card
    parameters: tuple[SignedValue, ...]
    said: Mapping[str, list[ParameterValue]]
    editions: tuple[CardEdition, ...]
    modes: tuple[ModeCell, ...]
    use: ClauseUse
    owed: tuple[LedgerRow, ...]


def reader(
    *,
    given: Given | None = None,
    shadow: bool = False,
    cells: Collection[ModeCell] | None = None,
) -> list[ClauseLine]:
    """Every clause in the order of the pack, three queries whatever its size.

    Rows are counted over the clients `given` finds (None: all), those in shadow only for whoever
    may see them.
    `cells` are the modes when they have been read already.
    """
    counts = _asked_now(given, Mode.SHADOW if shadow else Mode.VISIBLE)
    cells = modes_matrix() if cells is None else cells
    modes = {cell.clause: cell.mode for cell in cells if cell.team == 0}
    with connection.cursor() as cursor:
        cursor.execute(UNSIGNED)
        unsigned = {clause for (clause,) in cursor.fetchall()}
    names = titles()
    return [_line(card, names, counts.get(card.clause, {}), modes, unsigned) for card in in_order()]


def _asked_now(given: Given | None, mode: Mode) -> dict[str, dict[str, int]]:
    """Clause → how many live rows and how many of them are overdue."""
    query, told = ("", ()) if given is None else (f" AND root_id IN ({given[0]})", given[1])
    with connection.cursor() as cursor:
        cursor.execute(f"{COUNTED}{query} GROUP BY clause, mode, state", told)
        rows = cursor.fetchall()
    found: dict[str, dict[str, int]] = {}
    for clause, loud, state, count in rows:
        if loud >= mode:
            counts = found.setdefault(clause, {"live": 0, "overdue": 0})
            counts["live"] += count
            counts["overdue"] += count * (state == State.OVERDUE)
    return found


def clause_page(
    clause: str,
    *,
    root_ids: Collection[int] | None = None,
    shadow: bool = False,
    teams: Collection[int] = (),
) -> ClausePage | None:
    """One clause for its page, None when there is no such clause; up to eight queries."""
    card = card_of(clause)
    if card is None:
        return None
    names = parameters_of(card)
    editions = tuple(
        CardEdition.objects.filter(clause=clause).select_related("signed_by").order_by("-id")
    )
    modes = tuple(cell for cell in modes_matrix(teams) if cell.clause == clause)
    states, mine = _tally(clause, root_ids, shadow)
    counts = {"live": sum(mine.values()), "overdue": mine.get(State.OVERDUE, 0)}
    unsigned = {clause for edition in editions if edition.signed_at is None}
    mode = {cell.clause: cell.mode for cell in modes if cell.team == 0}
    said = histories()
    return ClausePage(
        line=_line(card, titles(), counts, mode, unsigned),
        card=card,
        parameters=tuple(value for value in in_force(said=said) if value.name in names),
        said=said,
        editions=editions,
        modes=modes,
        use=_use(clause, states),
        owed=tuple(clause_owed(clause, root_ids=root_ids, shadow=shadow, limit=100)),
    )


def _tally(
    clause: str, root_ids: Collection[int] | None, shadow: bool
) -> tuple[dict[int, int], dict[int, int]]:
    """Rows of a clause by state: all that count for somebody, and the live ones of these clients
    that the reader may see."""
    mine = Q(state__in=LIVE_STATES, mode__gte=Mode.SHADOW if shadow else Mode.VISIBLE, closed=0)
    if root_ids is not None:
        mine &= Q(root_id__in=root_ids)
    rows = (
        Obligation.objects.filter(clause=clause)
        .alias(closed=F("flags").bitand(Flag.CLOSED))
        .values_list("state")
        .annotate(loud=Count("id", filter=Q(mode__gte=Mode.VISIBLE)), own=Count("id", filter=mine))
    )
    found = list(rows)
    return {state: loud for state, loud, _ in found}, {state: own for state, _, own in found if own}


def clause_use(clause: str) -> ClauseUse:
    """What has become of the clause's rows so far."""
    return _use(clause, _tally(clause, (), shadow=False)[0])


def _use(clause: str, states: Mapping[int, int]) -> ClauseUse:
    said = dict(
        Fact.objects.filter(kind__startswith="obligation.", key=clause)
        .exclude(state__in=("upheld", "rejected"))
        .values_list("kind")
        .annotate(Count("id"))
    )
    return ClauseUse(
        done=states.get(State.MET, 0),
        late=sum(states.get(state, 0) for state in BREACHES),
        postponed=said.get("obligation.postponed", 0),
        disputed=said.get("obligation.disputed", 0),
        useless=said.get("obligation.useless", 0),
        waived=states.get(State.WAIVED, 0),
    )


def _line(
    card: Card,
    clause_titles: dict[str, str],
    counts: Mapping[str, int],
    modes: Mapping[str, Mode],
    unsigned: set[str],
) -> ClauseLine:
    runs = card.kind in RUNNING_KINDS
    return ClauseLine(
        clause=card.clause,
        title=clause_titles.get(card.clause, card.clause),
        wording=wording_of(card),
        kind=card.kind,
        file=card.file,
        mode=modes.get(card.clause, Mode.SHADOW) if runs else None,
        live=counts.get("live", 0),
        overdue=counts.get("overdue", 0),
        awaits_signature=card.clause in unsigned,
        is_planned=bool(card.planned),
    )
