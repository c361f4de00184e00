"""What people do to rows of the ledger. None of it writes a state: facts do, through `evaluate`."""

from pult.regulation.actions.disputes import decide_dispute, dispute
from pult.regulation.actions.identity import refs_of
from pult.regulation.actions.rows import (
    bring_back,
    mark_useless,
    postpone,
    resume,
)
from pult.regulation.actions.waivers import WAIVERS_BY_DEFAULT, Target, end_waiver, waive

__all__ = [
    "WAIVERS_BY_DEFAULT",
    "Target",
    "bring_back",
    "decide_dispute",
    "dispute",
    "end_waiver",
    "mark_useless",
    "postpone",
    "refs_of",
    "resume",
    "waive",
]
