"""Ladders: who hears of an overdue row, when. Derived from card, row and clock; only what was sent
is stored, so that the same rung of the same row and due is never sent twice.

Nothing is sent for shadow clauses, disputed rows or rows without data, nor outside working hours,
nor beyond what a person may be interrupted with in a day: the rest waits for the next tick.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from pult.kernel import clock
from pult.kernel.calendar import BusinessCalendar
from pult.kernel.facts import acting, record
from pult.regulation import registry
from pult.regulation.calendars import local_day, midnight
from pult.regulation.difference import IDENTITY
from pult.regulation.evaluate.card import Amount, Rung
from pult.regulation.evaluate.table import Flag, Mode, State
from pult.regulation.index import in_force
from pult.regulation.models import EscalationSent, Obligation
from pult.regulation.parameters import number
from pult.regulation.providers import Notice, providers
from pult.regulation.queries.rows import LedgerRow, act_key, live, rows_from

INTERRUPTIONS = ("noise.interruptions", 3)
SILENT = Flag.DISPUTED | Flag.NO_DATA | Flag.CLOSED
AGENCY = 0
RAISED = 200  # rows of a ladder one page reads
LATEST = timedelta(days=60)  # a breach older than this interrupts nobody any more


@dataclass(frozen=True)
class Due:
    """A rung whose time has come for a row."""

    row: LedgerRow
    rung: int
    role: str
    at: int


def escalate(now: datetime | None = None) -> int:
    """Send what is due and may be sent now; returns how many notices went out.

    What is kept as sent and what is handed to `notify` stand or fall together, under the agency's
    lock: two workers cannot both send a rung, and a failure leaves it to the next tick.
    """
    minute = clock.to_minute(now or clock.now())
    calendar = registry.current().calendars.newest(0)
    if calendar.next_working_minute(minute) != minute or not due_rungs(minute):
        return 0
    with acting(AGENCY):
        due = due_rungs(minute)
        notices = _affordable(_notices(due, minute), minute)
        chosen = {(notice.obligation_id, notice.rung): notice for notice in notices}
        moment = clock.now()
        EscalationSent.objects.bulk_create(
            _sent(item, chosen[item.row.id, item.rung], moment)
            for item in due
            if (item.row.id, item.rung) in chosen
        )
        firsts = _one_an_act(due, chosen)
        for notice in firsts:
            _note(notice)
        providers().notify(firsts)
    return len(firsts)


def _note(notice: Notice) -> None:
    """The fact that carries a notice outside, through the outbox, once the transaction stands."""
    record(
        "escalation.sent",
        root_id=AGENCY,
        refs={"client": notice.root_id} | {"person": notice.recipient_id},
        by=None,
        key=notice.clause,
        value=notice.rung,
        payload={"role": notice.role, "row": notice.obligation_id, "due": notice.due},
    )


def due_rungs(minute: int) -> list[Due]:
    """Every rung that should have been sent by `minute` and was not, the oldest due first."""
    earliest = minute - int(LATEST.total_seconds()) // 60
    rows = Obligation.objects.filter(
        state=State.OVERDUE, mode=Mode.ESCALATING, due__gte=earliest, due__lt=minute
    )
    found = [row for row in rows_from(rows.order_by("due", "id")) if not row.flags & SILENT]
    ladders = _ladders(minute)
    sent = _already_sent(found)
    calendar = registry.current().calendars.newest(0)
    return [
        Due(row, place, rung.role, at)
        for row in found
        for place, rung in enumerate(ladders.get(row.clause, ()))
        if (at := rung_at(calendar, _minute(row), rung)) <= minute
        and (row.identity, place, _minute(row)) not in sent
    ]


def rung_at(calendar: BusinessCalendar, due: int, rung: Rung) -> int:
    """The working minute at which a rung's time has come; on the same clock as the deadline."""
    return int(calendar.next_working_minute(_later(calendar, due, rung.amount)))


def raised_to(user_id: int, roles: Collection[str], minute: int) -> list[LedgerRow]:
    """Overdue rows whose ladder has come to this person by `minute`, the latest due first.

    A page interrupts nobody: it does not wait for working hours, nor for a notice to be sent.
    """
    newest = _latest_dues(roles, minute)
    if not newest:
        return []
    reached = Q()
    for clause, due in newest.items():
        reached |= Q(named=clause, due__lt=due)
    # The wrapped clause changes nothing and leads SQLite to live rows by their day, not through
    # every overdue row of every clause.
    rows = live(
        Obligation.objects.alias(named=Coalesce("clause", Value(""))).filter(
            reached,
            state=State.OVERDUE,
            mode=Mode.ESCALATING,
            due__gte=minute - int(LATEST.total_seconds()) // 60,
        )
    )
    found = [
        row for row in rows_from(rows.order_by("-due", "id")[:RAISED]) if not row.flags & SILENT
    ]
    return _of_holder(found, user_id, roles, minute) if found else []


def _latest_dues(roles: Collection[str], minute: int) -> dict[str, int]:
    """Clause → the instant before which a row is due that has come to one of these roles."""
    calendar = registry.current().calendars.newest(0)
    found: dict[str, int] = {}
    for clause, ladder in _ladders(minute).items():
        reached = [_reached(calendar, minute, rung.amount) for rung in ladder if rung.role in roles]
        if reached:
            found[clause] = max(reached)
    return found


