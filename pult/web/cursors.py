"""Where a page of a log ended, as the address of the next one says it."""

from datetime import UTC, datetime

from pult.kernel.words import id_of

Place = tuple[datetime, int]


def cursor_of(at: datetime, pk: int) -> str:
    """The place of the last row shown: its moment and its id."""
    return f"{at.isoformat()}~{pk}"


def place_of(cursor: str) -> Place | None:
    """The place in UTC; None, the first page, for what is none: somebody typed in the address.

    A moment at an end of the calendar may have no name in UTC, and no database could be asked.
    """
    moment, _tilde, pk = cursor.replace(" ", "+").partition("~")
    number = id_of(pk)
    try:
        at = datetime.fromisoformat(moment)
        return (at.astimezone(UTC), number) if at.tzinfo and number is not None else None
    except (ValueError, OverflowError):
        return None
