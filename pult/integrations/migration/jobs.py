"""What the worker does for moving in: read, bring in, take back, follow."""

import logging
from collections.abc import Callable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from pult.integrations.migration.actions.bringing import bring
from pult.integrations.migration.actions.keeping import Reading
from pult.integrations.migration.actions.reading import read_into, sync
from pult.integrations.migration.actions.reading_files import open_file, read_export
from pult.integrations.migration.actions.telling import set_status
from pult.integrations.migration.actions.undoing import undo
from pult.integrations.migration.models import Batch, Source
from pult.integrations.migration.pace import LEAST, is_due
from pult.kernel import files, jobs
from pult.kernel.errors import Conflict, PultError
from pult.kernel.models import Job, StoredFile
from pult.people.models import User

READ, READ_FILE, BRING, UNDO, FOLLOW = (
    "migration.read",
    "migration.read_file",
    "migration.bring",
    "migration.undo",
    "migration.follow",
)

log = logging.getLogger(__name__)


@jobs.job(READ, retries=2)
def read(job: Job, *, batch: int) -> dict[str, Any]:
    """Read a system into a batch; the result says what was met, or why it stopped."""
    return _read(batch, lambda row: read_into(row, progress=lambda n: jobs.progress(job, n)))


@jobs.job(READ_FILE, retries=2)
def read_dropped(
    job: Job, *, batch: int, sha256: str, kind: str, mapping: dict[str, int]
) -> dict[str, Any]:
    """Read a dropped file into a batch, its columns as somebody confirmed them."""

    def act(row: Batch) -> Reading:
        data = files.read(StoredFile.objects.get(sha256=sha256))
        export = open_file(row.source, data, row.file_name, kind=kind, mapping=mapping)
        reading = read_export(row, export, lambda n: jobs.progress(job, n))
        files.let_go(sha256)  # what it says of people is in the records now
        return reading

    return _read(batch, act)


def _read(batch: int, act: Callable[[Batch], Reading]) -> dict[str, Any]:
    row = Batch.objects.select_related("source", "by").get(pk=batch)
    with translation.override(row.by.language):
        try:
            reading = act(row)
        except PultError as problem:
            if row.status == Batch.Status.READING:
                set_status(row, Batch.Status.STOPPED, row.by, str(problem.message))
            return {"batch": batch, "error": str(problem.message), "cure": str(problem.cure)}
        except Exception:
            set_status(row, Batch.Status.STOPPED, row.by, broken_off())
            raise
    return {"batch": batch, "found": reading.found, "new": reading.new}


@jobs.job(BRING)
def bring_in(job: Job, *, batch: int, by: int) -> dict[str, Any]:
    return _told(job, batch, by, lambda who, tell: bring(by=who, batch_id=batch, progress=tell))


@jobs.job(UNDO)
def take_back(job: Job, *, batch: int, by: int) -> dict[str, Any]:
    return _told(job, batch, by, lambda who, _tell: undo(by=who, batch_id=batch))


@jobs.job(FOLLOW, retries=1)
def follow(job: Job) -> dict[str, Any]:
    """Read the systems whose time has come."""
    return read_followed(is_due)


def read_followed(wanted: Callable[[Source], bool] = lambda _source: True) -> dict[str, Any]:
    """Read every wanted system that is followed; the trouble of one does not stop the others."""
    told: dict[str, Any] = {}
    sources = Source.objects.filter(is_followed=True).select_related("by").order_by("pk")
    for source in filter(wanted, sources):
        with translation.override(source.by.language):
            try:
                reading = sync(source)
            except PultError as problem:
                log.warning("%s was not read: %s", source, problem.message)
                told[str(source.pk)] = str(problem.message)
                continue
        if reading:
            told[str(source.pk)] = {"new": reading.new, "changed": reading.changed}
    return told


def _told(job: Job, batch: int, by: int, act: Any) -> dict[str, Any]:
    who = User.objects.get(pk=by)
    before = Batch.objects.get(pk=batch).status
    with translation.override(who.language):
        try:
            act(who, lambda done, total: jobs.progress(job, done, total))
        except PultError as problem:
            if before != Batch.Status.BRINGING or not isinstance(problem, Conflict):
                _stop(batch, who, str(problem.message))
            return {"batch": batch, "error": str(problem.message), "cure": str(problem.cure)}
        except Exception:
            _stop(batch, who, broken_off())
            raise
    return {"batch": batch}


def _stop(batch: int, who: User, why: str) -> None:
    """What was on its way in stopped there; what had not begun stays as it was."""
    row = Batch.objects.select_related("source").get(pk=batch)
    if row.status == Batch.Status.BRINGING:
        set_status(row, Batch.Status.STOPPED, who, why)


def broken_off() -> str:
    return _("It broke off; whoever keeps Pult finds why in its journal")


jobs.every(minutes=LEAST, name=FOLLOW)
