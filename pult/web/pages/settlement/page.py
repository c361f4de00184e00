"""What the settlement pages show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pult.clients.queries import ClientFilters, client_list
from pult.kernel.errors import BadInput, PultError
from pult.kernel.roles import Role
from pult.kernel.words import id_of
from pult.money.queries import (
    Candidate,
    SettlementRow,
    find_invoices,
    settlement_document,
    settlement_queue,
)
from pult.ui.parts import Tab
from pult.web.pages.settlement.rows import QueueRow, queue_rows

if TYPE_CHECKING:
    from pult.people.models import User

MOST_CLIENTS = 10
STATES = {
    "unsettled": _("To settle"),
    "matched": _("Matched by Pult"),
    "settled": _("Settled by hand"),
    "not_client": _("Not client money"),
    "pending": _("Being matched"),
}


@dataclass(frozen=True)
class SettlementQueue:
    """A page of documents in one state; `file` narrows it to a statement, `back` returns here."""

    back: str
    rows: tuple[QueueRow, ...]
    tabs: tuple[Tab, ...]
    state: str
    q: str
    file: str
    number: int
    pages: int
    total: int
    can_settle: bool


@dataclass(frozen=True)
class Choice:
    """An invoice to give money to; `given` is the sum in its field, `proposed` by Pult."""

    invoice: Candidate
    name: str
    given: str
    proposed: bool
    error: str


@dataclass(frozen=True)
class DocumentPage:
    """A bank document beside the invoices it may pay. `left` is what goes on after this one."""

    document: SettlementRow
    row: QueueRow
    choices: tuple[Choice, ...]
    clients: tuple[tuple[str, str], ...]
    client: str
    q: str
    query: str
    can_settle: bool
    waits: bool
    is_return: bool
    can_remember: bool
    remember: bool
    problem: PultError | None = None


def queue_page(user: "User", query: Mapping[str, Any]) -> SettlementQueue:
    state = query.get("state", "unsettled")
    state = state if state in STATES else "unsettled"
    file, q = str(query.get("file", "")), str(query.get("q", ""))
    number = str(query.get("page", "1"))
    found = settlement_queue(
        user,
        state=state,
        q=q,
        file_id=id_of(file),
        page=id_of(number) or 1,
    )
    where = {"state": state, "file": file, "q": q, "page": found.page if found.page > 1 else ""}
    kept = urlencode({name: value for name, value in where.items() if value})
    return SettlementQueue(
        back=f"{reverse('settlement')}?{kept}",
        rows=queue_rows(found.rows),
        tabs=tuple(_tabs(found.counts, state, file)),
        state=state,
        q=q,
        file=file,
        number=found.page,
        pages=found.pages,
        total=found.total,
        can_settle=Role.ACCOUNTANT in user.roles,
    )


def _tabs(counts: Mapping[str, int], current: str, file: str):
    for state, label in STATES.items():
        if state == "pending" and not counts.get(state) and current != state:
            continue
        where = {"state": state} | ({"file": file} if file else {})
        href = f"{reverse('settlement')}?{urlencode(where)}"
        yield Tab(str(label), href, state == current, counts.get(state, 0))


def document_page(
    user: "User",
    document_id: int,
    query: Mapping[str, Any],
    given: Mapping[str, Any],
    problem: PultError | None = None,
) -> DocumentPage:
    """One document; what was typed into a refused form is kept."""
    document = settlement_document(user, document_id)
    q = str(query.get("q", "") or given.get("q", ""))
    found = {row.invoice_id: row for row in document.candidates}
    back = document.direction == "out"
    found |= {row.invoice_id: row for row in find_invoices(user, q, back=back)} | found
    clients = {row.client_id: row.client for row in found.values()}
    if document.client_id:
        clients[document.client_id] = document.client
    if q:
        named = client_list(user, ClientFilters(q=q)).rows[:MOST_CLIENTS]
        clients |= {row.id: row.name for row in named}
    chosen = given.get("client") or (
        str(document.client_id or "") if document.advance or back else ""
    )
    return DocumentPage(
        document=document,
        row=queue_rows([document])[0],
        choices=tuple(_choice(row, given, problem) for row in found.values()),
        clients=(("", "—"), *sorted(((str(pk), n) for pk, n in clients.items()), key=_by_name)),
        client=chosen,
        q=q,
        query=urlencode({"file": query["file"]}) if query.get("file") else "",
        can_settle=Role.ACCOUNTANT in user.roles,
        waits=document.match == "unsettled",
        is_return=back,
        can_remember=document.direction == "in"
        and bool(document.party_inn or document.party_account),
        remember="remember" in given if given else document.kind == "third_party",
        problem=_for_people(problem),
    )


def _for_people(problem: PultError | None) -> PultError | None:
    """The names of this form's fields say nothing to a person: sums are marked in their rows."""
    if isinstance(problem, BadInput):
        return BadInput(problem.message, cure=problem.cure)
    return problem


def _choice(row: Candidate, given: Mapping[str, Any], problem: PultError | None) -> Choice:
    name = f"share_{row.invoice_id}"
    typed = given.get(name) if given else _plain(row.share)
    wrong = getattr(problem, "field", "") == name
    return Choice(row, name, typed or "", bool(row.share), str(problem.message) if wrong else "")


def _plain(kopecks: int) -> str:
    """As the field takes it back: no spaces, a comma only before kopecks."""
    if not kopecks:
        return ""
    return f"{kopecks // 100},{kopecks % 100:02}" if kopecks % 100 else str(kopecks // 100)


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


def after(user: "User", query: Mapping[str, Any]) -> str:
    """Where to go once a document is settled: the next that waits, or the empty queue."""
    file = str(query.get("file", ""))
    tail = f"?{urlencode({'file': file})}" if file else ""
    waiting = settlement_queue(user, file_id=id_of(file)).rows
    if waiting:
        return reverse("settlement_document", args=[waiting[0].id]) + tail
    return reverse("settlement") + tail
