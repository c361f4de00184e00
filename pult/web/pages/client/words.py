"""Words for codes that the clients' actions keep: reasons of pauses, ends, trust and requests."""

from typing import Any

from django.utils.translation import pgettext_lazy

from pult.clients.models import KeptFor

PAUSE_REASONS: dict[str, Any] = {
    "client_asked": pgettext_lazy("reason", "The client asked"),
    "season": pgettext_lazy("reason", "Out of season"),
    "no_budget": pgettext_lazy("reason", "No budget"),
    "no_materials": pgettext_lazy("reason", "No materials from the client"),
    "site_down": pgettext_lazy("reason", "The site does not work"),
    "holiday": pgettext_lazy("reason", "The client is on holiday"),
    "other": pgettext_lazy("reason", "Another reason"),
}
END_REASONS: dict[str, Any] = {
    "done": pgettext_lazy("reason", "The work is done"),
    "client_left": pgettext_lazy("reason", "The client left"),
    "no_budget": pgettext_lazy("reason", "No budget"),
    "no_result": pgettext_lazy("reason", "The client is not content with the result"),
    "in_house": pgettext_lazy("reason", "The client does it in house"),
    "other": pgettext_lazy("reason", "Another reason"),
}
TRUST_REASONS: dict[str, Any] = {
    "long_together": pgettext_lazy("reason", "Pays on time for over a year"),
    "guarantee": pgettext_lazy("reason", "Letter of guarantee"),
    "large_company": pgettext_lazy("reason", "A large company with slow payments"),
    "owner_word": pgettext_lazy("reason", "Agreed with the owner"),
    "other": pgettext_lazy("reason", "Another reason"),
}
START_REASONS: dict[str, Any] = {
    "payment_sent": pgettext_lazy("reason", "The client has sent the payment order"),
    "deadline": pgettext_lazy("reason", "The start cannot wait for the bank"),
    "guarantee": pgettext_lazy("reason", "Letter of guarantee"),
    "other": pgettext_lazy("reason", "Another reason"),
}


def reason_words(code: str) -> Any:
    """The words of a reason's code; a code of another time is shown as it is."""
    kept = dict(KeptFor.choices)
    for known in (PAUSE_REASONS, END_REASONS, TRUST_REASONS, START_REASONS, kept):
        if code in known:
            return known[code]
    return code
