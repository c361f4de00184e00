"""What the worker can do: named jobs, schedules in the agency's zone, and tick providers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from pult.kernel.models import Job

Run = Callable[..., Any]
Tick = Callable[[], Any]


@dataclass(frozen=True)
class Kind:
    """A job by name. `run(job, **args)` may return a JSON value; a failed run is tried again
    until it was tried `retries` times."""

    name: str
    run: Run
    retries: int


@dataclass(frozen=True)
class Schedule:
    """Runs `name` daily `at` a local time, or each `minutes` counted from midnight UTC."""

    name: str
    at: time | None = None
    minutes: int = 0

    def latest_slot(self, now: datetime) -> datetime:
        """The newest planned moment not after `now`."""
        if self.at is None:
            step = self.minutes * 60
            return datetime.fromtimestamp(int(now.timestamp()) // step * step, UTC)
        local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
        slot = local.replace(
            hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0, fold=0
        )
        return (slot if slot <= local else slot - timedelta(days=1)).astimezone(UTC)

    def key(self, slot: datetime) -> str:
        return f"every:{self.name}:{slot:%Y-%m-%dT%H:%MZ}"


job_kinds: dict[str, Kind] = {}
schedules: list[Schedule] = []
ticks: list[Tick] = []


def job(name: str, *, retries: int = 5) -> Callable[[Run], Run]:
    """Decorate `def run(job: Job, **args)`; it is called by the worker with `enqueue`'s args.

    A job may run again after a crash: it must bear that.
    """

    def remember(run: Run) -> Run:
        job_kinds[name] = Kind(name, run, retries)
        return run

    return remember


def every(at: str | None = None, name: str = "", *, minutes: int = 0) -> None:
    """Plan a job: `every("05:00", "sweep")` daily in the agency's zone, or
    `every(minutes=10, name="feeds")`. After a stop, the newest missed moment is made up for once.
    """
    if (at is None) == (minutes <= 0) or not name:
        raise ValueError("every() takes a name and either a time of day or minutes")
    schedule = Schedule(name, time.fromisoformat(at) if at else None, minutes)
    if schedule not in schedules:
        schedules.append(schedule)


def tick(provider: Tick) -> Tick:
    """Call `provider()` in each turn of the worker; it returns how much it did (0: nothing)."""
    if provider not in ticks:
        ticks.append(provider)
    return provider


def run_job(job: Job) -> Any:
    """Run a claimed job now; LookupError when nobody registered its name."""
    kind = job_kinds.get(job.name)
    if kind is None:
        raise LookupError(f"nobody registered the job {job.name!r}")
    return kind.run(job, **job.args)


def retries_of(name: str) -> int:
    return job_kinds[name].retries if name in job_kinds else 1
