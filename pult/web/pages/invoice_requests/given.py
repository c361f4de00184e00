"""What the forms of an invoice say, as arguments of the actions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from pult.comms.models import Interaction
from pult.kernel.errors import BadInput

REASONS = ("mistake", "changed", "refused")


def issuing(given: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments of `issue_invoice`; raises BadInput at the date that cannot be read."""
    return {
        "version": _version(given),
        "number": str(given.get("number", ""))[:32],
        "issued_on": day_of(given, "issued_on"),
        "due_on": day_of(given, "due_on"),
        "own_entity_id": _id(given, "own_entity"),
    }


def sent(given: Mapping[str, Any]) -> dict[str, Any]:
    channel = str(given.get("channel", ""))
    if channel not in Interaction.Channel.values:
        raise BadInput(_("Say how the client got the invoice"), field="channel")
    return {"version": _version(given), "channel": channel}


def cancelling(given: Mapping[str, Any]) -> dict[str, Any]:
    reason = str(given.get("reason", ""))
    if reason not in REASONS:
        raise BadInput(_("Say why the invoice is cancelled"), field="reason")
    return {"version": _version(given), "reason_code": reason}


def day_of(given: Mapping[str, Any], name: str) -> date | None:
    """The day of a date field, None when it is empty."""
    text = str(given.get(name, "")).strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise BadInput(_("“%(text)s” is not a day") % {"text": text[:40]}, field=name) from wrong


def _version(given: Mapping[str, Any]) -> int:
    return _id(given, "version") or 0


def _id(given: Mapping[str, Any], name: str) -> int | None:
    text = str(given.get(name, ""))
    return int(text) if text.isdecimal() and len(text) < 19 else None
