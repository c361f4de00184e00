"""What fixed a due date, step by step: plain values for a person to follow."""

from dataclasses import dataclass

from pult.kernel.calendar import DayRecord

Pause = tuple[int, int]


@dataclass(frozen=True)
class Prediction:
    """One predicted day: the fact, when it was recorded, the due it asks for and the due it got.
    `short` when grace kept the due later than asked."""

    fact: int
    recorded: int
    day: int
    asked: int
    due: int
    short: bool


@dataclass(frozen=True)
class CalendarStep:
    """The due by one version of the calendar, in the order the versions were recorded."""

    version: int
    recorded: int
    due: int


@dataclass(frozen=True)
class CountedDay:
    """A local day on the way: what it is and whether it was counted; `paused` if that is why not.
    `minutes`: working minutes counted, when the amount is in hours or minutes."""

    day: DayRecord
    counted: bool
    paused: bool
    minutes: int


@dataclass(frozen=True)
class Explanation:
    """Everything that fixed a due date.

    `amount` with its unit and side is as resolved; `parameter` is the name, `parameter_id` the
    signed value (0: the card's own). `days` run from the trigger to the due, or, for a lead time,
    from the due to the predicted day; of a period, all its days.
    """

    clause: str
    edition: str
    part: int
    trigger: int
    opened: int
    amount: int
    unit: str
    side: str
    parameter: str
    parameter_id: int
    pauses: tuple[Pause, ...]
    predictions: tuple[Prediction, ...]
    calendars: tuple[CalendarStep, ...]
    days: tuple[CountedDay, ...]
    due: int
