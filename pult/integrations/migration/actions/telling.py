"""A batch's state, told as a fact of the agency."""

from typing import TYPE_CHECKING

from pult.clients.access import roles_of
from pult.integrations.migration.models import Batch
from pult.kernel import clock
from pult.kernel.facts import acting, record

if TYPE_CHECKING:
    from pult.people.models import User

FINISHED = (Batch.Status.DONE, Batch.Status.UNDONE)


def role_of(by: "User") -> str:
    return next((role for role in ("head", "director") if role in roles_of(by)), "")


def set_status(batch: Batch, status: str, by: "User", trouble: str = "") -> None:
    batch.status, batch.trouble = status, trouble[:500]
    if status in FINISHED:
        batch.done_at = clock.now()
    with acting(0):
        batch.save(update_fields=["status", "trouble", "counts", "done_at"])
        record(
            "migration.batch",
            root_id=0,
            refs={"source": batch.source_id, "batch": batch.pk},
            by=by,
            role=role_of(by),
            key=str(batch.pk),
            state=status,
            payload={"counts": batch.counts} if batch.counts else {},
        )
