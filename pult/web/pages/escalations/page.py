"""What came up the ladder to this person and still burns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pult.clients.access import clients_of
from pult.kernel import clock
from pult.money.asked import OnTheWay
from pult.people.queries import full_names
from pult.regulation.escalation import escalated_to
from pult.regulation.providers import providers
from pult.regulation.queries import LedgerRow, disputes
from pult.web.obligations import (
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


@dataclass(frozen=True)
class Escalated:
    """One overdue row somebody was told of, with the person who holds the client."""

    row: LedgerRow
    what: str
    note: str
    state: str
    href: str
    deed: Deed
    due: datetime | None


@dataclass(frozen=True)
class Escalations:
    """`disputes` is how many wait for a decision."""

    rows: tuple[Escalated, ...]
    disputes: int
    here: str


def escalations_page(user: "User") -> Escalations:
    """Rows of clients this person sees, the latest notice first."""
    here = reverse("escalations")
    rows = _seen(user, escalated_to(user.pk))
    managers, asked = _managers({row.root_id for row in rows}), invoices_asked(rows)
    return Escalations(
        rows=tuple(_escalated(row, managers.get(row.root_id, ""), here, asked) for row in rows),
        disputes=len(disputes()),
        here=here,
    )


def _seen(user: "User", rows: list[LedgerRow]) -> list[LedgerRow]:
    """The rows of clients this person sees, and the agency's own."""
    roots = {row.root_id for row in rows if row.root_id}
    if not roots:
        return rows
    seen = {0, *clients_of(user).filter(pk__in=roots).values_list("pk", flat=True)}
    return [row for row in rows if row.root_id in seen]


def _managers(roots: set[int]) -> dict[int, str]:
    """Client → the name of whoever looks after it."""
    if not roots:
        return {}
    held = providers().holders("am", clock.to_minute(clock.now()), roots)
    names = full_names(set(held.values()))
    return {root: names.get(user, "") for root, user in held.items()}


def _escalated(row: LedgerRow, manager: str, here: str, asked: Mapping[int, OnTheWay]) -> Escalated:
    note = reason_of([row])
    if manager:
        note = _("%(note)s · %(manager)s looks after the client") % {
            "note": note,
            "manager": manager,
        }
    return Escalated(
        row=row,
        what=next_step([row], asked),
        note=note,
        state=code_of(row),
        href=client_href(row.root_id),
        deed=deed_of([row], here, asked),
        due=row.due,
    )
