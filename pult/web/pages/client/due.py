"""What a client is owed first: the rows of its overview and of the side panel."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from pult.clients.queries.glance import ClientGlance
from pult.money.asked import NotSent
from pult.regulation.queries import LedgerRow, client_obligations
from pult.regulation.queries.rows import act_key
from pult.web.answers import address_of
from pult.web.obligations import (
    Asked,
    Deed,
    client_href,
    closing,
    code_of,
    deed_of,
    may_act,
    seen_roles,
)
from pult.web.standing import standing_words

if TYPE_CHECKING:
    from pult.people.models import User

FIRST = 8


@dataclass(frozen=True)
class Due:
    """One act the client is owed: its most urgent row, and the clauses of all it discharges.
    `standing` is where it is now: put off, with the accountant, to be sent, on pause; `deed` the
    button, for whoever may press it."""

    row: LedgerRow
    clauses: tuple[str, ...]
    others: int
    state: str
    why_url: str
    standing: str = ""
    deed: Deed | None = None


def owed(
    glance: ClientGlance, waits: NotSent, limit: int = FIRST, *, to: "User | None" = None
) -> tuple[tuple[Due, ...], int]:
    """The first acts owed and how many more there are; rows of one act are one. With `to` those
    of that person's role have their buttons."""
    acts: dict[tuple[Any, ...], list[LedgerRow]] = {}
    known = {("line", line.id): line.name for line in glance.lines}
    known["client", glance.header.id] = glance.header.name
    found = client_obligations(glance.header.id, known=known)
    asked, whose = closing(found, waits), seen_roles(to) if to and may_act(to) else ()
    for row in found:
        acts.setdefault(act_key(row), []).append(row)
    first = list(acts.values())[:limit]
    due = tuple(
        Due(
            row=rows[0],
            clauses=tuple(dict.fromkeys(row.clause for row in rows)),
            others=len(rows) - 1,
            state=code_of(rows[0]),
            why_url=address_of("obligation_why", rows[0].id),
            standing=standing_words(rows, asked, glance.header.holiday),
            deed=_deed(rows, asked) if rows[0].role in whose else None,
        )
        for rows in first
    )
    return due, len(acts) - len(due)


def _deed(rows: list[LedgerRow], asked: Asked) -> Deed | None:
    """The button; none where all it would do is to open the client, who is open already."""
    client_id = rows[0].root_id
    deed = deed_of(rows, reverse("client", args=[client_id]), asked)
    return None if deed.href == client_href(client_id) else deed
