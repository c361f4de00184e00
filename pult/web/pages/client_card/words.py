"""Words for the parts of a card that are missing, and for codes kept by its actions."""

from typing import Any

from django.urls import reverse
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


# Where a missing part is filled in: the page, and its own kind after the client.
BLOCKS = ("business", "product", "market", "promotion", "payment", "documents", "reporting")
WAYS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("decider", "reachable", "contacts"), ("client_people",)),
    **dict.fromkeys(("payer", "contract"), ("client_requisites",)),
    **dict.fromkeys(("line", "budget", "feed"), ("client_lines",)),
    **dict.fromkeys(("goal", "need"), ("client_aim_new",)),
    **{kind: ("client_block", kind) for kind in BLOCKS},
    "solvency": ("client_solvency_new",),
    "folder": ("client_edit",),
    "plan": ("client_plan_new", "account"),
    "relation": ("client_plan_new", "relation"),
}


def part_word(code: str) -> str:
    """A missing part in words; a code of another time as it is."""
    return str(PARTS.get(code, code))


def part_url(code: str, client_id: int) -> str:
    """Where a manager of the client fills a missing part in; '' where another does."""
    if code not in WAYS:
        return ""
    name, *kind = WAYS[code]
    return reverse(name, args=[client_id, *kind])
