"""Words for the parts of a card that are missing, and for codes kept by its actions."""

from typing import Any

from django.utils.translation import pgettext_lazy

PARTS: dict[str, Any] = {
    "manager": pgettext_lazy("gap", "account manager"),
    "decider": pgettext_lazy("gap", "who decides"),
    "reachable": pgettext_lazy("gap", "phone or mail"),
    "contacts": pgettext_lazy("gap", "mail, phone, birthday and post of everybody"),
    "payer": pgettext_lazy("gap", "payer with a tax number"),
    "contract": pgettext_lazy("gap", "contract"),
    "line": pgettext_lazy("gap", "service line"),
    "budget": pgettext_lazy("gap", "budget of each tool"),
    "feed": pgettext_lazy("gap", "where spend comes from"),
    "goal": pgettext_lazy("gap", "goal"),
    "need": pgettext_lazy("gap", "needs"),
    "business": pgettext_lazy("gap", "specifics of the business"),
    "product": pgettext_lazy("gap", "product"),
    "market": pgettext_lazy("gap", "market"),
    "promotion": pgettext_lazy("gap", "ways of promotion"),
    "payment": pgettext_lazy("gap", "habits of paying"),
    "documents": pgettext_lazy("gap", "habits with documents"),
    "reporting": pgettext_lazy("gap", "reports"),
    "solvency": pgettext_lazy("gap", "solvency of this half-year"),
    "folder": pgettext_lazy("gap", "folder"),
    "plan": pgettext_lazy("gap", "account plan"),
    "relation": pgettext_lazy("gap", "strategy of the relationship"),
}


def part_word(code: str) -> str:
    """A missing part in words; a code of another time as it is."""
    return str(PARTS.get(code, code))
