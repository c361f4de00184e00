"""What a clause card says, once its words are understood: plain frozen values.

The language compiles Markdown into these; `evaluate` reads nothing else about a clause.
"""

from dataclasses import dataclass, field
from typing import Literal

Shape = Literal["event", "date", "state", "measure"]
Unit = Literal["wd", "bh", "bmin", "day", "month", "percent", "count", "rub", "month_day"]
Side = Literal["before", "after", "at"]
Period = Literal["day", "week", "month", "quarter"]

RUNNING_KINDS = ("obligation", "cadence", "gate", "forbidden", "monitor")


@dataclass(frozen=True)
class Amount:
    """A number of a card: `value` as written there; `name` is the dated parameter behind it.

    Units: working days, business hours, business minutes, calendar days, calendar months,
    per cent, a plain count, roubles, a day of the month.
    """

    value: int
    unit: Unit
    name: str = ""


@dataclass(frozen=True)
class Word:
    """A word of the vocabulary bound to facts: any live fact of `kinds`.

    `states` narrows by the fact's state column (state facts: the current step; events: a tag),
    `role` by the acting role. `level` is the subject type whose ref the facts carry; a word of a
    parent level (client) may stand in a card about a child (line).
    """

    text: str
    kinds: tuple[str, ...]
    shape: Shape
    level: str
    states: tuple[str, ...] = ()
    role: str = ""


@dataclass(frozen=True)
class Holds:
    """One condition. Event: such a fact exists at or before the instant (within `within`, if
    given, and not older than it). State: the newest state fact at the instant is in the word's
    states. Date: the newest date of the subject is known. `quantifier` counts the subject's
    children of `word.level` ("all" needs at least one child; "at_least" needs `count` of them).
    `clause` instead of a word reads another clause's ledger: rows of the same subject (or root)
    in `clause_states`.
    """

    word: Word | None = None
    negated: bool = False
    within: Amount | None = None
    quantifier: Literal["", "all", "at_least"] = ""
    count: Amount | None = None
    clause: str = ""
    clause_states: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """`any_of` groups of `Holds` joined by and: ((a, b), (c,)) means (a and b) or c."""

    any_of: tuple[tuple[Holds, ...], ...]


@dataclass(frozen=True)
class Trigger:
    """When a row appears. Exactly one of the forms:

    word, event shape: each fact; identity = the fact.
    word, state shape: entering one of the states; identity = the opening fact.
    word, date shape: the newest date of each key; identity = the key.
    missing: no fact of `missing` for `older_than` (or ever, counted from `since` entered);
             identity = the last fact, or the opening fact of `since`.
    clause: a row of another clause entering `clause_states`; identity = that row.

    `parallel` keys of a date live side by side (planned flights); else a new key (the next funding
    period) ends the window of the one before.
    """

    word: Word | None = None
    missing: Word | None = None
    older_than: Amount | None = None
    since: Word | None = None
    clause: str = ""
    clause_states: tuple[str, ...] = ()
    parallel: bool = False


@dataclass(frozen=True)
class Deadline:
    """`amount` before/after the trigger (date shape: the predicted day; else its instant); `at`
    means the trigger's own day. `soft` is the aim shown before the hard due; `warn_percent`
    warns when that share of the time has passed. Working days end with the working day. `anew`:
    what was done for an earlier deadline of the trigger does not count for this one."""

    amount: Amount
    side: Side
    soft: Amount | None = None
    warn_percent: Amount | None = None
    label: str = ""
    anew: bool = False


@dataclass(frozen=True)
class Cadence:
    """At least `times` acts of `act` per `period`, asked while the card's `active` holds; or, with
    `gap`, never longer than `gap` between two acts. `by` moves the due inside the period to a day
    of the month. `counted_as`: an act counts for the period it happened in."""

    act: Word
    period: Period | None = None
    times: Amount | None = None
    gap: Amount | None = None
    by: Amount | None = None


@dataclass(frozen=True)
class Exception_:
    """A labelled exception: while its condition holds, the base rule does not bind."""

    label: str
    condition: Condition


@dataclass(frozen=True)
class Requirement:
    """One thing a gate asks for, with the words shown when it is missing."""

    condition: Condition
    text: str


@dataclass(frozen=True)
class Gate:
    """`action` (code of the guarded act; its performed/attempted facts are `acts`) is refused
    until every requirement holds."""

    action: str
    acts: Word
    requires: tuple[Requirement, ...]


@dataclass(frozen=True)
class Forbidden:
    """`act` done by somebody acting as `role` is a breach; guarded as `action` beforehand."""

    action: str
    act: Word
    role: str


@dataclass(frozen=True)
class Monitor:
    """`measured` against `plan` (both measures of a day, same key) within `tolerance` per cent;
    `side` says which crossing hurts. Opens a row to react, due by the card's deadline."""

    measured: Word
    plan: Word
    tolerance: Amount
    side: Literal["above", "below", "both"]


@dataclass(frozen=True)
class Rung:
    """One rung of the ladder: `amount` of working time after the due, to `role`."""

    amount: Amount
    role: str


@dataclass(frozen=True)
class Example:
    """A row of a card's examples table: column → text as written, and where it stands."""

    name: str
    cells: dict[str, str]
    expect: str
    line: int


@dataclass(frozen=True)
class Card:
    """One edition of one clause."""

    clause: str
    title: str
    title_en: str
    wording: str
    kind: str
    subject: str
    edition: str
    effective_from: int = 0
    edition_id: int = 0
    role: str = ""
    act: str = ""
    trigger: Trigger | None = None
    deadlines: tuple[Deadline, ...] = ()
    evidence: Condition | None = None
    cancels: Condition | None = None
    each: str = ""
    active: Condition | None = None
    pauses: tuple[Word, ...] = ()
    waits_for: str = ""
    feed: Word | None = None
    feed_limit: Amount | None = None
    exceptions: tuple[Exception_, ...] = ()
    cadence: Cadence | None = None
    gate: Gate | None = None
    forbidden: Forbidden | None = None
    monitor: Monitor | None = None
    waivers: tuple[str, ...] = ()
    ladder: tuple[Rung, ...] = ()
    surface: str = ""
    planned: tuple[str, ...] = ()
    examples: tuple[Example, ...] = field(default=(), compare=False)
    file: str = ""
    line: int = 0
    sets: tuple[str, ...] = ()
    wording_en: str = ""
