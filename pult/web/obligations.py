"""Rows of the ledger as pages show them: who sees one, what it asks for, which button does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from pult.clients.access import client_for
from pult.kernel.errors import NotVisible, Refusal
from pult.kernel.roles import STAFF, Role
from pult.regulation.evaluate.table import Flag, Mode, State
from pult.regulation.pack_text import shipped_pack
from pult.regulation.queries import LedgerRow, obligation
from pult.web.answers import address_of

if TYPE_CHECKING:
    from pult.people.models import User

DECIDERS = frozenset({Role.HEAD.value, Role.DIRECTOR.value})
DEPARTMENT_VIEW = DECIDERS | {Role.PRODUCTION_HEAD.value, Role.PRODUCTION_DIRECTOR.value}
CODES = {
    State.FORECAST: "forecast",
    State.OPEN: "open",
    State.MET: "met",
    State.OVERDUE: "overdue",
    State.LATE: "late",
    State.WAIVED: "waived",
    State.VOID: "void",
    State.ALLOWED: "met",
    State.DENIED: "gate",
    State.VIOLATED: "overdue",
}


@dataclass(frozen=True)
class Deed:
    """The button that does what a row asks for; `dialog` opens it in place."""

    label: str
    href: str
    icon: str
    dialog: bool = False


def seen_roles(user: "User") -> frozenset[str]:
    """Whose rows a person sees: a head everybody's, the others those of their own roles."""
    return STAFF if user.roles & DEPARTMENT_VIEW else frozenset(user.roles)


def obligation_for(user: "User", obligation_id: int) -> LedgerRow:
    """The row, if this person sees its client and its role; raises NotVisible otherwise.

    Shadow rows exist for whoever decides about clauses alone.
    """
    row = obligation(obligation_id)
    if row.root_id:
        client_for(user, row.root_id)
    if row.role not in seen_roles(user):
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    if row.mode < Mode.VISIBLE and not user.roles & DECIDERS:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return row


def acting_as(user: "User", row: LedgerRow) -> str:
    """The role in which this person handles a row: its own, or that of a head.

    Raises Refusal for a person who only looks.
    """
    for role in (row.role, *sorted(DECIDERS)):
        if role in user.roles:
            return role
    raise Refusal(
        _("This row is asked of somebody else"),
        clause=row.clause,
        who=str(Role(row.role).label) if row.role in Role.values else "",
    )


def code_of(row: LedgerRow) -> str:
    """The state a person reads; what excuses a row comes before what it would say."""
    if row.is_disputed:
        return "disputed"
    if row.state in (State.OPEN, State.OVERDUE):
        if row.mode == Mode.SHADOW:
            return "shadow"
        if row.has_no_data:
            return "no_data"
        if row.waits_client:
            return "waiting"
        if row.has(Flag.PAUSED):
            return "paused"
    return CODES[row.state]


def what_to_do(row: LedgerRow) -> str:
    """«Запросить счёт»: the act in the reader's language, or the clause's title without one."""
    if not row.act:
        return row.title
    words = shipped_pack().vocabulary.label(row.act, _language())
    return words[:1].upper() + words[1:]


def reason_of(rows: Sequence[LedgerRow]) -> str:
    """Why the row is here, in a line: the clause and what it is about, how far a rhythm is."""
    parts = []
    for row in rows:
        words = row.title
        if row.subject and row.subject_type != "client":
            words = _("%(title)s: “%(subject)s”") % {"title": row.title, "subject": row.subject}
        if row.need > 1:
            words += ", " + ngettext(
                "%(done)d of %(need)d done", "%(done)d of %(need)d done", row.done
            ) % {"done": row.done, "need": row.need}
        parts.append(words)
    return " · ".join(dict.fromkeys(parts))


def deed_of(rows: Sequence[LedgerRow], back: str) -> Deed:
    """The button for an act; rows it discharges together prefill one form."""
    first = rows[0]
    lines = sorted({row.subject_id for row in rows if row.subject_type == "line"})
    asked = {"next": back}
    places: dict[str, tuple[Any, str, str, bool]] = {
        "contact.log": (_("Log a contact"), address_of("client_contacts", first.root_id), "phone", True),
        "meeting.hold": (_("Log the meeting"), address_of("client_contacts", first.root_id), "users", True),
        "invoice.request": (
            _("Request"),
            address_of("invoice_new", first.root_id),
            "receipt",
            False,
        ),
        "invoice.issue": (_("Issue"), address_of("invoice_requests"), "receipt", False),
        "invoice.send": (_("Send"), address_of("invoice_sending", first.subject_id), "send", False),
        "pay.remind": (_("Reminded"), address_of("client_reminder", first.root_id, first.subject_id), "bell-ring", True),
        "line.top_up": (_("Topped up"), address_of("client_line_topup", first.root_id, first.subject_id), "wallet", True),
        "spend.load": (_("Load the spend"), address_of("imports"), "file-up", False),
    }
    label, href, icon, dialog = places.get(first.act, ("", "", "", False))
    if not href:
        return Deed(_("Open the client"), client_href(first.root_id), "arrow-right")
    query = asked | ({"line": lines} if first.act == "invoice.request" and lines else {})
    if first.act == "meeting.hold":
        query |= {"channel": "meeting"}
    return Deed(str(label), f"{href}?{urlencode(query, doseq=True)}", icon, dialog)


def client_href(client_id: int) -> str:
    """The client's page; its obligations where this Pult has no such page; none for the agency."""
    if not client_id:
        return ""
    return address_of("client", client_id) or address_of("client_obligations", client_id)


def _language() -> str:
    return "ru" if (get_language() or "ru").startswith("ru") else "en"
