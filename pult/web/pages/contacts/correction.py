"""Correcting an entry of the log: the same choices, with what it says now."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from pult.clients.queries import client_header
from pult.comms.models import Interaction
from pult.comms.queries import ContactEntry, contact_to_correct
from pult.kernel.errors import PultError
from pult.web.fields import Form, id_in
from pult.web.pages.contacts.page import CHANNELS, OUTCOMES, Tap, given_contact, taps_of

EDITED = ("channel", "outcome", "direction", "at", "note")


@dataclass(frozen=True)
class CorrectionPage:
    """An entry and what was typed over it; `values` has the moment in the reader's own time."""

    client: str
    entry: ContactEntry
    back: str
    channels: tuple[Tap, ...]
    outcomes: tuple[Tap, ...]
    values: dict[str, Any]
    problem: PultError | None = None


def correction_page(request: HttpRequest, client_id: int, interaction_id: int) -> CorrectionPage:
    """NotVisible and Refusal as `contact_to_correct` says."""
    entry = contact_to_correct(request.user, client_id, interaction_id)
    said = {name: getattr(entry, name) for name in EDITED} | {"at": _typed(entry)}
    sent = {"direction": "", **request.POST.dict()} if request.POST else {}
    return CorrectionPage(
        client=client_header(request.user, client_id).name,
        entry=entry,
        back=reverse("client_contacts", args=[client_id]),
        channels=taps_of(Interaction.Channel, CHANNELS),
        outcomes=taps_of(Interaction.Outcome, OUTCOMES),
        values={"version": entry.version} | said | sent,
    )


def corrected(entry: ContactEntry, given: Any) -> dict[str, Any]:
    """What the form says, for `edit_contact`. The minute shown is not a new moment."""
    told = given_contact(given)
    kept = not told["at"] or given.get("at") == _typed(entry)
    changes = {name: told[name] for name in EDITED if name != "at"}
    return changes | ({} if kept else {"at": told["at"]}) | {"version": _version(given)}


def _version(given: Form) -> int:
    return id_in(given, "version") or 0


def _typed(entry: ContactEntry) -> str:
    return timezone.localtime(entry.at).strftime("%Y-%m-%dT%H:%M")
