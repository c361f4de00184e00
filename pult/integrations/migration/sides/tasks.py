"""An open task, there and here. Who does it here is Pult's own matter once it is brought in."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from pult.integrations.migration.shape import Task
from pult.integrations.migration.sides.people import Names
from pult.kernel.errors import Refusal
from pult.kernel.words import line_of, text_of
from pult.people.models import User
from pult.work.actions import cancel_task, comment_task, edit_task, move_due, restore_task
from pult.work.models import CLOSED, DeadlineMove
from pult.work.models import Task as Row

SHAPE = "%Y-%m-%d %H:%M"
OPEN, ENDED = "", "closed"
FILLED = frozenset(["title", "text", "due"])


def theirs(record: Task, _names: Names) -> dict[str, str]:
    due = record.due.astimezone(ZoneInfo(settings.TIME_ZONE)) if record.due else None
    return {
        "title": line_of(record.title)[:200],
        "text": text_of(record.text),
        "due": due.strftime(SHAPE) if due else "",
        "state": ENDED if record.is_closed else OPEN,
    }


def ours(row: Row) -> dict[str, str]:
    due = row.due.astimezone(ZoneInfo(settings.TIME_ZONE))
    return {
        "title": line_of(row.title),
        "text": text_of(row.result),
        "due": due.strftime(SHAPE),
        "state": ENDED if row.state in (*CLOSED, Row.State.DONE) else OPEN,
    }


def take(by: User, row: Row, values: dict[str, str], _names: Names) -> None:
    """Raises Refusal or BadInput where the task does not allow it: it may be handed in by now."""
    if values.get("state") == ENDED:
        close(by, row, _("The task was closed in the former system"))
        return
    if any(name in FILLED and not value for name, value in values.items()):
        raise Refusal(
            _("A task here is never without its title, its result and its deadline"),
            cure=_("Change them on the task if they are wrong, then keep ours here"),
            subject=row,
        )
    if "state" in values and row.state == Row.State.CANCELLED:
        row = restore_task(by=by, task_id=row.pk, version=row.version)
    words = {"title": values.get("title"), "result": values.get("text")}
    if changes := {name: value for name, value in words.items() if value is not None}:
        row = edit_task(by=by, task_id=row.pk, version=row.version, **changes)
    if due := values.get("due"):
        at = datetime.strptime(due, SHAPE).replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
        reason = DeadlineMove.Reason.OTHER
        note = _("Moved in the former system")
        move_due(by=by, task_id=row.pk, due=at, reason_code=reason, note=note)


def take_gone(by: User, row: Row) -> None:
    close(by, row, _("The task was deleted in the former system"))


def close(by: User, row: Row, why: str) -> None:
    comment_task(by=by, task_id=row.pk, text=why)
    cancel_task(by=by, task_id=row.pk, reason_code="not_needed")
