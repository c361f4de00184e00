"""What pages read of handovers: frozen values."""

from dataclasses import dataclass, field
from datetime import date, datetime

from pult.kernel.errors import Way


@dataclass(frozen=True)
class Person:
    id: int
    name: str


@dataclass(frozen=True)
class FieldItem:
    """A field of the brief; `before` are (old value, who, when) of its changes, the newest first.

    `is_own` fields are typed by people, the others Pult fills.
    """

    code: str
    label: str
    clause: str
    value: str
    is_own: bool = True
    before: tuple[tuple[str, str, datetime], ...] = ()


@dataclass(frozen=True)
class PaperItem:
    id: int
    name: str
    by: str
    at: datetime


@dataclass(frozen=True)
class PaperKind:
    """Papers of a kind; `is_none` when somebody said there are none, `kept` lead to those that Pult
    itself keeps."""

    code: str
    label: str
    clause: str
    files: tuple[PaperItem, ...]
    is_none: bool
    may_be_none: bool
    kept: tuple[Way, ...] = ()


@dataclass(frozen=True)
class PartItem:
    """What a gate asks for: there or not, what is lacking in words, where it is brought, and the
    day until which the head lets it not bind."""

    code: str
    label: str
    clause: str
    is_full: bool
    lacking: str
    ways: tuple[Way, ...] = ()
    lifted_until: date | None = None


@dataclass(frozen=True)
class StudyItem:
    code: str
    label: str
    is_done: bool
    is_there: bool


@dataclass(frozen=True)
class PointItem:
    id: int
    kind: str
    kind_label: str
    about: str
    clause: str
    text: str
    by: str
    at: datetime
    answer: str
    answered_by: str
    is_resolved: bool
    bounced: bool


@dataclass(frozen=True)
class ItemRow:
    """An item between managers: what Pult knows, what was told, whether it was taken."""

    code: str
    label: str
    clause: str
    known: tuple[str, ...]
    text: str
    is_none: bool
    is_filled: bool
    is_accepted: bool
    version: int
    is_own: bool

    @property
    def may_be_taken(self) -> bool:
        return self.is_filled and not self.is_accepted


@dataclass(frozen=True)
class HandoverCard:
    """One handover as a person sees it; `acts` are what they may do now.

    `giver_signed_by` is named where somebody else signed for the giver, `awaited` is whose
    signature comes next. `receiver_is_full` is told to whoever may sign beyond the limit.
    """

    id: int
    kind: str
    kind_label: str
    state: str
    state_label: str
    client_id: int
    client: str
    sees_client: bool
    giver: Person
    receiver: Person
    version: int
    offered_at: datetime | None
    accepted_at: datetime | None
    acts: frozenset[str]
    points: tuple[PointItem, ...]
    fields: tuple[FieldItem, ...] = ()
    papers: tuple[PaperKind, ...] = ()
    parts: tuple[PartItem, ...] = ()
    studies: tuple[StudyItem, ...] = ()
    receiver_is_full: bool = False
    asked: int | None = None
    came: int | None = None
    part_reason: str = ""
    part_by: str = ""
    understood_at: datetime | None = None
    understood_note: str = ""
    items: tuple[ItemRow, ...] = ()
    missing: tuple[str, ...] = ()
    batch_id: int | None = None
    is_urgent: bool = False
    grace_until: date | None = None
    giver_signed_at: datetime | None = None
    giver_signed_by: str = ""
    receiver_signed_at: datetime | None = None
    awaited: str = ""
    told_at: datetime | None = None
    letter: str = ""
    before: int = 0
    people: tuple[tuple[str, str], ...] = field(default=())

    @property
    def to_take(self) -> tuple[ItemRow, ...]:
        """Items told of that the receiver has not taken."""
        return tuple(one for one in self.items if one.may_be_taken)


@dataclass(frozen=True)
class HandoverRow:
    """A handover in a list; `waits` says whom it waits for: giver | receiver | seller | nobody."""

    id: int
    client_id: int
    client: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    giver: str
    receiver: str
    since: datetime
    points: int
    waits: str
    batch_id: int | None
    is_urgent: bool
