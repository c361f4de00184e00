"""When to forecast: a few lines of a small agency at once, everything else by the worker."""

from collections.abc import Iterable
from typing import Any

from pult.kernel import jobs
from pult.kernel.models import Job
from pult.money.actions.forecasts import reforecast
from pult.money.actions.top_ups import tell_waiting
from pult.money.portfolio import spending_count

AT_ONCE = 30
# Errors of the whole portfolio calibrate every line: past this many, even one line takes seconds.
SMALL = 300
REFORECAST = "money.reforecast"


def ask_forecast(line_ids: Iterable[int]) -> None:
    """The money of these lines changed: forecast them now, or ask the worker to forecast all.

    Whether money waits for a top-up is told of a few lines at once, however large the agency."""
    lines = set(line_ids)
    if not lines:
        return
    if len(lines) <= AT_ONCE:
        tell_waiting(lines)
    if len(lines) <= AT_ONCE and spending_count() <= SMALL:
        reforecast(lines)
    elif not Job.objects.filter(name=REFORECAST, state=Job.State.QUEUED).exists():
        jobs.enqueue(REFORECAST)


@jobs.job(REFORECAST)
def _reforecast(job: Any) -> dict[str, int]:
    tell_waiting()
    return vars(reforecast())
