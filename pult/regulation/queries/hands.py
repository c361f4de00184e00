"""What people did to rows and clauses: open disputes, exceptions in force, modes, go-live dates."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q, QuerySet

from pult.kernel import clock
from pult.regulation.difference import IDENTITY
from pult.regulation.evaluate.card import RUNNING_KINDS
from pult.regulation.evaluate.table import Mode, State
from pult.regulation.labels import in_order, titles
from pult.regulation.models import ClauseMode, Dispute, GoLive, Obligation, Waiver
from pult.regulation.modes import SHIPPED_MODE
from pult.regulation.providers import providers
from pult.regulation.queries.rows import LedgerRow, rows_from

# On every manager's day, hence ready SQL.
ANSWERED = """
    SELECT said.*, asker.full_name AS asker, judge.full_name AS judge
    FROM regulation_dispute AS said
    JOIN {people} AS asker ON asker.id = said.opened_by_id
    LEFT JOIN {people} AS judge ON judge.id = said.decided_by_id
    WHERE said.opened_by_id = %s AND said.decided_at >= %s AND said.decision <> ''
    ORDER BY said.decided_at DESC, said.id DESC
"""


@dataclass(frozen=True)
class DisputeItem:
    """A dispute with its row (None when the row is no more), of this deadline or of every one of
    its trigger. Proof is the person's own text."""

    id: int
    row: LedgerRow | None
    clause: str
    title: str
    proof: str
    opened_by: str
    opened_by_id: int
    opened_at: datetime
    decision: str
    answer: str
    decided_by: str
    every_deadline: bool
    client: str = ""
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class WaiverItem:
    """An exception: for what, until when (inclusive), who let it be and why. `used` counts the rows
    it has covered so far."""

    id: int
    clause: str
    title: str
    root_id: int
    client: str
    subject_type: str
    subject_id: int
    subject: str
    row_key: int
    until: date
    reason: str
    by: str
    at: datetime
    used: int


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


def disputes(
    *, is_open: bool = True, limit: int = 100, opened_by: int | None = None
) -> list[DisputeItem]:
    """Disputes to decide (or decided), the oldest (newest) first; those one person opened.

    Whoever opened one goes on reading it and its answer, the client's name with them, when the
    client is no longer theirs: they are owed the answer and have long read the name.
    """
    rows = _disputes()
    rows = rows.filter(decision="") if is_open else rows.exclude(decision="")
    if opened_by is not None:
        rows = rows.filter(opened_by=opened_by)
    found = list(rows.order_by("id" if is_open else "-decided_at")[:limit])
    ledger = _rows_of(found)
    return [
        _item(item, ledger.get(tuple(getattr(item, name) for name in IDENTITY))) for item in found
    ]


def disputes_to_decide() -> int:
    """How many disputes nobody has decided yet; those opened together are one."""
    waiting = Dispute.objects.filter(decision="").values_list(
        "opened_by", "opened_at", "proof", "every_deadline", "pk"
    )
    return len({(*said, 0 if every else pk) for *said, every, pk in waiting})


def disputes_of(row: LedgerRow) -> list[DisputeItem]:
    """What was ever disputed of a row or of another deadline of its subject, the oldest first."""
    same = ("clause", "subject_type", "subject_id", "row_key")
    found = _disputes().filter(**{name: getattr(row, name) for name in same})
    return [_item(item, row) for item in found.order_by("id")]


def answers_to(user_id: int, since: datetime) -> list[DisputeItem]:
    """What was decided since then about disputes this person opened, the newest first; those
    opened together were answered together and are told once. One query: clients are not named."""
    bound = connection.ops.adapt_datetimefield_value(since)
    rows = Dispute.objects.raw(ANSWERED.format(people=_people()), [user_id, bound])
    first: dict[tuple[int, datetime], DisputeItem] = {}
    for item in rows:
        told = _item(item, None, item.asker, item.judge)
        known = first.setdefault((item.root_id, item.opened_at), told)
        if told.clause not in known.clauses:
            first[item.root_id, item.opened_at] = replace(
                known, clauses=(told.clause, *known.clauses)
            )
    return list(first.values())


def _people() -> str:
    """The table of people: this package knows no more of them."""
    return str(Dispute._meta.get_field("opened_by").related_model._meta.db_table)


def _disputes() -> QuerySet[Dispute]:
    return Dispute.objects.select_related("opened_by", "decided_by")


