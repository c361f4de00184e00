"""The head lets gates of a handover from sales not bind this one: with a reason, until a day."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.clients.actions.handover.steps import PREPARED, must_be
from pult.clients.handover_access import sale_for
from pult.clients.logic.handovers import GATES
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting
from pult.regulation.actions import Target, waive

if TYPE_CHECKING:
    from pult.people.models import User


def lift_gates(
    *, by: "User", handover_id: int, parts: Collection[str], reason: str, until: date
) -> None:
    """Make exceptions from the clauses of these parts (`GATES`) for one handover, all or none.

    Nothing on the account at all may be lifted too (2.2); a part of the money is `allow_part`.
    Raises BadInput for no part or reason, and for a day that is over; Refusal for a part that is
    lifted already.
    """
    role = require(by, "head", act=_("make an exception for a handover"))
    row = sale_for(by, handover_id)
    if not parts or not set(parts) <= GATES.keys():
        raise BadInput(_("Choose what the exception is for"))
    with acting(row.client_id):
        must_be(row, *PREPARED)
        for part in parts:
            target = Target(GATES[part], row.client_id, "handover", row.pk)
            waive(target=target, until=until, reason=reason, by=by, role=role)
