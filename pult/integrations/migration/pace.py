"""How often a former system is read: as it says itself, else {migration.every} of the agency."""

from pult.integrations.migration.models import Source
from pult.kernel import clock
from pult.kernel.jobs.registry import Schedule
from pult.regulation.parameters import number

EVERY = ("migration.every", 10)
LEAST, MOST = 5, 1440  # the worker looks every five minutes; a day goes by at most


def minutes_of(source: Source) -> int:
    """Minutes between two readings."""
    return source.minutes or min(max(number(*EVERY), LEAST), MOST)


def is_due(source: Source) -> bool:
    """Whether a planned moment has come since it was asked last."""
    if source.tried_at is None:
        return True
    slot = Schedule("", minutes=minutes_of(source)).latest_slot(clock.now())
    return source.tried_at < slot
