"""The table of jobs: asked for, claimed under a lease, finished or tried again.

Every change of state is one conditional UPDATE, so two workers never hold the same job and a
worker whose lease ran out cannot finish what another has taken up.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from pult.kernel import clock
from pult.kernel.jobs.registry import every, job, retries_of
from pult.kernel.models import Job, Outbox

LEASE = timedelta(seconds=60)
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
KEPT = timedelta(days=30)

ALIVE = (Job.State.QUEUED, Job.State.RUNNING)


class Cancelled(Exception):
    """Raised by `progress` inside a job that somebody asked to stop."""


def enqueue(
    name: str,
    *,
    key: str | None = None,
    run_after: datetime | None = None,
    asked_by: Any = None,
    **args: Any,
) -> Job:
    """Ask the worker to run a job with JSON `args`, not before `run_after`.

    With a `key` one request lives at a time: while it waits or runs, asking again returns it.
    """
    if key and (alive := Job.objects.filter(key=key, state__in=ALIVE).first()):
        return alive
    new = Job(name=name, key=key, args=args, asked_by=asked_by, run_after=run_after or clock.now())
    try:
        with transaction.atomic():
            if key:
                Job.objects.filter(key=key).exclude(state__in=ALIVE).update(key=None)
            new.save(force_insert=True)
    except IntegrityError:
        return Job.objects.get(key=key)
    return new


def enqueue_slot(name: str, key: str) -> bool:
    """Ask for a scheduled run; the key of a slot is used once for ever. False: it was already."""
    if Job.objects.filter(key=key).exists():
        return False
    Job.objects.bulk_create([Job(name=name, key=key)], ignore_conflicts=True)
    return True


def claim(worker: str) -> Job | None:
    """Take the job that has waited longest, or one whose worker fell silent."""
    now = clock.now()
    free = Q(state=Job.State.QUEUED, run_after__lte=now)
    silent = Q(state=Job.State.RUNNING, lease_until__lt=now)
    for candidate in Job.objects.filter(free | silent).order_by("run_after", "id")[:5]:
        mine = Job.objects.filter(free | silent, pk=candidate.pk, attempts=candidate.attempts)
        if _given_up(candidate):
            _fail(mine, candidate.message or "its worker died each time")
        elif mine.update(
            state=Job.State.RUNNING,
            worker=worker,
            attempts=F("attempts") + 1,
            lease_until=now + LEASE,
            heartbeat_at=now,
        ):
            return Job.objects.get(pk=candidate.pk)
    return None


def _given_up(job: Job) -> bool:
    return job.attempts >= retries_of(job.name)


def held(job: Job) -> QuerySet[Job]:
    """The row while this worker still holds it; empty once it was taken over."""
    return Job.objects.filter(
        pk=job.pk, state=Job.State.RUNNING, worker=job.worker, attempts=job.attempts
    )


def heartbeat(job: Job) -> bool:
    """Renew the lease; False when another worker holds the job now."""
    now = clock.now()
    return bool(held(job).update(lease_until=now + LEASE, heartbeat_at=now))


def progress(job: Job, done: int, total: int = 0, message: str = "") -> None:
    """Show how far a running job is; raises Cancelled when it was asked to stop.

    Call it between chunks, outside transactions.
    """
    now = clock.now()
    renewed = held(job).update(
        progress_done=done,
        progress_total=total,
        message=message,
        lease_until=now + LEASE,
        heartbeat_at=now,
    )
    if not renewed or Job.objects.filter(pk=job.pk, cancel_asked=True).exists():
        raise Cancelled


def cancel(job: Job) -> None:
    """Stop a job: a waiting one at once, a running one at its next progress."""
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED)
    if not waiting.update(state=Job.State.CANCELLED, finished_at=clock.now()):
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel_asked=True)


def finish(job: Job, result: Any) -> bool:
    """Note success; False when the lease was lost and another worker does it again."""
    done = {"state": Job.State.DONE, "finished_at": clock.now(), "lease_until": None}
    with transaction.atomic():
        return bool(held(job).update(result=result, **done))


def give_up_cancelled(job: Job) -> None:
    held(job).update(
        state=Job.State.CANCELLED, finished_at=clock.now(), lease_until=None, cancel_asked=False
    )


def retry_or_fail(job: Job, reason: str) -> None:
    """After an error: queue the job again after a growing pause, or call it failed."""
    if _given_up(job):
        _fail(held(job), reason)
        return
    held(job).update(
        state=Job.State.QUEUED,
        run_after=clock.now() + pause(job.attempts),
        message=reason[:2000],
        lease_until=None,
    )


def _fail(rows: QuerySet[Job], reason: str) -> None:
    rows.update(
        state=Job.State.FAILED,
        message=reason[:2000],
        finished_at=clock.now(),
        lease_until=None,
    )


def pause(attempts: int) -> timedelta:
    """5 s after the first failure, then twice as long each time, at most an hour."""
    return min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)


@job("kernel.tidy")
def tidy(job: Job) -> dict[str, int]:
    """Remove finished jobs after 30 days; says how many handlers still wait for a fact."""
    old = Job.objects.filter(finished_at__lt=clock.now() - KEPT).exclude(pk=job.pk)
    removed, _by_model = old.delete()
    return {"removed": removed, "stuck": Outbox.objects.filter(next_at__isnull=True).count()}


every("04:00", "kernel.tidy")
