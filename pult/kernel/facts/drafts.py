"""A fact before it is written, and the checks that every fact passes."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from pult.kernel import clock
from pult.kernel.facts.kinds import FactKind, kind_of

LONGEST_CODE = 64
LONGEST_NOTE = 500
COLUMNS = (
    "kind",
    "root_id",
    "refs",
    "valid_at",
    "recorded_at",
    "key",
    "day",
    "state",
    "value",
    "role",
    "actor_id",
    "source",
    "external_id",
    "payload",
    "voids_id",
    "version",
)
ON_BEHALF = "for"  # any fact: the colleague whose role the actor held as a deputy
NEEDS = {
    "event": (),
    "date": ("day",),
    "state": ("state",),
    "measure": ("day", "value"),
}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What `record` takes, as a value; `record_many` takes an iterable of these.

    `root_id` is the client, 0 for the agency and its people. `at` is when it became so, by
    default now; a predicted day is `day`. `value` is an integer (kopecks, minutes, a count).
    """

    kind: str
    root_id: int
    refs: dict[str, int] = field(default_factory=dict)
    by_id: int | None = None
    at: datetime | None = None
    key: str = ""
    day: date | None = None
    state: str = ""
    value: int | None = None
    role: str = ""
    payload: dict[str, Any] = field(default_factory=dict)
    source: str = "pult"
    external_id: str | None = None
    voids_id: int | None = None

    def columns(self) -> dict[str, Any]:
        """Checked values for the table's columns; raises ValueError naming what is wrong."""
        return dict(zip(COLUMNS, self.row(clock.now()), strict=True))

    def row(self, now: datetime) -> tuple[Any, ...]:
        """The same values alone, in the order of COLUMNS, recorded `now`."""
        kind = kind_of(self.kind)
        _check_shape(self, kind)
        _check_refs(self, kind)
        if self.payload:
            _check_payload(self, kind)
        return (
            self.kind,
            self.root_id,
            self.refs,
            _aware(self.at, self.kind) if self.at else now,
            now,
            self.key,
            self.day,
            self.state,
            self.value,
            self.role,
            self.by_id,
            self.source,
            self.external_id,
            self.payload,
            self.voids_id,
            kind.version,
        )


def on_behalf(refs: dict[str, int], by: Any, role: str) -> dict[str, int]:
    """The refs of an act: of a deputy's with whose role it is."""
    principal = getattr(by, "acts_for", {}).get(role) if by and role else None
    return {**refs, ON_BEHALF: principal} if principal else refs


def _check_shape(draft: Draft, kind: FactKind) -> None:
    needed = NEEDS[kind.shape]
    if needed and (missing := [n for n in needed if getattr(draft, n) in (None, "")]):
        raise ValueError(f"{kind.code} is a {kind.shape}: it needs {' and '.join(missing)}")
    if len(draft.key) > LONGEST_CODE:
        raise ValueError(f"{kind.code}: a key is at most {LONGEST_CODE} characters")
    if isinstance(draft.value, float):
        raise ValueError(f"{kind.code}: a value is a whole number, never a float")


def _check_refs(draft: Draft, kind: FactKind) -> None:
    given = draft.refs.keys()
    whole = all(type(value) is int for value in draft.refs.values())
    if whole and kind.required_refs <= given <= kind.known_refs:
        return
    if missing := kind.required_refs - given:
        raise ValueError(f"{kind.code} must name its {', '.join(sorted(missing))}")
    if strange := given - kind.known_refs - {ON_BEHALF}:
        raise ValueError(f"{kind.code} does not know the ref {', '.join(sorted(strange))}")
    if not whole:
        raise ValueError(f"{kind.code}: refs are numbers of rows")


def _check_payload(draft: Draft, kind: FactKind) -> None:
    for name, value in draft.payload.items():
        expected = kind.fields.get(name)
        if expected is None:
            raise ValueError(f"{kind.code} has no payload field {name!r}")
        if value is not None and not isinstance(value, expected):
            raise ValueError(f"{kind.code}: {name} must be {expected.__name__}")
        longest = LONGEST_NOTE if expected is str else LONGEST_CODE
        if any(len(text) > longest for text in _texts(value)):
            raise ValueError(f"{kind.code}: {name} holds free text; keep texts in rows, not facts")


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return []


def _aware(at: datetime, code: str) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{code}: a moment needs its time zone")
    return at.astimezone(UTC)
