"""What pages read of handovers: frozen values, never rows."""

from pult.clients.queries.handover.blame import Breach, breaches_of
from pult.clients.queries.handover.card import handover_card, handover_kind, paper_file
from pult.clients.queries.handover.lists import (
    handover_list,
    handover_of_client,
    handovers_waiting,
)
from pult.clients.queries.handover.shapes import HandoverCard, HandoverRow

__all__ = [
    "Breach",
    "HandoverCard",
    "HandoverRow",
    "breaches_of",
    "handover_card",
    "handover_kind",
    "handover_list",
    "handover_of_client",
    "handovers_waiting",
    "paper_file",
]
