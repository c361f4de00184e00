"""What is asked for a client: open, breached and met, by clause, as a page or as a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pult.clients.queries import client_header
from pult.kernel.roles import Role
from pult.kernel.words import id_of
from pult.people.queries import business_day
from pult.regulation.evaluate.table import Flag, State
from pult.regulation.models.ledger import LIVE_STATES
from pult.regulation.queries import LedgerRow, client_obligations, put_off
from pult.ui.parts import Tab
from pult.ui.states import state_of
from pult.web.obligations import (
    DECIDERS,
    Asked,
    client_href,
    code_of,
    deed_of,
    invoices_asked,
    may_act,
    next_step,
    seen_roles,
    what_to_do,
)

if TYPE_CHECKING:
    from pult.people.models import User
    from pult.web.obligations import Deed

PAGE = 50
SORTS = ("due", "clause", "state", "role")


@dataclass(frozen=True)
class Line:
    """One row of the table; `put_off` is until when it is hidden from the day."""

    row: LedgerRow
    what: str
    state: str
    role: str
    deed: "Deed | None"
    put_off: str


@dataclass(frozen=True)
class ClientObligations:
    """The page; `exports` keep the filters."""

    client_id: int
    client: str
    client_href: str
    tabs: tuple[Tab, ...]
    shown: str
    lines: tuple[Line, ...]
    clauses: tuple[tuple[str, str], ...]
    clause: str
    total: int
    number: int
    pages: int
    csv: str
    xlsx: str
    can_act: bool


def page_of(user: "User", client_id: int, query: QueryDict) -> ClientObligations:
    """Raises NotVisible for somebody else's client."""
    header = client_header(user, client_id)
    rows, shown, counts, clauses = found_rows(user, client_id, query)
    here, asked = reverse("client_obligations", args=[client_id]), invoices_asked(rows)
    clause = chosen_clause(query, clauses)
    pages = max(1, -(-len(rows) // PAGE))
    number = min(max(1, _whole(query.get("page", ""))), pages)
    part = rows[(number - 1) * PAGE : number * PAGE]
    hidden = {one.row.id: one for one in put_off([client_id], seen_roles(user), business_day())}
    kept = query.copy()
    kept.pop("page", None)
    tail = f"?{kept.urlencode()}" if kept else ""
    files = {kind: reverse("client_obligations_file", args=[client_id, kind]) for kind in FILES}
    return ClientObligations(
        client_id=client_id,
        client=header.name,
        client_href=client_href(client_id),
        tabs=tuple(
            Tab(label, f"{here}?show={name}", name == shown, counts[name])
            for name, label in _shows().items()
        ),
        shown=shown,
        lines=tuple(
            _line(row, f"{here}{tail}", hidden[row.id].until if row.id in hidden else None, asked)
            for row in part
        ),
        clauses=(("", _("every clause")), *clauses),
        clause=clause,
        total=len(rows),
        number=number,
        pages=pages,
        csv=files["csv"] + tail,
        xlsx=files["xlsx"] + tail,
        can_act=may_act(user),
    )


FILES = ("csv", "xlsx")


def found_rows(
    user: "User", client_id: int, query: QueryDict
) -> tuple[list[LedgerRow], str, dict[str, int], list[tuple[str, str]]]:
    """The rows that fit the filters, what is shown, how many each tab would show, the clauses."""
    roles = seen_roles(user)
    every = [row for row in _every(user, client_id) if row.role in roles]
    names = sorted({row.clause: f"{row.clause} {row.title}" for row in every}.items())
    clause = chosen_clause(query, names)
    fitting = [row for row in every if not clause or row.clause == clause]
    parts = {name: [row for row in fitting if test(row)] for name, test in TESTS.items()}
    shown = query.get("show", "open")
    shown = shown if shown in parts else "open"
    counts = {name: len(rows) for name, rows in parts.items()}
    sort = query.get("sort", "")
    if sort.removeprefix("-") not in SORTS:
        sort = "due" if shown == "open" else "-due"
    return _sorted(parts[shown], sort), shown, counts, names


def chosen_clause(query: QueryDict, clauses: Iterable[tuple[str, str]]) -> str:
    """The clause the address asks for, empty for one that asks nothing of this client."""
    clause = query.get("clause", "")
    return clause if clause in dict(clauses) else ""


TESTS = {
    "open": lambda row: _is_live(row),
    "breached": lambda row: row.is_breach,
    "met": lambda row: row.state in (State.MET, State.ALLOWED),
    "all": lambda row: True,
}


def _is_live(row: LedgerRow) -> bool:
    return row.state in LIVE_STATES and not row.has(Flag.CLOSED)


def _shows() -> dict[str, str]:
    return {
        "open": _("Open"),
        "breached": _("Breached"),
        "met": _("Done"),
        "all": _("All"),
    }


def _every(user: "User", client_id: int) -> list[LedgerRow]:
    return client_obligations(client_id, shadow=bool(user.roles & DECIDERS), closed=True)


def _sorted(rows: list[LedgerRow], sort: str) -> list[LedgerRow]:
    keys = {
        "due": lambda row: (row.due is None, row.due),
        "clause": lambda row: row.clause,
        "state": lambda row: int(row.state),
        "role": lambda row: row.role,
    }
    return sorted(rows, key=keys[sort.removeprefix("-")], reverse=sort.startswith("-"))


def _line(row: LedgerRow, here: str, until: object, asked: Asked) -> Line:
    live = _is_live(row)
    return Line(
        row=row,
        what=next_step([row], asked) if live else what_to_do(row),
        state=code_of(row),
        role=str(Role(row.role).label) if row.role in Role.values else row.role,
        deed=deed_of([row], here, asked) if live else None,
        put_off=until or "",
    )


def _whole(text: str) -> int:
    return id_of(text) or 1


def table_of(rows: list[LedgerRow]) -> tuple[list[str], list[list[object]]]:
    """Head and rows of the file: what, by which clause, until when, what became of it."""
    head = [
        _("Clause"),
        _("Title"),
        _("What to do"),
        _("What it is about"),
        _("Who"),
        _("Due"),
        _("State"),
        _("Done on"),
    ]
    return head, [_cells(row) for row in rows]


def _cells(row: LedgerRow) -> list[object]:
    return [
        row.clause,
        row.title,
        what_to_do(row),
        row.subject,
        str(Role(row.role).label) if row.role in Role.values else row.role,
        _local(row.due),
        str(state_of(code_of(row)).label),
        _local(row.evidence_at),
    ]


def _local(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
