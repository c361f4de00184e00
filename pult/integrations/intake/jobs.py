"""Imports too long for a request, run by the worker. What is refused is the job's result."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import translation

from pult.integrations.intake.bank import open_bank, take_bank
from pult.integrations.intake.clients import bring_in, open_clients, start_clients
from pult.integrations.intake.spend import open_spend_file, take_spend
from pult.kernel import files, jobs
from pult.kernel.errors import PultError
from pult.kernel.models import Job, StoredFile
from pult.people.models import User

BANK, SPEND, CLIENTS = "intake.bank", "intake.spend", "intake.clients"


@jobs.job(BANK)
def bank(
    job: Job, *, sha256: str, file_name: str, by: int, accounts: list[str], account: str
) -> Any:
    """Import a stored statement; the result is {"file": id or None, "summary": …}."""

    def take(data: bytes, who: User) -> dict[str, Any]:
        result = take_bank(
            open_bank(data, file_name, account=account),
            by=who,
            accounts=accounts,
            progress=_progress(job),
        )
        return {"file": result.file_id, "summary": result.summary}

    return _run(sha256, by, take)


@jobs.job(SPEND)
def spend(job: Job, *, sha256: str, file_name: str, by: int, platform: str, with_vat: bool) -> Any:
    """Import a stored export of spend; the result is {"file": id, "unknown": campaigns, …}."""

    def take(data: bytes, who: User) -> dict[str, Any]:
        file = open_spend_file(data, file_name, platform=platform)
        result = take_spend(file, by=who, with_vat=with_vat, progress=_progress(job))
        refused = [problem.as_dict() for problem in file.report.problems]
        return {
            "file": result.file_id,
            "rows": result.rows,
            "unknown": result.unknown,
            "refused": refused[:1000],
        }

    return _run(sha256, by, take)


@jobs.job(CLIENTS)
def clients(
    job: Job,
    *,
    batch: int = 0,
    sha256: str = "",
    file_name: str = "",
    by: int = 0,
    columns: dict[str, int] | None = None,
    go_live: str = "",
    balance_day: str = "",
    decisions: dict[str, Any] | None = None,
) -> Any:
    """Plan a stored table of clients and bring it in, or go on with the planned `batch`; the
    result is {"batch": id}."""
    if batch:
        return _move_in(job, batch)

    def take(data: bytes, who: User) -> dict[str, Any]:
        planned, _preview = start_clients(
            open_clients(data, file_name, mapping=columns),
            by=who,
            go_live=date.fromisoformat(go_live),
            balance_day=date.fromisoformat(balance_day),
            decisions=decisions,
        )
        # Another worker that takes this job up goes on with the batch instead of planning anew.
        Job.objects.filter(pk=job.pk).update(args={"batch": planned.pk})
        return _move_in(job, planned.pk)

    return _run(sha256, by, take)


def _move_in(job: Job, batch: int) -> dict[str, Any]:
    try:
        bring_in(batch, progress=_progress(job))
    except PultError as problem:
        return _told(problem)
    return {"batch": batch}


def _run(sha256: str, by: int, take: Callable[[bytes, User], dict[str, Any]]) -> dict[str, Any]:
    who = User.objects.get(pk=by)
    with translation.override(who.language):
        try:
            return take(files.read(StoredFile.objects.get(sha256=sha256)), who)
        except PultError as problem:
            return _told(problem)


def _told(problem: PultError) -> dict[str, Any]:
    told: dict[str, Any] = {"error": str(problem.message), "cure": str(problem.cure)}
    if refused := getattr(problem, "refused", None):
        told["refused"] = refused[:1000]
    return told


def _progress(job: Job) -> Callable[[int, int], None]:
    return lambda done, total: jobs.progress(job, done, total)
