"""Asking the head to let a line start before its money has come."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import line_for, require
from pult.clients.actions.lines import STARTERS
from pult.clients.models import ServiceLine
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting, record

if TYPE_CHECKING:
    from pult.people.models import User


def ask_to_start(*, by: "User", line_id: int, reason_code: str) -> None:
    """Leave a request that those who may lift gate 6.1 see beside the line."""
    role = require(by, *STARTERS, act=_("start service lines"))
    line = line_for(by, line_id)
    if line.status != ServiceLine.Status.PLANNED:
        raise Refusal(_("Only a planned line waits for its start"), subject=line)
    if not reason_code:
        raise BadInput(_("Say why"), field="reason_code")
    with acting(line.client_id):
        record(
            "line.start_asked",
            root_id=line.client_id,
            refs={"client": line.client_id, "line": line.pk},
            by=by,
            role=role,
            payload={"reason_code": reason_code},
        )
