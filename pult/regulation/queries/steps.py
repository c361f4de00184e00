"""What became of a row of the ledger, transition by transition."""

from dataclasses import dataclass
from datetime import datetime

from pult.kernel import clock
from pult.regulation.difference import IDENTITY
from pult.regulation.evaluate.table import State
from pult.regulation.models import Transition
from pult.regulation.queries.rows import LedgerRow, moment


@dataclass(frozen=True)
class Step:
    """One transition of a row: when it was known, from what to what, by which cause."""

    known_at: datetime
    from_state: State | None
    to_state: State | None
    due: datetime | None
    cause: str
    cause_fact: int
    edition_id: int
    parameter_value: int
    calendar_version: int


def steps(row: LedgerRow) -> list[Step]:
    """What became of a row, oldest first."""
    found = Transition.objects.filter(**dict(zip(IDENTITY, row.identity, strict=True)))
    return [
        Step(
            known_at=clock.from_minute(step.known_at),
            from_state=None if step.from_state < 0 else State(step.from_state),
            to_state=None if step.to_state < 0 else State(step.to_state),
            due=moment(step.due),
            cause=step.cause,
            cause_fact=step.cause_fact,
            edition_id=step.edition_id,
            parameter_value=step.parameter_value,
            calendar_version=step.calendar_version,
        )
        for step in found.order_by("id")
    ]
