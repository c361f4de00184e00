"""The list of what the agency knows, and one entry with its editions."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from pult.clients.models import ServiceLine
from pult.kernel import clock
from pult.kernel.errors import PultError
from pult.kernel.words import id_of
from pult.knowledge.actions import KEEPERS, may_write
from pult.knowledge.models import Entry
from pult.knowledge.queries import (
    EditionItem,
    EntryCard,
    Listed,
    Wanted,
    entries,
    entries_to_take,
    entry_card,
)
from pult.people.actions import note_export
from pult.people.queries import business_day
from pult.ui.parts import Tab
from pult.ui.prose import prose
from pult.web.pages.regulation.diff import Line, difference
from pult.web.tables import table_file

if TYPE_CHECKING:
    from django.http import QueryDict

    from pult.people.models import User

VIEWS = {
    "all": pgettext_lazy("knowledge", "All"),
    "check": pgettext_lazy("knowledge", "To check"),
    "mine": pgettext_lazy("knowledge", "I keep"),
    "away": pgettext_lazy("knowledge", "Put away"),
}
AGAIN = timedelta(days=180)  # what the form offers as the next check
Options = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class KnowledgePage:
    """A page of the list; `query` is its address, for the file."""

    found: Listed
    wanted: Wanted
    tabs: tuple[Tab, ...]
    subjects: Options
    services: Options
    query: str
    may_add: bool


@dataclass(frozen=True)
class EntryPage:
    """An entry: the edition shown with its text drawn, what it changed against `before`, the one
    ahead that does not hold yet."""

    card: EntryCard
    shown: EditionItem
    text: SafeString
    before: EditionItem | None
    changes: tuple[Line, ...]
    ahead: EditionItem | None
    again: date
    may_write: bool
    may_shelve: bool
    problem: PultError | None


def wanted_of(query: "QueryDict") -> Wanted:
    """What the address asks for; unknown values are dropped."""
    view, subject, service = (query.get(name, "") for name in ("view", "subject", "service"))
    return Wanted(
        q=query.get("q", "").strip()[:200],
        subject=subject if subject in Entry.Subject.values else "",
        service=service if service in ServiceLine.Tool.values else "",
        view=view if view in VIEWS else "all",
    )


def knowledge_page(user: "User", query: "QueryDict") -> KnowledgePage:
    wanted = wanted_of(query)
    base = reverse("knowledge")
    return KnowledgePage(
        found=entries(user, wanted, query.get("page", "")),
        wanted=wanted,
        tabs=tuple(
            Tab(label, f"{base}?view={name}", name == wanted.view) for name, label in VIEWS.items()
        ),
        subjects=(("", _("any subject")), *Entry.Subject.choices),
        services=(("", _("any service")), *ServiceLine.Tool.choices),
        query=query.urlencode(),
        may_add=not user.roles.isdisjoint(KEEPERS),
    )


def knowledge_file(user: "User", query: "QueryDict", kind: str) -> HttpResponse:
    """The filtered list whole; that it was taken is noted."""
    head = [
        _("Entry"), _("Subject"), _("Service"), _("Edition"), _("Holds from"), _("Who keeps it"),
        _("Checked on"), _("Check again by"),
    ]  # fmt: skip
    rows = [
        [
            row.title, row.subject_label, row.service_label, row.edition, row.since.isoformat(),
            row.keeper, row.checked_on.isoformat(), row.check_by.isoformat(),
        ]
        for row in entries_to_take(user, wanted_of(query))
    ]  # fmt: skip
    note_export(by=user, what="knowledge", rows=len(rows))
    day = clock.today(settings.TIME_ZONE).isoformat()
    return table_file(kind, f"knowledge-{day}", head, rows)


def entry_page(
    user: "User", entry_id: int, query: "QueryDict", *, problem: PultError | None = None
) -> EntryPage:
    """The edition in force, or the one of the address (`edition`), beside the one before it or
    the one of the address (`against`)."""
    card, today = entry_card(user, entry_id), business_day()
    known = {one.number: one for one in card.editions}
    shown = known.get(id_of(query.get("edition", "")) or 0, card.now)
    before = known.get(id_of(query.get("against", "")) or 0, known.get(shown.number - 1))
    compares = bool(query.get("edition") or query.get("against")) and before is not None
    ahead = card.editions[0]
    return EntryPage(
        card=card,
        shown=shown,
        text=prose(shown.text),
        before=before if compares else None,
        changes=difference(before.text, shown.text) if compares and before else (),
        ahead=ahead if ahead.since > today and ahead != card.now else None,
        again=today + AGAIN,
        may_write=may_write(user, card.row.keeper_id) and not card.row.is_away,
        may_shelve=not user.roles.isdisjoint(KEEPERS),
        problem=problem,
    )
