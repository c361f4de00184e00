"""The agency's own legal entities: what an invoice prints, and what is still missing."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pult.clients.actions.agency import KEEPERS
from pult.clients.queries import AgencyItem, OwnEntityItem, agency
from pult.people.queries import business_day

if TYPE_CHECKING:
    from pult.people.models import User

LACKING = {
    "inn": _("ИНН"),
    "address": _("Address"),
    "signatory": _("Who signs documents"),
    "account": pgettext_lazy("bank", "Account"),
}


@dataclass(frozen=True)
class EntityView:
    """An entity; `lacks` are words for what documents print and nobody has typed yet."""

    item: OwnEntityItem
    lacks: tuple[Any, ...]


@dataclass(frozen=True)
class AgencyPage:
    agency: AgencyItem
    entities: tuple[EntityView, ...]
    may_edit: bool


def agency_page(user: "User") -> AgencyPage:
    """Every entity of the agency, and the accounts nobody has named the owner of."""
    found = agency(business_day())
    return AgencyPage(
        agency=found,
        entities=tuple(
            EntityView(item, tuple(LACKING[name] for name in item.lacks)) for item in found.entities
        ),
        may_edit=not user.roles.isdisjoint(KEEPERS),
    )
