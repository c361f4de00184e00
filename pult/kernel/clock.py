"""The only place that reads the wall clock; everything else is told what time it is.

An instant is an aware UTC datetime at the borders and whole minutes since 1970-01-01 inside.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """This instant in UTC, or the one the clock is frozen at."""
    return _frozen.get() or timezone.now().astimezone(UTC)


def today(zone: str) -> date:
    """The local date in `zone` (a name such as "Europe/Moscow"); ZoneInfoNotFoundError if none."""
    return now().astimezone(ZoneInfo(zone)).date()


def to_minute(instant: datetime) -> int:
    """Whole minutes since 1970-01-01 UTC, rounded down; ValueError for a naive datetime."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return (instant - _EPOCH) // _MINUTE


def from_minute(minute: int) -> datetime:
    """The inverse of `to_minute`, in UTC; OverflowError past the year 9999."""
    return _EPOCH + int(minute) * _MINUTE


@contextmanager
def frozen(at: datetime) -> Iterator[datetime]:
    """Stop the clock at an aware instant for this thread or task: tests, the demo, a replay.

    Freezes nest. Threads started inside keep the real clock. ValueError for a naive datetime.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    token = _frozen.set(at.astimezone(UTC))
    try:
        yield at.astimezone(UTC)
    finally:
        _frozen.reset(token)
