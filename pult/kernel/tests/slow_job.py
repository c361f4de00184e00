"""A slow job for the tests, known to the worker process they kill."""

import time
from pathlib import Path

from pult.kernel.jobs import job


@job("test.slow")
def slow(job, marker: str, naps: int) -> dict:
    """Leave a mark, then sleep: long on the first attempt, not at all on the next."""
    with Path(marker).open("a") as file:
        file.write(f"{job.attempts}\n")
    if job.attempts == 1:
        time.sleep(naps)
    return {"attempt": job.attempts}