def _item(
    item: Dispute, row: LedgerRow | None, opened_by: str = "", decided_by: str = ""
) -> DisputeItem:
    return DisputeItem(
        id=item.pk,
        row=row,
        clause=item.clause,
        title=titles().get(item.clause, item.clause),
        clauses=(item.clause,),
        proof=item.proof,
        opened_by=opened_by or str(item.opened_by),
        opened_by_id=item.opened_by_id,
        opened_at=item.opened_at,
        decision=item.decision,
        answer=item.answer,
        decided_by=decided_by or (str(item.decided_by) if item.decided_by else ""),
        every_deadline=item.every_deadline,
        client=row.client if row else "",
    )


def _rows_of(found: Collection[Dispute]) -> dict[tuple[object, ...], LedgerRow]:
    if not found:
        return {}
    rows: QuerySet[Obligation] = Obligation.objects.filter(
        root_id__in={item.root_id for item in found}, clause__in={item.clause for item in found}
    )
    return {row.identity: row for row in rows_from(rows)}


def waived_now(clause: str, *, root_ids: Collection[int] | None = None) -> int:
    """How many exceptions to a clause are in force today."""
    rows = Waiver.objects.filter(clause=clause, until__gte=clock.today(settings.TIME_ZONE))
    return (rows if root_ids is None else rows.filter(root_id__in=root_ids)).count()


def is_waived(clause: str, root_id: int, subject_type: str, subject_id: int) -> bool:
    """Whether an exception from a clause is in force today for this subject or its client."""
    whom = Q(subject_type=subject_type, subject_id=subject_id)
    whom |= Q(subject_type="client", subject_id=root_id)
    rows = Waiver.objects.filter(whom, clause=clause, root_id=root_id)
    return rows.filter(until__gte=clock.today(settings.TIME_ZONE)).exists()


def waivers(*, root_id: int | None = None) -> list[WaiverItem]:
    """Exceptions in force today, those that end soonest first."""
    rows = Waiver.objects.filter(until__gte=clock.today(settings.TIME_ZONE)).select_related("by")
    if root_id is not None:
        rows = rows.filter(root_id=root_id)
    found = list(rows.order_by("until", "id"))
    subjects = {("client", row.root_id) for row in found}
    subjects |= {(row.subject_type, row.subject_id) for row in found}
    labels, names = providers().names(subjects) if subjects else {}, titles()
    used = _waived_rows(found)
    return [
        WaiverItem(
            id=row.pk,
            clause=row.clause,
            title=names.get(row.clause, row.clause),
            root_id=row.root_id,
            client=labels.get(("client", row.root_id), ""),
            subject_type=row.subject_type,
            subject_id=row.subject_id,
            subject=labels.get((row.subject_type, row.subject_id), ""),
            row_key=row.row_key,
            until=row.until,
            reason=row.reason,
            by=str(row.by),
            at=row.at,
            used=used.get((row.clause, row.root_id), 0),
        )
        for row in found
    ]


def _waived_rows(found: Collection[Waiver]) -> dict[tuple[str, int], int]:
    if not found:
        return {}
    rows = Obligation.objects.filter(
        state=State.WAIVED,
        root_id__in={row.root_id for row in found},
        clause__in={row.clause for row in found},
    )
    counted = rows.values_list("clause", "root_id").annotate(Count("id"))
    return {(clause, root): count for clause, root, count in counted}


def modes_matrix(teams: Collection[int] = ()) -> list[ModeCell]:
    """Every running clause × (agency, then these teams), in the pack's order."""
    today = clock.today(settings.TIME_ZONE)
    said: dict[tuple[str, int], list[ClauseMode]] = {}
    for row in ClauseMode.objects.order_by("since", "recorded_at", "id"):
        said.setdefault((row.clause, row.team_id), []).append(row)
    cards = [card for card in in_order() if card.kind in RUNNING_KINDS]
    names = titles()
    return [
        _cell(card.clause, names[card.clause], team, said, today)
        for card in cards
        for team in (0, *teams)
    ]


def _cell(
    clause: str,
    title: str,
    team: int,
    said: dict[tuple[str, int], list[ClauseMode]],
    today: date,
) -> ModeCell:
    own = said.get((clause, team), ())
    past = [row for row in own if row.since <= today]
    rows = past or [row for row in said.get((clause, 0), ()) if row.since <= today]
    newest = rows[-1] if rows else None
    return ModeCell(
        clause=clause,
        title=title,
        team=team,
        mode=Mode(newest.mode) if newest else SHIPPED_MODE,
        since=newest.since if newest else None,
        inherited=not past and team != 0,
        planned=tuple((row.since, Mode(row.mode)) for row in own if row.since > today),
    )


def go_lives() -> list[GoLive]:
    """Every go-live date said so far, the newest first; the newest of a scope is in force."""
    return list(GoLive.objects.select_related("by").order_by("-recorded_at", "-id"))
