"""What a first day of the regulation would ask, before anybody sets it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np

from pult.kernel import clock
from pult.regulation import registry
from pult.regulation.calendars import midnight
from pult.regulation.evaluate import evaluate
from pult.regulation.evaluate.columns import Index
from pult.regulation.evaluate.table import Ledger, ParameterValue, State
from pult.regulation.labels import clause_title
from pult.regulation.parameters import Scope
from pult.regulation.retro import IDENTITY, among
from pult.regulation.sweep import current_facts

LIVE = [State.FORECAST, State.OPEN, State.OVERDUE, State.VIOLATED]
LATE = [State.OVERDUE, State.VIOLATED]


@dataclass(frozen=True)
class Asked:
    """How many rows of a clause a first day would open, how many of them overdue, and how many of
    today's rows it would take away."""

    clause: str
    title: str
    opens: int
    overdue: int
    goes: int


def first_day_asks(*, on: date, scope: Scope) -> tuple[Asked, ...]:
    """The clauses whose rows a first day changes on its morning (now, for a day that has come).

    Everything is evaluated twice at that minute, with the day and without it: seconds in a large
    agency, so pages ask for it when somebody wants to see it.
    """
    regulation = registry.current()
    now = max(clock.to_minute(clock.now()), midnight(on))
    kinds = regulation.kinds_of(regulation.clauses)
    index = Index(current_facts().everything(kinds), now)
    said = ParameterValue(0, "go.live", midnight(on), 0, clock.to_minute(clock.now()), scope)
    before, after = (
        _live(evaluate(regulation.cards, index, each, regulation.calendars, now))
        for each in (regulation.parameters(), regulation.with_values(said).parameters())
    )
    opens, goes = after[~among(after, before, IDENTITY)], before[~among(before, after, IDENTITY)]
    clauses = [card.clause for card in regulation.cards]
    opened, gone = _by_clause(opens, clauses), _by_clause(goes, clauses)
    late = _by_clause(opens[np.isin(opens["state"], LATE)], clauses)
    return tuple(
        Asked(clause, clause_title(clause), opened[clause], late[clause], gone[clause])
        for clause in dict.fromkeys(clauses)
        if opened[clause] or gone[clause]
    )


def _live(ledger: Ledger) -> np.ndarray:
    return ledger.rows[np.isin(ledger.rows["state"], LIVE)]


def _by_clause(rows: np.ndarray, clauses: list[str]) -> Counter[str]:
    """Rows of each clause, whichever of its editions they are judged by."""
    return Counter(clauses[card] for card in rows["card"].tolist())
