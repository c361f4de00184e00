"""Handing clients over: from sales, between managers, urgently. The only writes of these rows."""

from pult.clients.actions.handover.beginning import start_between
from pult.clients.actions.handover.between import (
    accept_items,
    cancel_between,
    note_told,
    sign_giving,
    take_over,
)
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
    raise_point,
    resolve_point,
    send_back,
    study,
)
from pult.clients.actions.handover.lifting import lift_gates
from pult.clients.actions.handover.offering import offer_handover
from pult.clients.actions.handover.readdressing import give_to_another
from pult.clients.actions.handover.starting import cancel_handover, start_handover
from pult.clients.actions.handover.telling import Told, fill_item, fill_items
from pult.clients.actions.handover.urgent import (
    close_access,
    hand_over_urgently,
    note_access,
)

__all__ = [
    "Told",
    "accept_handover",
    "accept_items",
    "add_paper",
    "allow_part",
    "answer_point",
    "cancel_between",
    "cancel_handover",
    "check_understanding",
    "close_access",
    "edit_brief",
    "fill_item",
    "fill_items",
    "give_to_another",
    "hand_over_urgently",
    "lift_gates",
    "note_access",
    "note_told",
    "offer_handover",
    "raise_point",
    "remove_paper",
    "resolve_point",
    "send_back",
    "sign_giving",
    "start_between",
    "start_handover",
    "study",
    "take_over",
]
