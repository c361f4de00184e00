"""What the forms of an invoice say, as arguments of the actions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from pult.comms.models import Interaction
from pult.kernel.errors import BadInput
from pult.web.fields import day_of, day_or_none, id_in

REASONS = ("mistake", "changed", "refused")


def issuing(given: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments of `issue_invoice`; raises BadInput at the date that cannot be read."""
    return {
        "version": _version(given),
        "number": str(given.get("number", "")),
        "issued_on": day_or_none(given, "issued_on"),
        "due_on": day_or_none(given, "due_on"),
        "own_entity_id": id_in(given, "own_entity"),
    }


def sent(given: Mapping[str, Any]) -> dict[str, Any]:
    channel = str(given.get("channel", ""))
    if channel not in Interaction.Channel.values:
        raise BadInput(_("Say how the client got the invoice"), field="channel")
    return {"version": _version(given), "channel": channel}


def moving(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"version": _version(given), "due_on": day_of(given, "due_on")}


def cancelling(given: Mapping[str, Any]) -> dict[str, Any]:
    reason = str(given.get("reason", ""))
    if reason not in REASONS:
        raise BadInput(_("Say why the invoice is cancelled"), field="reason")
    return {"version": _version(given), "reason_code": reason}


def _version(given: Mapping[str, Any]) -> int:
    return id_in(given, "version") or 0
