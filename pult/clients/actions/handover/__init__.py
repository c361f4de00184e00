"""Handing clients over: from sales, between managers, urgently. The only writes of these rows."""

from pult.clients.actions.handover.brief import (
    add_paper,
    allow_part,
    edit_brief,
    remove_paper,
)
from pult.clients.actions.handover.deciding import (
    accept_handover,
    answer_point,
    check_understanding,
    offer_handover,
    raise_point,
    resolve_point,
    send_back,
    study,
)
from pult.clients.actions.handover.starting import cancel_handover, start_handover

__all__ = [
    "accept_handover",
    "add_paper",
    "allow_part",
    "answer_point",
    "cancel_handover",
    "check_understanding",
    "edit_brief",
    "offer_handover",
    "raise_point",
    "remove_paper",
    "resolve_point",
    "send_back",
    "start_handover",
    "study",
]
