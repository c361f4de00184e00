"""Rows of the ledger as pages show them: dates instead of minutes, names instead of ids."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from pult.kernel import clock
from pult.kernel.errors import NotVisible
from pult.regulation.difference import IDENTITY
from pult.regulation.evaluate.table import BREACHES, NEVER, NONE, Flag, Mode, State
from pult.regulation.labels import titles
from pult.regulation.models import Obligation, Transition
from pult.regulation.models.ledger import ALIVE
from pult.regulation.providers import Subject, providers
from pult.regulation.queries import asked
from pult.regulation.queries.asked import day_kept

LONGEST = 500
Known = Mapping[Subject, str]


class KeptRow(NamedTuple):
    """A row as the ledger keeps it: whole minutes, -1 and far ones for "none", ids for names."""

    id: int
    clause: str
    part: int
    subject_type: str
    subject_id: int
    row_key: int
    root_id: int
    role: str
    act: str
    state: int
    flags: int
    mode: int
    opened_at: int
    soft_due: int
    due: int
    evidence_fact: int
    evidence_at: int
    need: int
    done: int
    calendar_version: int

    @property
    def identity(self) -> tuple[Any, ...]:
        return self[1:6]


COLUMNS = ", ".join(KeptRow._fields)


@dataclass(frozen=True)
class LedgerRow:
    """One obligation. `client` and `subject` are names; `flags` are bits of `Flag`. `put_off`, the
    day until which somebody put it off, is told by `client_obligations` alone."""

    id: int
    clause: str
    title: str
    part: int
    subject_type: str
    subject_id: int
    row_key: int
    subject: str
    root_id: int
    client: str
    role: str
    act: str
    state: State
    flags: int
    mode: Mode
    opened_at: datetime | None
    soft_due: datetime | None
    due: datetime | None
    evidence_fact: int
    evidence_at: datetime | None
    need: int
    done: int
    calendar_version: int
    put_off: date | None = None

    def has(self, flag: Flag) -> bool:
        return bool(self.flags & flag)

    @property
    def is_breach(self) -> bool:
        return self.state in BREACHES

    @property
    def counts(self) -> bool:
        """Whether it is a breach that may count for somebody: loud enough, undisputed, with data
        and with fair notice."""
        excused = Flag.DISPUTED | Flag.NO_DATA | Flag.SHORT_NOTICE
        return self.is_breach and self.mode >= Mode.VISIBLE and not self.flags & excused

    @property
    def waits_client(self) -> bool:
        return self.has(Flag.WAITS_CLIENT)

    @property
    def is_disputed(self) -> bool:
        return self.has(Flag.DISPUTED)

    @property
    def has_no_data(self) -> bool:
        return self.has(Flag.NO_DATA)

    @property
    def is_paused(self) -> bool:
        return self.has(Flag.PAUSED)

    @property
    def is_provisional(self) -> bool:
        return self.has(Flag.PROVISIONAL)

    @property
    def identity(self) -> tuple[str, int, str, int, int]:
        return self.clause, self.part, self.subject_type, self.subject_id, self.row_key


@dataclass(frozen=True)
class Step:
    """One transition of a row: when it was known, from what to what, by which cause."""

    known_at: datetime
    from_state: State | None
    to_state: State | None
    due: datetime | None
    cause: str
    cause_fact: int
    edition_id: int
    parameter_value: int
    calendar_version: int


def moment(minute: int) -> datetime | None:
    """An instant of the ledger as a datetime; None for "none" and "never"."""
    return None if minute == NONE or minute >= NEVER else clock.from_minute(minute)


def live(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Those an act can still change: open or overdue, their period not over."""
    return rows.filter(ALIVE)


def rows_from(
    queryset: QuerySet[Obligation], known: Known = MappingProxyType({})
) -> list[LedgerRow]:
    """The rows of a query with the names of their clients and subjects, two lookups in all; none
    for what the caller knows already."""
    return _told(list(queryset.values_list(*KeptRow._fields)), known)


def _told(found: list[tuple[Any, ...]], known: Known) -> list[LedgerRow]:
    unknown = subjects_of(found) - known.keys()
    return named(found, {**known, **providers().names(unknown)} if unknown else known)


def subjects_of(found: Iterable[tuple[Any, ...]]) -> set[Subject]:
    """Whom these rows (columns of KeptRow) are about and whose they are."""
    return {about for row in found for about in (("client", row[6]), (row[3], row[4]))}


def named(found: Iterable[tuple[Any, ...]], labels: Known) -> list[LedgerRow]:
    """Rows read as columns of KeptRow, with their names of `labels`."""
    by_clause = titles()
    return [_row(row, labels, by_clause) for row in found]


