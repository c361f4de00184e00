"""Is the ledger true and up to date: numbers for the health page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Value

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
    """The newest sweep and what the worker still has to do; two queries."""
    last = SweepRun.objects.order_by("id").last()
    waiting, overdue, rows = _ahead(is_swept=last is not None)
    return Health(
        drift=last.drift if last else None,
        swept_at=last.at if last else None,
        seconds=last.seconds if last else 0,
        rows=last.rows if last else rows,
        sample=list(last.sample) if last else [],
        waiting=waiting,
        overdue_timers=overdue,
    )


def _ahead(*, is_swept: bool) -> tuple[int, int, int]:
    """(cells marked, wakes the worker has not come to, rows of the ledger when no sweep has
    counted them yet)."""
    late = Timer.objects.filter(wake_at__lt=clock.to_minute(clock.now()))
    cells = Dirty.objects.values(what=Value("cells")).annotate(number=Count("pk"))
    wakes = late.values(what=Value("wakes")).annotate(number=Count("pk"))
    rows = Obligation.objects.values(what=Value("rows")).annotate(number=Count("pk"))
    asked = (wakes,) if is_swept else (wakes, rows)
    told = dict(cells.union(*asked, all=True).values_list("what", "number"))
    return told.get("cells", 0), told.get("wakes", 0), told.get("rows", 0)
