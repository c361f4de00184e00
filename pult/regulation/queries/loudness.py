"""How loud each clause is: for the agency and its teams."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db import connection

from pult.kernel import clock
from pult.regulation.evaluate.card import RUNNING_KINDS
from pult.regulation.evaluate.table import Mode
from pult.regulation.labels import in_order, titles
from pult.regulation.modes import SHIPPED_MODE
from pult.regulation.queries.asked import day_kept

SAID = """
    SELECT clause, team_id, mode, since FROM regulation_clausemode ORDER BY since, recorded_at, id
"""


@dataclass(frozen=True)
class ModeCell:
    """How loud a clause is for a team today (team 0: the agency), since when, and what comes.

    `inherited`: the team has no mode of its own.
    """

    clause: str
    title: str
    team: int
    mode: Mode
    since: date | None
    inherited: bool
    planned: tuple[tuple[date, Mode], ...]


def modes_matrix(teams: Collection[int] = ()) -> list[ModeCell]:
    """Every running clause × (agency, then these teams), in the pack's order. One query."""
    with connection.cursor() as cursor:
        cursor.execute(SAID)
        said = tuple(cursor.fetchall())
    names = titles()
    named = tuple(
        (card.clause, names[card.clause]) for card in in_order() if card.kind in RUNNING_KINDS
    )
    return list(_matrix(named, (0, *teams), said, clock.today(settings.TIME_ZONE)))


@lru_cache(maxsize=32)
def _matrix(
    named: tuple[tuple[str, str], ...],
    teams: tuple[int, ...],
    rows: tuple[tuple[str, int, int, date | str], ...],
    today: date,
) -> tuple[ModeCell, ...]:
    """Put together once for all that it says: modes change a few times a year."""
    said: dict[tuple[str, int], list[tuple[Mode, date]]] = {}
    for clause, team, mode, since in rows:
        said.setdefault((clause, team), []).append((Mode(mode), day_kept(since)))
    return tuple(
        _cell(clause, title, team, said, today) for clause, title in named for team in teams
    )


def _cell(
    clause: str,
    title: str,
    team: int,
    said: Mapping[tuple[str, int], Sequence[tuple[Mode, date]]],
    today: date,
) -> ModeCell:
    own = said.get((clause, team), ())
    past = [told for told in own if told[1] <= today]
    rows = past or [told for told in said.get((clause, 0), ()) if told[1] <= today]
    mode, since = rows[-1] if rows else (SHIPPED_MODE, None)
    return ModeCell(
        clause=clause,
        title=title,
        team=team,
        mode=mode,
        since=since,
        inherited=not past and team != 0,
        planned=tuple((since, mode) for mode, since in own if since > today),
    )
