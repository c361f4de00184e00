"""What an erasure does not reach: shown to whoever may erase, to be looked through by a person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from django.urls import reverse
from django.utils.translation import gettext as _

from pult.clients.actions.erasure import cards_of, told_of
from pult.clients.logic.forgetting import hiding
from pult.integrations.migration.models import FormerNote
from pult.kernel.models import Fact
from pult.knowledge.queries import entries_naming
from pult.people.queries import business_day
from pult.ui.formats import short_day
from pult.web.models import SavedView
from pult.work.models import TaskFile

if TYPE_CHECKING:
    from pult.clients.models import Contact


@dataclass(frozen=True)
class Place:
    """Where to look: words, and an address where there is one."""

    label: str
    url: str = ""


def places(contact: "Contact") -> tuple[Place, ...]:
    """Knowledge that concerns the client and saved lists that name the person, and the client's
    files, whose insides nobody reads by machine."""
    cards, hide = cards_of(contact), hiding(**told_of(contact))

    def names(text: str) -> bool:
        return hide(text) != text

    found = [
        Place(_("Knowledge: %(title)s") % {"title": title}, reverse("entry", args=[pk]))
        for pk, title in entries_naming(cards, names)
    ]
    return (*found, *_journal(cards, names), *_views(names), *_files(cards))


def _journal(cards: tuple[int, ...], names: Callable[[str], bool]) -> list[Place]:
    """Reasons typed before they were kept in rows: the journal of facts gives nothing away."""
    rows = Fact.objects.filter(root_id__in=cards, kind="void", payload__has_key="reason")
    told = rows.order_by("pk").values_list("root_id", "recorded_at", "payload__reason")
    return [
        Place(
            _("A reason in the journal, for good: “%(reason)s”, %(day)s")
            % {"reason": reason, "day": short_day(business_day(at))},
            reverse("client_timeline", args=[client]),
        )
        for client, at, reason in told
        if names(reason)
    ]


def _views(names: Callable[[str], bool]) -> list[Place]:
    rows = SavedView.objects.select_related("user").order_by("pk")
    return [
        Place(_("A saved list of %(owner)s: %(name)s") % {"owner": row.user or row.role,
              "name": row.name})
        for row in rows
        if names(row.name) or names(unquote_plus(row.query))
    ]  # fmt: skip


def _files(cards: tuple[int, ...]) -> list[Place]:
    files = TaskFile.objects.filter(task__client__in=cards).values("pk")
    notes = FormerNote.objects.filter(client__in=cards).exclude(file=None).values("pk")
    number = files.union(notes, all=True).count()
    if not number:
        return []
    return [
        Place(_("Files of the client and its tasks: %(n)d, by what is in them") % {"n": number})
    ]
