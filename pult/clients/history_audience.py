"""Who reads which column of a client's history. What is not named here is read by nobody."""

from typing import TYPE_CHECKING

from django.db.models import Q

from pult.clients.access import roles_of, sees_money
from pult.kernel.roles import DEPARTMENT

if TYPE_CHECKING:
    from pult.people.models import User

# Table → columns read by everybody who works on the client.
STAFF_READS: dict[str, tuple[str, ...]] = {
    "client": (
        *("name", "group", "status", "relationship", "about", "worked_since", "folder"),
        "merged_into",
    ),
    "contact": (
        *("brand", "name", "position", "phone", "email", "postal_address", "decides"),
        *("birthday_day", "birthday_month", "birthday_year", "birthday_presumed", "left"),
    ),
    "aim": ("kind", "text", "set_on", "due_on", "state", "resolution", "closed_on"),
    "customvalue": ("value",),
    "serviceline": (
        *("brand", "site", "contract", "name", "tool", "platform", "status", "period_from"),
        *("period_to", "always_on", "money_flow", "wallet", "planned_start", "started_at"),
        "ended_at",
    ),
    "firstcall": (
        *("channel", "held_at", "held_by", "aims", "about_client", "about_product", "goal"),
        *("days", "look", "summary", "sent_at", "answer", "answered_on", "proof"),
    ),
}
MONEY_READS: dict[str, tuple[str, ...]] = {
    "serviceline": ("payer", "monthly_budget"),
    "firstcall": ("cost", "gaps_settled", "gaps_note"),
    "legalentity": (
        *("name", "country", "inn", "kpp", "ogrn", "address", "signatory", "postal_address"),
        "closed",
    ),
    "contract": ("kind", "number", "signed_on", "ends_on", "entity", "own_entity"),
    "block": ("text",),  # habits of paying among them
}
DEPARTMENT_READS: dict[str, tuple[str, ...]] = {"plan": ("text", "review_on", "closed_on")}


def changes_read_by(user: "User") -> Q:
    """The changes this person reads, of a client they see."""
    parts = [STAFF_READS]
    if sees_money(user):
        parts.append(MONEY_READS)
    if roles_of(user) & DEPARTMENT:
        parts.append(DEPARTMENT_READS)
    read: dict[str, set[str]] = {}
    for part in parts:
        for table, columns in part.items():
            read.setdefault(table, set()).update(columns)
    found = Q(pk__in=())
    for table, columns in read.items():
        found |= Q(table=table, field__in=sorted(columns))
    return found
