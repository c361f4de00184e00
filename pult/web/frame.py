"""The menu and the looks around every page, for the person who is looking."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_urlconf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pult.kernel.roles import EVERY_ROLE, STAFF, Role
from pult.ui.frame import Frame, NavItem
from pult.web.answers import address_of

LEADERS = frozenset({Role.HEAD, Role.DIRECTOR})


@dataclass(frozen=True)
class Place:
    """A destination: the name of its address, its label, and the roles that see it."""

    url: str
    label: Any
    icon: str
    roles: frozenset[str] = STAFF
    primary: bool = False
    group: Any = ""


PLACES = (
    Place("my_day", _("My day"), "sun", primary=True),
    Place("own_tasks", _("Your tasks"), "list-checks", frozenset({Role.CONTRACTOR}), primary=True),
    Place("working_day", _("Working day"), "moon"),
    Place("clients", _("Clients"), "users", STAFF - {Role.IT}, primary=True),
    Place("tasks", _("Tasks"), "list-checks", primary=True),
    Place(
        "settlement",
        _("Settlement"),
        "landmark",
        frozenset({Role.ACCOUNTANT}) | LEADERS,
        primary=True,
        group=_("Money"),
    ),
    Place(
        "invoice_requests",
        _("Invoices"),
        "receipt",
        frozenset({Role.ACCOUNTANT, Role.AM}) | LEADERS,
        group=_("Money"),
    ),
    Place(
        "imports",
        _("Imports"),
        "inbox",
        frozenset({Role.ACCOUNTANT, Role.AM, Role.EXECUTOR, Role.IT}) | LEADERS,
        group=_("Money"),
    ),
    Place(
        "contractors",
        _("Contractors"),
        "hammer",
        frozenset({Role.ACCOUNTANT}) | LEADERS,
        group=_("Money"),
    ),
    Place("regulation", _("Regulation"), "book-open", primary=True, group=_("Department")),
    Place(
        "before_break",
        _("Before the break"),
        "tree-palm",
        frozenset({Role.AM}) | LEADERS,
        group=_("Department"),
    ),
    Place(
        "handovers",
        _("Handovers"),
        "arrow-left-right",
        frozenset({Role.AM, Role.SALES}) | LEADERS,
        group=_("Department"),
    ),
    Place(
        "client_gaps",
        _("Gaps in cards"),
        "list-checks",
        frozenset({Role.AM}) | LEADERS,
        group=_("Department"),
    ),
    Place("escalations", _("Escalations"), "bell-ring", LEADERS, group=_("Department")),
    Place("calendar", _("Calendar"), "calendar-days", group=_("Department")),
    Place("directory", _("Directory"), "book-user", group=_("Department")),
    Place("knowledge", _("Knowledge"), "library", group=_("Department")),
    Place("people", _("People"), "contact", group=_("Department")),
    Place(
        "agency",
        _("Agency"),
        "building-2",
        LEADERS | {Role.ACCOUNTANT, Role.IT},
        group=_("Department"),
    ),
    Place("health", _("Health"), "activity", LEADERS | {Role.IT}, group=_("Department")),
)


def frame(request: HttpRequest) -> Frame:
    """The frame of this request; a stranger sees no menu."""
    user = getattr(request, "user", None)  # refused before anybody asked who it is
    if user is None or not user.is_authenticated:
        return Frame(demo=settings.DEMO)
    return Frame(
        user_name=user.full_name,
        role=", ".join(str(Role(role).label) for role in Role.values if role in user.roles),
        nav=_nav(user.roles, get_language(), get_urlconf()),
        theme=user.theme,
        density=user.density,
        language=user.language,
        hotkeys=user.hotkeys,
        search_url=address_of("search") if user.roles & STAFF else "",
        profile_url=address_of("profile"),
        sign_out_url=address_of("account_logout"),
        demo=settings.DEMO,
    )


@lru_cache(maxsize=64)
def _nav(roles: frozenset[str], language: str | None, _urlconf: str | None) -> tuple[NavItem, ...]:
    """The menu of these roles, its words told in the active language."""
    return tuple(
        NavItem(str(place.label), address, place.icon, 0, "plain", place.primary, str(place.group))
        for place in PLACES
        if place.roles & roles & EVERY_ROLE and (address := address_of(place.url))
    )
