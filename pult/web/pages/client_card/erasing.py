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
from pult.knowledge.queries import entries_naming
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
    return (*found, *_views(names), *_files(cards))


def _views(names: Callable[[str], bool]) -> list[Place]:
    rows = SavedView.objects.select_related("user").order_by("pk")
    return [
        Place(_("A saved list of %(owner)s: %(name)s") % {"owner": row.user or row.role,
              "name": row.name})
        for row in rows
        if names(row.name) or names(unquote_plus(row.query))
    ]  # fmt: skip


def _files(cards: tuple[int, ...]) -> list[Place]:
    number = TaskFile.objects.filter(task__client__in=cards).count()
    number += FormerNote.objects.filter(client__in=cards).exclude(file=None).count()
    if not number:
        return []
    return [
        Place(_("Files of the client and its tasks: %(n)d, by what is in them") % {"n": number})
    ]
