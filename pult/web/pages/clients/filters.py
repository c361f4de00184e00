"""From the address of the list to `ClientFilters` and back to the choices it offers."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pult.clients.access import sees_money
from pult.clients.models import Client, ServiceLine
from pult.clients.queries import ClientFilters
from pult.clients.queries.directory import SORTS
from pult.kernel.roles import Role
from pult.kernel.words import id_of
from pult.money.queries.standing import LABELS
from pult.people.queries import names_of, stood_in_for
from pult.web.saved_views import Seed

if TYPE_CHECKING:
    from pult.people.models import User

# Those who see other people's clients choose between managers.
CHOOSERS = frozenset(Role.values) - {Role.AM, Role.SALES, Role.EXECUTOR, Role.CLIENT}
SEEDS = (
    Seed(_("Money ends soon"), "money=soon&status=client", frozenset({Role.AM, Role.HEAD})),
    Seed(_("Time to invoice"), "money=invoice", frozenset({Role.AM, Role.HEAD, Role.ACCOUNTANT})),
    Seed(
        _("Payment overdue"),
        "money=debt",
        frozenset({Role.AM, Role.HEAD, Role.ACCOUNTANT, Role.DIRECTOR}),
    ),
    Seed(_("Biggest budgets"), "sort=-budget&status=client", frozenset({Role.HEAD, Role.DIRECTOR})),
    Seed(_("Leads"), "status=lead", frozenset({Role.SALES, Role.HEAD})),
    Seed(_("On pause"), "status=paused", frozenset({Role.AM, Role.HEAD})),
)


def filters_of(user: "User", query: QueryDict) -> ClientFilters:
    """What the address asks for; unknown values are dropped, and so is money from those who do
    not see it: a filter would tell them what a column may not."""
    money = query.get("money", "") if sees_money(user) else ""
    sort = query.get("sort", "")
    if sort.removeprefix("-") == "budget" and not sees_money(user):
        sort = ""
    return ClientFilters(
        q=query.get("q", "")[:200],
        am=_number(query.get("am", "")),
        status=_known(query.get("status", ""), Client.Status.values),
        tool=_known(query.get("tool", ""), ServiceLine.Tool.values),
        money=_known(money, LABELS),
        sort=sort,
        page=_number(query.get("page", "")) or 1,
    )


def offered_to(user: "User", query: QueryDict) -> dict[str, Collection[str]]:
    """What this person may choose in the address of the list, by its part; a manager is a number,
    of one who has left too."""
    money = sees_money(user)
    am = query.get("am", "")
    return {
        "am": (am,) if _number(am) else (),
        "status": Client.Status.values,
        "tool": ServiceLine.Tool.values,
        "money": LABELS if money else (),
        "sort": [name for name in SORTS if money or name != "budget"],
    }


def absent_for(user: "User") -> "list[User] | None":
    """The colleagues a manager stands in for; None: they were not asked for, as whoever chooses
    between all managers needs none of them."""
    stands_in = Role.AM in user.roles and not CHOOSERS & user.roles
    return stood_in_for(user) if stands_in else None


def managers(user: "User", absent: "Collection[User] | None") -> tuple[tuple[Any, Any], ...]:
    """Account managers to choose from: all of them for those who see everybody's clients; oneself
    and the absent ones for a manager who stands in; nobody for those who see their own alone."""
    if CHOOSERS & user.roles:
        return names_of(Role.AM)
    return tuple((one.pk, one.full_name) for one in (user, *absent)) if absent else ()


def seeds(user: "User", choice: Collection[Any]) -> tuple[Seed, ...]:
    """The views that come with Pult; of somebody else's clients and one's own, one's own first."""
    if not choice or Role.AM not in user.roles:
        return SEEDS
    return Seed(_("My clients"), f"am={user.pk}", frozenset({Role.AM})), *SEEDS


def money_choices(user: "User") -> tuple[tuple[str, Any], ...]:
    """States of money to choose from; none for roles that see no money."""
    return tuple(LABELS.items()) if sees_money(user) else ()


def _number(text: str) -> int | None:
    return id_of(text)


def _known(code: str, codes: Any) -> str:
    return code if code in codes else ""
