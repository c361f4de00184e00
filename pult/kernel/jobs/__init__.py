"""Work outside requests: long jobs, schedules, timers and the outbox, in one small loop."""

from pult.kernel.jobs.queue import Cancelled, cancel, enqueue, progress
from pult.kernel.jobs.registry import every, job, tick
from pult.kernel.jobs.worker import work

__all__ = ["Cancelled", "cancel", "enqueue", "every", "job", "progress", "tick", "work"]
