"""Everything pages read of the regulation."""

from pult.regulation.queries.acts import PutOff, beside, put_off, rows_of_act, same_act
from pult.regulation.queries.ahead import Ahead, DueAct, due_between
from pult.regulation.queries.day import Day, DayRow, Folded, day_rows
from pult.regulation.queries.hands import (
    DisputeItem,
    ModeCell,
    WaiverItem,
    answers_to,
    disputes,
    disputes_of,
    disputes_to_decide,
    go_lives,
    is_waived,
    modes_matrix,
    waived_now,
    waivers,
)
from pult.regulation.queries.health import Health, health
from pult.regulation.queries.near import Passed
from pult.regulation.queries.reader import (
    ClauseLine,
    ClausePage,
    ClauseUse,
    clause_page,
    clause_use,
    reader,
)
from pult.regulation.queries.rows import (
    LedgerRow,
    Step,
    breaches,
    clause_owed,
    client_obligations,
    count_acts,
    obligation,
    steps,
)
from pult.regulation.queries.tally import Held, Tally

__all__ = [
    "Ahead",
    "ClauseLine",
    "ClausePage",
    "ClauseUse",
    "Day",
    "DayRow",
    "DisputeItem",
    "DueAct",
    "Folded",
    "Health",
    "Held",
    "LedgerRow",
    "ModeCell",
    "Passed",
    "PutOff",
    "Step",
    "Tally",
    "WaiverItem",
    "answers_to",
    "beside",
    "breaches",
    "clause_owed",
    "clause_page",
    "clause_use",
    "client_obligations",
    "count_acts",
    "day_rows",
    "disputes",
    "disputes_of",
    "disputes_to_decide",
    "due_between",
    "go_lives",
    "health",
    "is_waived",
    "modes_matrix",
    "obligation",
    "put_off",
    "reader",
    "rows_of_act",
    "same_act",
    "steps",
    "waived_now",
    "waivers",
]