def _reached(calendar: BusinessCalendar, minute: int, amount: Amount) -> int:
    """The instant before which a row must be due for `amount` to have passed by `minute`."""
    if amount.value == 0:
        return minute
    if amount.unit == "wd":
        last = calendar.add_workdays(calendar.day_of(minute) + 1, -1)  # today, if one works
        if calendar.day_end(last) > minute:
            last = calendar.add_workdays(last, -1)
        return int(calendar.midnight(calendar.add_workdays(last + 1, -amount.value)))
    if amount.unit in ("bh", "bmin"):
        return int(calendar.add(minute, -amount.value * (60 if amount.unit == "bh" else 1)))
    return minute - amount.value * 24 * 60


def _of_holder(
    rows: list[LedgerRow], user_id: int, roles: Collection[str], minute: int
) -> list[LedgerRow]:
    """Those whose client this person holds in a role of the ladder, or stands in for its holder."""
    ladders = _ladders(minute)
    wanted = {rung.role for row in rows for rung in ladders[row.clause]} & set(roles)
    roots = {row.root_id for row in rows}
    held = {role: providers().holders(role, minute, roots) for role in wanted}
    away = providers().stand_ins(
        {user for found in held.values() for user in found.values()}, minute
    )
    return [
        row
        for row in rows
        if any(
            user_id in (holder, away.get(holder))
            for rung in ladders[row.clause]
            if (holder := held.get(rung.role, {}).get(row.root_id))
            and _later(registry.current().calendars.newest(0), _minute(row), rung.amount) <= minute
        )
    ]


def escalated_to(recipient_id: int, limit: int = 50) -> list[LedgerRow]:
    """Rows somebody was told of that are still overdue, the latest notice first."""
    sent = EscalationSent.objects.filter(recipient_id=recipient_id).order_by("-sent_at", "-id")
    wanted = list(dict.fromkeys(sent.values_list(*IDENTITY, "root_id")[: limit * 2]))
    if not wanted:
        return []
    rows = Obligation.objects.filter(
        root_id__in={key[-1] for key in wanted},
        clause__in={key[0] for key in wanted},
        state=State.OVERDUE,
    )
    found = {row.identity: row for row in rows_from(rows)}
    return [found[key[:-1]] for key in wanted if key[:-1] in found][:limit]


def _later(calendar: BusinessCalendar, due: int, amount: Amount) -> int:
    value = amount.value
    if value == 0:
        return due
    if amount.unit == "wd":
        return int(calendar.day_end(calendar.add_workdays(calendar.day_of(due), value)))
    if amount.unit in ("bh", "bmin"):
        return int(calendar.add(due, value * (60 if amount.unit == "bh" else 1)))
    return due + value * 24 * 60


def _ladders(minute: int) -> dict[str, tuple[Rung, ...]]:
    cards = in_force(registry.current().cards, minute)
    return {clause: card.ladder for clause, card in cards.items()}


def _already_sent(rows: Collection[LedgerRow]) -> set[tuple[object, int, int]]:
    if not rows:
        return set()
    sent = EscalationSent.objects.filter(
        due__gte=min(map(_minute, rows)), clause__in={row.clause for row in rows}
    ).values_list(*IDENTITY, "rung", "due")
    return {(key[:-2], *key[-2:]) for key in sent}


def _minute(row: LedgerRow) -> int:
    assert row.due is not None
    return clock.to_minute(row.due)


def _notices(due: list[Due], minute: int) -> list[Notice]:
    """A notice for each rung whose role somebody holds for the client; who stands in for an absent
    holder hears in their place."""
    holders = {
        role: providers().holders(role, minute, {item.row.root_id for item in due})
        for role in {item.role for item in due}
    }
    everybody = {user for held in holders.values() for user in held.values()}
    stand_in = providers().stand_ins(everybody, minute)
    return [
        Notice(
            recipient_id=stand_in.get(holder, holder),
            role=item.role,
            obligation_id=item.row.id,
            root_id=item.row.root_id,
            clause=item.row.clause,
            rung=item.rung,
            due=_minute(item.row),
        )
        for item in due
        if (holder := holders[item.role].get(item.row.root_id))
    ]


def _affordable(notices: list[Notice], minute: int) -> list[Notice]:
    """Within each recipient's daily interruptions; all that concerns one client costs one."""
    budget = number(*INTERRUPTIONS)
    today = clock.from_minute(midnight(local_day(minute)))
    told: dict[int, set[int]] = {}
    sent = EscalationSent.objects.filter(sent_at__gte=today)
    for recipient, root in sent.values_list("recipient_id", "root_id").distinct():
        told.setdefault(recipient, set()).add(root)
    kept = []
    for notice in notices:
        clients = told.setdefault(notice.recipient_id, set())
        if notice.root_id in clients or len(clients) < budget:
            clients.add(notice.root_id)
            kept.append(notice)
    return kept


def _one_an_act(due: list[Due], chosen: dict[tuple[int, int], Notice]) -> list[Notice]:
    firsts: dict[object, Notice] = {}
    for item in due:
        notice = chosen.get((item.row.id, item.rung))
        if notice:
            firsts.setdefault((act_key(item.row), notice.recipient_id, item.rung), notice)
    return list(firsts.values())


def _sent(item: Due, notice: Notice, moment: datetime) -> EscalationSent:
    clause, part, subject_type, subject_id, row_key = item.row.identity
    return EscalationSent(
        clause=clause,
        part=part,
        subject_type=subject_type,
        subject_id=subject_id,
        row_key=row_key,
        root_id=item.row.root_id,
        rung=item.rung,
        due=notice.due,
        role=item.role,
        recipient_id=notice.recipient_id,
        sent_at=moment,
    )
