"""One act on many tasks: each on its own, so that one that refuses does not hold the rest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from pult.kernel.errors import BadInput, PultError
from pult.people.models import User
from pult.work.actions.answering import accept_task, cancel_task
from pult.work.actions.around import snooze_task
from pult.work.actions.deadlines import move_due
from pult.work.actions.doing import assign_task
from pult.work.actions.watching import set_flag

MOST = 200
ACTS: dict[str, Callable[..., Any]] = {
    "assign": assign_task,
    "move": move_due,
    "accept": accept_task,
    "cancel": cancel_task,
    "flag": set_flag,
    "snooze": snooze_task,
}


@dataclass(frozen=True)
class Refused:
    """A task the act was refused for, and why."""

    task_id: int
    why: str


@dataclass(frozen=True)
class BulkResult:
    done: tuple[int, ...]
    refused: tuple[Refused, ...]


def change_many(
    *, by: User, task_ids: Iterable[int], act: str, **arguments: int | str | bool | datetime | None
) -> BulkResult:
    """Do one of `ACTS` with the same arguments to up to 200 tasks."""
    ids = list(dict.fromkeys(task_ids))
    if not ids or len(ids) > MOST:
        raise BadInput(_("Choose between 1 and %(most)d tasks") % {"most": MOST}, field="tasks")
    if act not in ACTS:
        raise BadInput(_("There is no such act"), field="act")
    done, refused = [], []
    for pk in ids:
        try:
            ACTS[act](by=by, task_id=pk, **arguments)
        except PultError as problem:
            refused.append(Refused(pk, str(problem)))
        else:
            done.append(pk)
    return BulkResult(tuple(done), tuple(refused))
