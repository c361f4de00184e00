"""The dry run of a batch: what its new clients would become, which of them are to be asked about.

It is counted once, by whoever reads or answers, and kept with the batch: a page only shows it.
"""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.access import require
from pult.integrations.migration.actions.bringing import changed_there, todo_of
from pult.integrations.migration.models import Batch
from pult.kernel.errors import NotVisible

if TYPE_CHECKING:
    from pult.people.models import User

SHOWN = 100


def look_at(batch: Batch, by: "User") -> None:
    """Count anew what the batch would make; nothing of ours is written."""
    preview = todo_of(batch, by).preview()
    asked = [one for one in preview.plans if one.action == "ask" or one.key in batch.decisions]
    batch.plan = {
        "counts": {**preview.counts, "changed": changed_there(batch.source).count()},
        "questions": [
            [one.key, one.name, [[it.client_id, it.name, it.why] for it in one.matches]]
            for one in asked[:SHOWN]
            if one.matches
        ],
        "errors": [
            [str(one.column), str(one.message), str(one.cure)] for one in preview.errors[:SHOWN]
        ],
    }
    Batch.objects.filter(pk=batch.pk).update(plan=batch.plan)


def answer(*, by: "User", batch_id: int, answers: dict[str, Any]) -> Batch:
    """Keep answers about look-alikes by the plan's key (create, skip, a client's id, or "" to ask
    again) and count anew."""
    require(by, "head", "director", act=_("bring clients in from another system"))
    batch = Batch.objects.select_related("source").filter(pk=batch_id).first()
    if batch is None:
        raise NotVisible(_("There is no such import"))
    decided = {**batch.decisions, **answers}
    batch.decisions = {key: value for key, value in decided.items() if value}
    Batch.objects.filter(pk=batch.pk).update(decisions=batch.decisions)
    look_at(batch, by)
    return batch