def _row(
    row: tuple[Any, ...], labels: Mapping[Subject, str], by_clause: Mapping[str, str]
) -> LedgerRow:
    (pk, clause, part, kind, subject, key, root, role, act, state, flags, mode) = row[:12]
    (opened, soft, due, evidence, evident, need, done, calendar) = row[12:]
    return LedgerRow(
        id=pk,
        clause=clause,
        title=by_clause.get(clause, clause),
        part=part,
        subject_type=kind,
        subject_id=subject,
        row_key=key,
        subject=labels.get((kind, subject), ""),
        root_id=root,
        client=labels.get(("client", root), ""),
        role=role,
        act=act,
        state=State(state),
        flags=flags,
        mode=Mode(mode),
        opened_at=moment(opened),
        soft_due=moment(soft),
        due=moment(due),
        evidence_fact=evidence,
        evidence_at=moment(evident),
        need=need,
        done=done,
        calendar_version=calendar,
    )


def obligation(obligation_id: int) -> LedgerRow:
    """One row; NotVisible when there is none (whose it is, the caller checks)."""
    rows = rows_from(Obligation.objects.filter(pk=obligation_id))
    if not rows:
        raise NotVisible("")
    return rows[0]


def client_obligations(
    root_id: int,
    *,
    shadow: bool = False,
    closed: bool = False,
    limit: int = LONGEST,
    known: Known = MappingProxyType({}),
) -> list[LedgerRow]:
    """A client's rows by due date: live ones, with `closed` also what became of the others.

    `shadow` includes what only the head may see; `known` are names the caller has at hand.
    """
    which = "" if closed else f" AND {asked.ALIVE}"
    order = "due DESC, id" if closed else "due, id"
    with connection.cursor() as cursor:  # on every tab of a client: the ORM would cost more than it
        cursor.execute(
            f"SELECT {COLUMNS}, ({asked.PUT_OFF}) FROM regulation_obligation AS row"
            f" WHERE root_id = %s AND mode >= %s{which} ORDER BY {order} LIMIT %s",
            [clock.today(settings.TIME_ZONE), root_id, _loudness(shadow), limit],
        )
        found = cursor.fetchall()
    pairs = zip(_told([row[:-1] for row in found], known), found, strict=True)
    return [replace(row, put_off=day_kept(kept[-1])) if kept[-1] else row for row, kept in pairs]


def clause_owed(
    clause: str,
    *,
    root_ids: Collection[int] | None = None,
    shadow: bool = False,
    limit: int = LONGEST,
) -> list[LedgerRow]:
    """Who owes what by this clause now, the most urgent first."""
    rows = live(Obligation.objects.filter(clause=clause, mode__gte=_loudness(shadow)))
    if root_ids is not None:
        rows = rows.filter(root_id__in=root_ids)
    return rows_from(rows.order_by("due", "id")[:limit])


def breaches(since: int, until: int, *, root_ids: Collection[int] | None = None) -> list[LedgerRow]:
    """Breaches due in [since, until) minutes that count for somebody."""
    rows = Obligation.objects.filter(
        state__in=BREACHES, due__gte=since, due__lt=until, mode__gte=Mode.VISIBLE
    )
    if root_ids is not None:
        rows = rows.filter(root_id__in=root_ids)
    return [row for row in rows_from(rows.order_by("due", "id")) if row.counts]


def count_acts(rows: Iterable[LedgerRow]) -> int:
    """How many acts these rows ask for: rows discharged by one act of one role on one client on
    one day count once."""
    return len({(*act_key(row), row.due.date() if row.due else None) for row in rows})


def act_key(row: Any) -> tuple[Any, ...]:
    """What makes rows one: the same act by the same role for the same client."""
    if row.act:
        return row.root_id, row.role, row.act
    return row.root_id, row.role, *row.identity


def steps(row: LedgerRow) -> list[Step]:
    """What became of a row, oldest first."""
    found = Transition.objects.filter(**dict(zip(IDENTITY, row.identity, strict=True)))
    return [
        Step(
            known_at=clock.from_minute(step.known_at),
            from_state=None if step.from_state < 0 else State(step.from_state),
            to_state=None if step.to_state < 0 else State(step.to_state),
            due=moment(step.due),
            cause=step.cause,
            cause_fact=step.cause_fact,
            edition_id=step.edition_id,
            parameter_value=step.parameter_value,
            calendar_version=step.calendar_version,
        )
        for step in found.order_by("id")
    ]


def _loudness(shadow: bool) -> Mode:
    return Mode.SHADOW if shadow else Mode.VISIBLE
