"""What came up the ladder to this person and still burns."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pult.clients.access import SEE_ALL, clients_of
from pult.clients.queries.held import managers_of
from pult.kernel import clock
from pult.regulation.escalation import escalated_to, raised_to
from pult.regulation.queries import LedgerRow, disputes_to_decide
from pult.regulation.queries.rows import act_key
from pult.web.obligations import (
    DECIDERS,
    Asked,
    Deed,
    client_href,
    code_of,
    deed_of,
    invoices_asked,
    next_step,
    reason_of,
)

if TYPE_CHECKING:
    from pult.people.models import User


SHOWN = 50


@dataclass(frozen=True)
class Escalated:
    """One overdue act somebody is told of, with the person who holds the client; `row` is its
    most urgent one."""

    row: LedgerRow
    clauses: tuple[tuple[str, str], ...]
    what: str
    note: str
    state: str
    href: str
    deed: Deed
    due: datetime | None


@dataclass(frozen=True)
class Escalations:
    """`disputes` is how many wait for a decision of this person."""

    rows: tuple[Escalated, ...]
    disputes: int
    here: str


def escalations_page(user: "User") -> Escalations:
    """Rows of clients this person sees: what the ladders say now, then what they were told of."""
    here = reverse("escalations")
    raised = raised_to(user.pk, user.roles, clock.to_minute(clock.now()))
    found = {row.id: row for row in (*raised, *escalated_to(user.pk))}
    rows = _seen(user, list(found.values()))[:SHOWN]
    managers, asked = managers_of({row.root_id for row in rows}), invoices_asked(rows)
    acts: dict[tuple[Any, ...], list[LedgerRow]] = {}
    for row in rows:
        acts.setdefault(act_key(row), []).append(row)
    return Escalations(
        rows=tuple(
            _escalated(same, managers.get(same[0].root_id, ""), here, asked)
            for same in acts.values()
        ),
        disputes=disputes_to_decide() if user.roles & DECIDERS else 0,
        here=here,
    )


def _seen(user: "User", rows: list[LedgerRow]) -> list[LedgerRow]:
    """The rows of clients this person sees, and the agency's own."""
    roots = {row.root_id for row in rows if row.root_id}
    if not roots or user.roles & SEE_ALL:
        return rows
    seen = {0, *clients_of(user).filter(pk__in=roots).values_list("pk", flat=True)}
    return [row for row in rows if row.root_id in seen]


def _escalated(rows: list[LedgerRow], manager: str, here: str, asked: Asked) -> Escalated:
    rows = sorted(rows, key=_due)
    note = reason_of(rows)
    if manager:
        note = _("%(note)s · %(manager)s looks after the client") % {
            "note": note,
            "manager": manager,
        }
    return Escalated(
        row=rows[0],
        clauses=tuple(dict.fromkeys((row.clause, row.title) for row in rows)),
        what=next_step(rows, asked),
        note=note,
        state=code_of(rows[0]),
        href=client_href(rows[0].root_id),
        deed=deed_of(rows, here, asked),
        due=rows[0].due,
    )


def _due(row: LedgerRow) -> tuple[bool, Any, int]:
    return row.due is None, row.due, row.id
