"""Tables of the regulation: the signed pack, the ledger it produces, what people did to rows."""

from pult.regulation.models.hands import Dispute, EscalationSent, Postponement, Waiver
from pult.regulation.models.ledger import Dirty, Obligation, SweepRun, Timer, Transition
from pult.regulation.models.pack import (
    CalendarDay,
    CalendarHours,
    CalendarVersion,
    CardEdition,
    ClauseMode,
    GoLive,
    ParameterValue,
    Stamp,
)

__all__ = [
    "CalendarDay",
    "CalendarHours",
    "CalendarVersion",
    "CardEdition",
    "ClauseMode",
    "Dirty",
    "Dispute",
    "EscalationSent",
    "GoLive",
    "Obligation",
    "ParameterValue",
    "Postponement",
    "Stamp",
    "SweepRun",
    "Timer",
    "Transition",
    "Waiver",
]
