"""The rows a day is made of: due within the week, neither put off nor passed to somebody else."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from pult.regulation.calendars import local_day
from pult.regulation.evaluate.table import State
from pult.regulation.queries.asked import PLAIN, Asked, day_kept
from pult.regulation.queries.rows import COLUMNS, KeptRow, act_key
from pult.regulation.queries.tally import FLAGS, MANY, Tally, band_of_flags, tally


class Said(NamedTuple):
    """Who put a row off, and until when."""

    by: int
    until: date


@dataclass(frozen=True)
class Passed:
    """Subjects whose `act` has been begun and is with somebody else now; `of_clauses` names those
    of the clauses that what was begun may not be good for."""

    act: str
    subject_type: str
    subjects: Collection[int]
    of_clauses: Mapping[str, Collection[int]] = field(default_factory=dict)

    def holds(self, row: KeptRow) -> bool:
        """Whether what the row asks for is with somebody else."""
        return (
            row.act == self.act
            and row.subject_type == self.subject_type
            and row.subject_id in self.of_clauses.get(row.clause, self.subjects)
        )


@dataclass(frozen=True)
class Found:
    """The rows a day is made of, by due date, how many acts are hidden and rows due later;
    `put_off` says it of the rows of an overseer that are not hidden, among others."""

    near: list[KeptRow]
    passed: list[KeptRow]
    hidden: int
    later: int
    tally: Tally | None = None
    put_off: Mapping[tuple[Any, ...], Said] = field(default_factory=dict)


def found_among(
    asked: Asked,
    minute: int,
    week_end: int,
    budget: int,
    *,
    whole: str = "",
    passed: Passed | None = None,
    overseer: int = 0,
) -> Found:
    """All rows of one's own clients; of the whole agency those of the clients to be shown, with
    the band `whole` of rows set aside for those of every client in it. What others put off and is
    overdue stays in the day of an `overseer`."""
    said = _postponed(asked.roots, local_day(minute))
    near = ("due <= %s", week_end)
    if asked.roots is None:
        put_off = _hidden(asked, near, said, overseer)
        hidden = [row.id for row in put_off]
        elsewhere = _elsewhere(asked, near, passed, hidden)
        asked = asked._replace(without=tuple(sorted({*hidden, *(row.id for row in elsewhere)})))
        counted = tally(asked, minute, week_end, budget)
        roots = {*counted.first, *_in_band(asked, near, whole)}
        rows = _read(asked._replace(roots=tuple(roots)), near)
        return Found(rows, elsewhere, _acts(put_off), counted.later, counted, said)
    rows = _read(asked, near)
    seen = [row for row in rows if row.identity not in said]
    elsewhere = [row for row in seen if passed and _is_elsewhere(row, passed)]
    away = {row.id for row in elsewhere}
    later = asked.find("count(*)", ("due > %s", week_end))
    return Found(
        near=[row for row in seen if row.id not in away],
        passed=elsewhere,
        hidden=_acts(row for row in rows if row.identity in said),
        later=later[0][0] if later else 0,
    )


def _in_band(asked: Asked, near: tuple[str, int], band: str) -> list[int]:
    """The clients that have a band of rows set aside, the earliest due on top."""
    if band not in FLAGS:
        return []
    flagged = (f"(flags & {FLAGS[band].value}) <> 0", None)
    found = asked.find(
        "root_id", near, flagged, group="root_id", order="min(due), root_id", limit=MANY
    )
    return [root for (root,) in found]


def _read(asked: Asked, *more: tuple[str, Any]) -> list[KeptRow]:
    return [KeptRow._make(row) for row in asked.find(COLUMNS, *more, order="due, id")]


def _postponed(roots: Collection[int] | None, today: date) -> dict[tuple[Any, ...], Said]:
    """What names the rows of these clients that somebody put off → who did, till when."""
    if roots is not None and not roots:
        return {}
    mine = "" if roots is None else f" AND root_id IN ({', '.join(['%s'] * len(roots))})"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT clause, part, subject_type, subject_id, row_key, by_id, until"
            f" FROM regulation_postponement WHERE until > %s{mine}",
            [today, *(roots or ())],
        )
        return {row[:5]: Said(row[5], day_kept(row[6])) for row in cursor.fetchall()}


def _acts(rows: Iterable[KeptRow]) -> int:
    return len({act_key(row) for row in rows})


def _hidden(
    asked: Asked, near: tuple[str, int], said: dict[tuple[Any, ...], Said], overseer: int
) -> list[KeptRow]:
    """The rows that somebody put off, but for those an overseer is to see all the same."""
    if not said:
        return []
    clauses, subjects = zip(*{(key[0], key[3]) for key in said}, strict=True)
    found = _read(
        asked,
        near,
        ("clause IN (%s)", tuple(set(clauses))),
        ("subject_id IN (%s)", tuple(set(subjects))),
    )
    return [
        row
        for row in found
        if row.identity in said and not stays(row.state, said[row.identity].by, overseer)
    ]


def stays(state: int, by: int, overseer: int) -> bool:
    """Whether a row that `by` put off is in the day of this overseer (0: of nobody's) after all."""
    return bool(overseer) and state == State.OVERDUE and by != overseer


def _elsewhere(
    asked: Asked, near: tuple[str, int], passed: Passed | None, hidden: Collection[int]
) -> list[KeptRow]:
    """The rows that wait for somebody else, and that nothing else excuses."""
    if passed is None or not (passed.subjects or passed.of_clauses):
        return []
    found = _read(
        asked._replace(without=tuple(hidden)),
        near,
        (PLAIN, None),
        ("act = %s", passed.act),
        ("subject_type = %s", passed.subject_type),
        ("subject_id IN (%s)", tuple({*passed.subjects}.union(*passed.of_clauses.values()))),
    )
    return [row for row in found if passed.holds(row)]


def _is_elsewhere(row: KeptRow, passed: Passed) -> bool:
    return passed.holds(row) and not band_of_flags(row.flags)
