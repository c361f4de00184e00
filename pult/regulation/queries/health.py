"""Is the ledger true and up to date: numbers for the health page."""

from dataclasses import dataclass
from datetime import datetime

from pult.kernel import clock
from pult.regulation.models import Dirty, Obligation, SweepRun, Timer


@dataclass(frozen=True)
class Health:
    """`drift`: rows the last sweep had to mend (0 is right, None before the first sweep);
    `waiting`: marked cells; `overdue_timers`: wakes the worker has not come to."""

    drift: int | None
    swept_at: datetime | None
    seconds: float
    rows: int
    sample: list[str]
    waiting: int
    overdue_timers: int


def health() -> Health:
    """The newest sweep and what the worker still has to do."""
    last = SweepRun.objects.order_by("id").last()
    minute = clock.to_minute(clock.now())
    return Health(
        drift=last.drift if last else None,
        swept_at=last.at if last else None,
        seconds=last.seconds if last else 0,
        rows=last.rows if last else Obligation.objects.count(),
        sample=list(last.sample) if last else [],
        waiting=Dirty.objects.count(),
        overdue_timers=Timer.objects.filter(wake_at__lt=minute).count(),
    )
