"""How much work waits outside requests: figures for the health page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from pult.kernel import clock
from pult.kernel.models import Job, Outbox

SHOWN = 10


@dataclass(frozen=True)
class JobLine:
    """A job that failed for good; `message` is what went wrong."""

    id: int
    name: str
    finished_at: datetime | None
    message: str


@dataclass(frozen=True)
class Queues:
    """`waiting` jobs are due now, the `oldest` since then; `stuck` facts are those a handler gave
    up on."""

    waiting: int
    running: int
    oldest: datetime | None
    failed: tuple[JobLine, ...]
    outbox: int
    stuck: int


def queues() -> Queues:
    """Three queries."""
    now = clock.now()
    due = Q(state=Job.State.QUEUED, run_after__lte=now)
    jobs = Job.objects.filter(finished_at=None).aggregate(
        waiting=Count("id", filter=due),
        running=Count("id", filter=Q(state=Job.State.RUNNING)),
        oldest=Min("run_after", filter=due),
    )
    failed = Job.objects.filter(state=Job.State.FAILED).order_by("-finished_at")[:SHOWN]
    facts = Outbox.objects.aggregate(
        outbox=Count("id", filter=Q(next_at__isnull=False)),
        stuck=Count("id", filter=Q(next_at__isnull=True)),
    )
    return Queues(
        **jobs,
        **facts,
        failed=tuple(
            JobLine(row.pk, row.name, row.finished_at, row.message.strip().splitlines()[-1][:300])
            if row.message.strip()
            else JobLine(row.pk, row.name, row.finished_at, "")
            for row in failed
        ),
    )
