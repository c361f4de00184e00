"""Everything that is wrong with one row, told together: what is named at once is mended once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.text import format_lazy

from pult.integrations.statement.values import BadValue

# Of so many bad rows all is told; a file with more is no statement, and the first fault of each of
# the rest is enough.
MOST_EXPLAINED = 1000


class BadField(BadValue):
    """A value of `field` that makes its row or document unusable; `line` where it stands apart
    from the beginning of the row."""

    def __init__(self, field: str, code: str, reason: object, line: int = 0) -> None:
        super().__init__(code, reason)
        self.field = field
        self.line = line


def faults(checks: Iterable[Callable[[], object]], field: str = "") -> list[BadField]:
    """What `checks` raise, in their order; of one field the same reason once. `field` is that of
    a value which does not say where it stands."""
    found: dict[tuple[str, str], BadField] = {}
    for check in checks:
        try:
            check()
        except BadValue as value:
            bad = value if isinstance(value, BadField) else _placed(value, field)
            found.setdefault((bad.field, str(bad.reason)), bad)
    return list(found.values())


def _placed(bad: BadValue, field: str) -> BadField:
    return BadField(field, bad.code, bad.reason)


def one_reason(bads: Sequence[BadField], names: Mapping[str, str] | None = None) -> Any:
    """Their reasons in one. A reason of another field than the first begins with the field, by
    its title of `names` where the file has one."""
    first, *others = bads
    reason = first.reason
    for other in others:
        if other.field in ("", first.field):
            reason = format_lazy("{}; {}", reason, other.reason)
        else:
            title = (names or {}).get(other.field, other.field)
            reason = format_lazy("{}; {}: {}", reason, title, other.reason)
    return reason
