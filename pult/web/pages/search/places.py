"""Where the palette leads: the menu's destinations and the acts a role may begin."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext_lazy

from pult.kernel.roles import STAFF, Role
from pult.web.answers import address_of
from pult.web.frame import LEADERS, PLACES

if TYPE_CHECKING:
    from pult.people.models import User

PLANNERS = LEADERS | {Role.PRODUCTION_HEAD, Role.PRODUCTION_DIRECTOR}
DESK = frozenset({Role.HEAD, Role.DIRECTOR, Role.IT})


@dataclass(frozen=True)
class Destination:
    """A page or the beginning of an act; `words` are what else people call it."""

    label: Any
    href: str
    icon: str
    words: Any = ""


@dataclass(frozen=True)
class Act:
    """An entry of the palette that is not in the menu; `url` is the name of its address."""

    url: str
    label: Any
    icon: str
    roles: frozenset[str] = STAFF
    words: Any = ""


ACTS = (
    Act(
        "task_new",
        pgettext_lazy("palette", "Set a task"),
        "plus",
        words=pgettext_lazy("palette", "new task department"),
    ),
    Act(
        "task_board",
        pgettext_lazy("palette", "Board of tasks"),
        "square-kanban",
        words=pgettext_lazy("palette", "kanban states cards"),
    ),
    Act(
        "task_calendar",
        pgettext_lazy("palette", "Calendar of tasks"),
        "calendar-days",
        words=pgettext_lazy("palette", "deadlines month days"),
    ),
    Act(
        "task_load",
        pgettext_lazy("palette", "Workload"),
        "chart-column",
        words=pgettext_lazy("palette", "hours people busy"),
    ),
    Act(
        "projects",
        pgettext_lazy("palette", "Projects"),
        "folder",
        words=pgettext_lazy("palette", "project department timeline"),
    ),
    Act(
        "task_forms",
        pgettext_lazy("palette", "Forms of tasks"),
        "rows-3",
        words=pgettext_lazy("palette", "templates fields checklist"),
    ),
    Act(
        "client_new",
        pgettext_lazy("palette", "Add a client"),
        "plus",
        frozenset({Role.AM, Role.SALES}) | LEADERS,
        pgettext_lazy("palette", "new client create"),
    ),
    Act(
        "clients",
        pgettext_lazy("palette", "Request an invoice: choose a client"),
        "receipt",
        frozenset({Role.AM}) | LEADERS,
        pgettext_lazy("palette", "bill invoice ask"),
    ),
    Act(
        "import_bank",
        pgettext_lazy("palette", "Load a bank statement"),
        "landmark",
        frozenset({Role.ACCOUNTANT}),
        pgettext_lazy("palette", "payments money import"),
    ),
    Act(
        "import_clients",
        pgettext_lazy("palette", "Move clients in"),
        "file-up",
        DESK,
        pgettext_lazy("palette", "import table clients"),
    ),
    Act(
        "disputes",
        pgettext_lazy("palette", "Disputed rows"),
        "scale",
        LEADERS,
        pgettext_lazy("palette", "disputes decide"),
    ),
    Act(
        "modes",
        pgettext_lazy("palette", "How loud the clauses are"),
        "sliders-horizontal",
        LEADERS,
        pgettext_lazy("palette", "modes switch on off shadow"),
    ),
    Act(
        "waivers",
        pgettext_lazy("palette", "Exceptions in force"),
        "circle-slash",
        words=pgettext_lazy("palette", "waivers permissions"),
    ),
    Act(
        "go_live",
        pgettext_lazy("palette", "First days of the regulation"),
        "power",
        LEADERS,
        pgettext_lazy("palette", "go live start date"),
    ),
    Act(
        "person_new",
        pgettext_lazy("palette", "Invite a colleague"),
        "user-plus",
        DESK | {Role.PRODUCTION_HEAD},
        pgettext_lazy("palette", "new employee hire invitation"),
    ),
    Act(
        "duties",
        pgettext_lazy("palette", "Who is on duty"),
        "phone-call",
        words=pgettext_lazy("palette", "holidays duty weekend"),
    ),
    Act(
        "profile",
        pgettext_lazy("palette", "My profile"),
        "settings",
        words=pgettext_lazy("palette", "language theme dark hotkeys settings password"),
    ),
    Act(
        "mfa_index",
        pgettext_lazy("palette", "Passkeys and codes"),
        "key-round",
        words=pgettext_lazy("palette", "security two factor totp"),
    ),
)


def places_of(user: "User") -> list[Destination]:
    """Everything this person may open from the palette, the menu first."""
    return [*_menu(user), *_acts(user)]


def _menu(user: "User") -> Iterator[Destination]:
    for place in PLACES:
        href = address_of(place.url)
        if href and place.roles & user.roles:
            yield Destination(place.label, href, place.icon)


def _acts(user: "User") -> Iterator[Destination]:
    for act in ACTS:
        href = address_of(act.url)
        if href and act.roles & user.roles:
            yield Destination(act.label, href, act.icon, act.words)
