"""Saved views of lists: one's own, those shared with a role, and the ones Pult comes with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext as _

from pult.kernel.access import refuse_unless
from pult.kernel.errors import BadInput, NotVisible
from pult.kernel.facts import acting
from pult.kernel.ready import ready
from pult.kernel.roles import Role
from pult.kernel.texts import fitting
from pult.kernel.words import line_of
from pult.web.fields import not_offered
from pult.web.models import SavedView

if TYPE_CHECKING:
    from pult.people.models import User

# Where one stands in a list is not how one likes it.
PASSING = frozenset(["page", "peek"])
MOST = 30
LONGEST_NAME = 80  # letters
# Above lists people open all day, hence ready SQL.
SEEN = """
    SELECT * FROM web_savedview WHERE page = %s AND (user_id = %s OR role IN ({roles}))
    ORDER BY pinned DESC, role, name
"""


@dataclass(frozen=True)
class Seed:
    """A view shipped with Pult for the holders of `roles`."""

    name: Any
    query: str
    roles: frozenset[str]


@dataclass(frozen=True)
class View:
    """A view as a link; `id` is 0 for those that come with Pult and cannot be removed. With
    `alert` its owner is told of what is new: `fresh` rows now."""

    id: int
    name: str
    query: str
    pinned: bool
    is_mine: bool
    current: bool
    alert: bool = False
    fresh: int = 0


def views_for(user: "User", page: str, seeds: Sequence[Seed], query: str = "") -> tuple[View, ...]:
    """Pinned ones first, then own, shared and shipped. `query` marks the one shown. One query."""
    here = canonical(query)
    roles = sorted(user.roles) or ["nobody"]
    seen = SEEN.format(roles=", ".join(["%s"] * len(roles)))
    rows = ready(SavedView, seen, [page, user.pk, *roles])
    saved = [
        View(
            id=row.pk,
            name=row.name,
            query=row.query,
            pinned=row.pinned,
            is_mine=row.user_id == user.pk,
            current=row.query == here,
            alert=row.alert,
            fresh=row.fresh,
        )
        for row in rows
    ]
    shipped = [
        View(0, str(seed.name), canonical(seed.query), False, False, canonical(seed.query) == here)
        for seed in seeds
        if seed.roles & user.roles
    ]
    return tuple(saved + shipped)


def save_view(
    *, by: "User", page: str, name: str, query: str, pinned: bool = False, role: str = ""
) -> SavedView:
    """Keep a list's address under a name; the same name again replaces it.

    With `role` the view is everybody's who holds it: heads and directors may.
    """
    name = fitting(line_of(name), "name", LONGEST_NAME)
    if not name:
        raise BadInput(_("Name the view"), field="name")
    query = canonical(query)
    if len(query) > 500:
        raise BadInput(_("This view is too long to be kept"), field="query")
    if role and role not in Role.values:
        raise not_offered("role")
    if role:
        refuse_unless(by, Role.HEAD, Role.DIRECTOR)
    owner = {"role": role, "user": None} if role else {"user": by, "role": ""}
    if SavedView.objects.filter(page=page, **owner).exclude(name=name).count() >= MOST:
        raise BadInput(_("There are thirty views already"), cure=_("Remove one first"))
    with acting():
        view, _made = SavedView.objects.update_or_create(
            page=page,
            name=name,
            **owner,
            defaults={"query": query, "pinned": pinned},
        )
    return view


def pin_view(*, by: "User", view_id: int, pinned: bool) -> SavedView:
    """Keep one's view before the others, or among them again."""
    view = own_view(by, view_id)
    view.pinned = pinned
    with acting():
        view.save(update_fields=["pinned"])
    return view


def remove_view(*, by: "User", view_id: int) -> SavedView:
    """Forget a view; returns it as it was, so that it can be put back."""
    view = own_view(by, view_id)
    with acting():
        SavedView.objects.filter(pk=view.pk).delete()
    return view


def canonical(query: str) -> str:
    """The query of a list without what passes, in one order: equal lists have equal queries."""
    pairs = [(k, v) for k, v in parse_qsl(query.removeprefix("?")) if v and k not in PASSING]
    return urlencode(sorted(pairs))


def own_view(by: "User", view_id: int, page: str = "") -> SavedView:
    """A view this person may change, of a page if one is named; raises NotVisible."""
    found = SavedView.objects.filter(pk=view_id).first()
    shared = found and not found.user_id and not by.roles.isdisjoint({Role.HEAD, Role.DIRECTOR})
    if found is None or not (found.user_id == by.pk or shared) or page not in ("", found.page):
        raise NotVisible(_("There is no such view"))
    return found
