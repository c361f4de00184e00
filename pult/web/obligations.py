"""Rows of the ledger as pages show them: who sees one, what it asks for, which button does it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from pult.clients.access import client_for
from pult.clients.queries.pauses import Stretch
from pult.clients.queries.shapes import PauseItem
from pult.kernel.errors import NotVisible, Refusal
from pult.kernel.roles import STAFF, Role
from pult.money.asked import ASK, NotSent, OnTheWay, on_the_way
from pult.money.queries import money_waiting
from pult.people.left import Left
from pult.regulation.actions import WAIVERS_BY_DEFAULT
from pult.regulation.evaluate.table import Flag, Mode, State
from pult.regulation.labels import card_of
from pult.regulation.pack_text import shipped_pack
from pult.regulation.queries import DueAct, LedgerRow, obligation
from pult.ui import formats
from pult.web.answers import address_of

if TYPE_CHECKING:
    from pult.people.models import User

DECIDERS = frozenset({Role.HEAD.value, Role.DIRECTOR.value})
PRODUCTION = frozenset({Role.PRODUCTION_HEAD.value, Role.PRODUCTION_DIRECTOR.value})
SPECIALISTS = frozenset({Role.EXECUTOR.value})
DEPARTMENT_VIEW = DECIDERS | PRODUCTION
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


# Act → the words of its button, the page that does it, what its address names, the icon.
DEEDS = {
    "contact.log": (gettext_lazy("Log a contact"), "client_contacts", "client", "phone"),
    "meeting.hold": (gettext_lazy("Log the meeting"), "client_contacts", "client", "users"),
    "invoice.request": (gettext_lazy("Request"), "invoice_new", "client", "receipt"),
    "invoice.issue": (gettext_lazy("Issue"), "invoice_requests", "", "receipt"),
    "invoice.send": (gettext_lazy("Send"), "invoice_sending", "subject", "send"),
    "pay.remind": (gettext_lazy("Note the reminder"), "obligation_reminder", "row", "bell-ring"),
    "line.top_up": (gettext_lazy("Note the top-up"), "obligation_topup", "row", "wallet"),
    "spend.load": (gettext_lazy("Load the spend"), "imports", "", "file-up"),
    "task.keep": (gettext_lazy("Open the task"), "task", "subject", "list-checks"),
    "task.mend": (gettext_lazy("Mend the task"), "task", "subject", "wrench"),
    "task.talk": (gettext_lazy("Talk it over"), "task", "subject", "messages-square"),
    "task.tell": (gettext_lazy("Tell the client"), "task", "subject", "megaphone"),
    "client.charge": (gettext_lazy("Put in charge"), "client_charge", "client", "user-plus"),
    "launch.ask": (gettext_lazy("Order the launch"), "task_new", "", "rocket"),
    "appendix.ask": (gettext_lazy("Order the appendix"), "task_new", "", "file-plus"),
    "deal.make": (gettext_lazy("Enter the deal"), "client_deal_new", "client", "handshake"),
    "line.start": (gettext_lazy("Start"), "client_lines", "client", "play"),
    "handover.check": (gettext_lazy("Check"), "handover", "subject", "check"),
    "handover.clarify": (gettext_lazy("Clear up"), "handover", "subject", "messages-square"),
    "handover.study": (gettext_lazy("Study"), "handover", "subject", "book-open"),
    "handover.pass": (gettext_lazy("Hand over"), "handover", "subject", "arrow-left-right"),
    "first_call.hold": (gettext_lazy("Open the call"), "first_call", "client", "phone"),
}
# Act → the form of the task that does it.
FORMS = {"launch.ask": "launch", "appendix.ask": "appendix"}
TOP_UP = "line.top_up"
NO_DEED = ("", "", "", "")
DIALOGS = frozenset({"client_contacts", "obligation_reminder", "obligation_topup"})
Asked = Mapping[tuple[str, int], OnTheWay]  # (clause, line) → the invoice that will close its row


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


def may_act(user: "User") -> bool:
    """Whether the rows of a client have buttons for this person."""
    return bool(user.roles & (DECIDERS | {Role.AM.value}))


def obligation_for(user: "User", obligation_id: int) -> LedgerRow:
    """The row, if this person sees its client and its role; raises NotVisible otherwise.

    Shadow rows exist for whoever decides about clauses alone.
    """
    return seen_by(user, obligation(obligation_id))


def seen_by(user: "User", row: LedgerRow) -> LedgerRow:
    """The same row when this person sees it; raises NotVisible otherwise."""
    if row.root_id:
        client_for(user, row.root_id)
    if row.role not in seen_roles(user):
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    if row.mode < Mode.VISIBLE and not user.roles & DECIDERS:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return row


def handled_roles(user: "User") -> frozenset[str]:
    """Whose rows a person handles: those of their own roles, a head everybody's, and whoever runs
    the specialists theirs."""
    if user.roles & DECIDERS:
        return STAFF | user.roles
    return user.roles | SPECIALISTS if user.roles & PRODUCTION else user.roles


def acting_as(user: "User", row: LedgerRow) -> str:
    """The role in which this person handles a row: its own, or that of a head.

    Raises Refusal for a person who only looks.
    """
    heads = DECIDERS | PRODUCTION if row.role in SPECIALISTS else DECIDERS
    for role in (row.role, *sorted(heads)):
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


def what_to_do(row: LedgerRow | DueAct | Left) -> str:
    """«Запросить счёт»: the act in the reader's language, or the clause's title without one."""
    if not row.act:
        return row.title
    words = shipped_pack().vocabulary.label(row.act, _language())
    return words[:1].upper() + words[1:]


def reason_of(rows: Sequence[LedgerRow]) -> str:
    """Why the row is here, in a line: the clauses, what they are about, how far a rhythm is."""
    about: dict[str, list[str]] = {}
    for row in rows:
        subjects = about.setdefault(row.title, [])
        if row.subject and row.subject_type != "client":
            subjects.append(_("“%(subject)s”") % {"subject": row.subject})
    parts = [
        _("%(title)s: %(subjects)s")
        % {"title": title, "subjects": ", ".join(dict.fromkeys(subjects))}
        if subjects
        else title
        for title, subjects in about.items()
    ]
    disputed = dict.fromkeys(row.clause for row in rows if row.is_disputed)
    if disputed:
        parts.append(_("disputed: %(clauses)s") % {"clauses": ", ".join(disputed)})
    if any(row.waits_client for row in rows):
        parts.append(_("waiting for the client's answer"))
    rhythm = next((row for row in rows if row.need > 1), None)
    if rhythm:
        parts.append(_("%(done)d of %(need)d done") % {"done": rhythm.done, "need": rhythm.need})
    return " · ".join(parts)


def paused_words(pause: Stretch | PauseItem | None) -> str:
    """«пауза 16.11 – 30.11»; without its days where they are not known."""
    if pause is None:
        return _("on pause")
    if pause.last_day is None:
        return _("on pause from %(first)s") % {"first": formats.short_day(pause.first_day)}
    days = {
        "first": formats.short_day(pause.first_day),
        "last": formats.short_day(pause.last_day),
    }
    return _("on pause %(first)s – %(last)s") % days


def waivers_of(clause: str) -> frozenset[str]:
    """Roles that may make an exception from a clause."""
    card = card_of(clause)
    return frozenset(card.waivers if card else ()) or WAIVERS_BY_DEFAULT


def invoices_asked(rows: Iterable[LedgerRow]) -> Asked:
    """The invoices on their way that will close these rows. One query at most."""
    wanted = [row for row in rows if row.act == ASK and row.subject_type == "line"]
    return closing(wanted, on_the_way(row.subject_id for row in wanted))


def closing(rows: Iterable[LedgerRow], waits: NotSent) -> Asked:
    """The invoices among those not sent that will close these rows."""
    found = {
        (row.clause, row.subject_id): waits.that_closes(row.clause, row.subject_id)
        for row in rows
        if row.act == ASK and row.subject_type == "line"
    }
    return {about: invoice for about, invoice in found.items() if invoice}


def sums_to_top_up(rows: Iterable[LedgerRow]) -> dict[int, int]:
    """Line → kopecks to be moved to its ad account, of the rows that ask for it. One query at
    most."""
    return money_waiting(
        row.subject_id for row in rows if row.act == TOP_UP and row.subject_type == "line"
    )


def next_step(
    rows: Sequence[LedgerRow],
    asked: Asked,
    sums: Mapping[int, int] | None = None,
) -> str:
    """What is to be done now: an invoice that was asked for is the accountant's to issue, one
    that was issued is to be sent; a top-up names its sum."""
    invoice = _only_invoice(rows, asked)
    if invoice is None:
        kopecks = sum((sums or {}).get(row.subject_id, 0) for row in rows if row.act == TOP_UP)
        words = what_to_do(rows[0])
        return f"{words}: {formats.money(kopecks, exact=True)}" if kopecks else words
    if invoice.is_paid:
        return _("The invoice is paid: note how it was sent")
    return _("Send the invoice") if invoice.is_issued else _("With the accountant: to be issued")


def is_on_the_way(rows: Sequence[LedgerRow], asked: Asked) -> bool:
    """Whether the invoice these rows ask for has been asked for, and not sent."""
    return bool(rows) and _only_invoice(rows, asked) is not None


def _only_invoice(rows: Sequence[LedgerRow], asked: Asked) -> OnTheWay | None:
    """The invoice of the first of these rows, if each of them will be closed by one."""
    lines = [row for row in rows if row.act == ASK and row.subject_type == "line"]
    found = [asked.get((row.clause, row.subject_id)) for row in lines]
    return found[0] if len(found) == len(rows) and all(found) else None


def deed_of(rows: Sequence[LedgerRow], back: str, asked: Asked | None = None) -> Deed:
    """The button for an act; rows it discharges together prefill one form. `asked` are the
    invoices on their way: nobody is invited to ask for them again."""
    first = rows[0]
    if invoice := _only_invoice(rows, asked or {}):
        label = _("Send") if invoice.is_issued else _("Open the request")
        label = _("Note the sending") if invoice.is_paid else label
        href = address_of("invoice", invoice.invoice_id)
        return Deed(label, f"{href}?{urlencode({'next': back})}", "receipt")
    label, name, about, icon = DEEDS.get(first.act, NO_DEED)
    about_id = {"client": first.root_id, "row": first.id, "subject": first.subject_id}
    href = address_of(name, *([about_id[about]] if about else [])) if name else ""
    if not href:
        return Deed(_("Open the client"), client_href(first.root_id), "arrow-right")
    query: dict[str, Any] = {"next": back}
    if first.act == "invoice.request":
        query["line"] = sorted({row.subject_id for row in rows if row.subject_type == "line"})
    if first.act == "meeting.hold":
        query["channel"] = "meeting"
    if first.act in FORMS:
        query |= {"client": first.root_id, "template": FORMS[first.act], "line": first.subject_id}
    if first.act == "deal.make":
        query["task"] = first.subject_id
    return Deed(str(label), f"{href}?{urlencode(query, doseq=True)}", icon, name in DIALOGS)


def client_href(client_id: int) -> str:
    """The client's page; its obligations where this Pult has no such page; none for the agency."""
    if not client_id:
        return ""
    return address_of("client", client_id) or address_of("client_obligations", client_id)


def _language() -> str:
    return "ru" if (get_language() or "ru").startswith("ru") else "en"
