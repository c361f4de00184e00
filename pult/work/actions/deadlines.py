"""Moving a deadline: with a reason, by those who may (13.6); others ask."""

from datetime import datetime

from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.facts import acting
from pult.people.models import User
from pult.regulation.gates import gated, guard
from pult.work.access import acting_role, conducts, task_for
from pult.work.actions.promises import watch_promise
from pult.work.logic import states
from pult.work.models import DeadlineMove, Task
from pult.work.steps import again, check_seen, refs_of, tell, tell_due, write

MOVE = "task.move"


def move_due(
    *,
    by: User,
    task_id: int,
    due: datetime,
    reason_code: str = "",
    note: str = "",
    version: int | None = None,
) -> DeadlineMove:
    """Move the deadline of a task one answers for; its author, account manager or head does.

    Gate 13.6 asks for the reason. A deadline that has passed stays missed. Of a date promised to
    the client somebody is asked to tell them (0.2.2).
    """
    task = task_for(by, task_id)
    if not conducts(by, task):
        raise Refusal(
            _("Your role does not allow this: %(act)s") % {"act": _("move the deadline")},
            cure=_("Ask for another date"),
            who=str(task.author),
            subject=task,
        )
    role = acting_role(by, "am", "head", "director")
    _check_reason(reason_code)
    with gated(), acting(task.client_id):
        again(task)
        check_seen(task, version)
        _check_date(task, due)
        return _move(task, by, role, due, reason_code, note)


def ask_move(
    *, by: User, task_id: int, due: datetime, reason_code: str, note: str = ""
) -> DeadlineMove:
    """Ask for another date: whoever sees the task may, those who answer for it decide."""
    task = task_for(by, task_id)
    if not reason_code:
        raise BadInput(_("Give the reason"), field="reason")
    _check_reason(reason_code)
    role = acting_role(by, "executor")
    with acting(task.client_id):
        again(task)
        _check_date(task, due)
        if task.deadline_moves.filter(is_proposal=True, decided_at=None).exists():
            raise Refusal(_("Another date is asked for already"), subject=task)
        row = _row(task, by, due, reason_code, note)
        row.is_proposal = True
        row.save(force_insert=True)
        payload = {"after": clock.to_minute(due), "reason_code": reason_code}
        tell("task.move_asked", task, by, role, payload=payload)
    return row


def answer_move(*, by: User, move_id: int, grant: bool) -> DeadlineMove:
    """Grant or decline a date that was asked for; a granted one is moved for the same reason."""
    row = DeadlineMove.objects.filter(pk=move_id, is_proposal=True).first()
    if row is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    task = task_for(by, row.task_id)
    if not conducts(by, task):
        raise Refusal(
            _("Your role does not allow this: %(act)s") % {"act": _("move the deadline")},
            who=str(task.author),
            subject=task,
        )
    role = acting_role(by, "am", "head", "director")
    with gated(), acting(task.client_id):
        again(task)
        open_ones = DeadlineMove.objects.filter(pk=row.pk, decided_at=None)
        if not open_ones.update(decided_at=clock.now(), decided_by=by, granted=grant):
            raise Refusal(_("This was decided already"), subject=task)
        tell("task.move_answered", task, by, role, payload={"granted": grant})
        if grant:
            _check_date(task, row.after)
            _move(task, by, role, row.after, row.reason_code, row.note)
    row.refresh_from_db()
    return row


def _move(
    task: Task, by: User, role: str, due: datetime, reason_code: str, note: str
) -> DeadlineMove:
    given = {"state": "given" if reason_code else "none"}
    tell("task.move_reason", task, by, role, payload={"reason_code": reason_code}, **given)
    guard(MOVE, root_id=task.client_id, refs=refs_of(task), by=by, role=role)
    row = _row(task, by, due, reason_code, note)
    row.save(force_insert=True)
    missed = task.missed_at or (task.due if row.after_breach else None)
    was, before = task.due, clock.to_minute(task.due)
    write(task, due=due, moves=task.moves + 1, missed_at=missed)
    payload = {"before": before, "after": clock.to_minute(due), "late": row.after_breach}
    tell("task.moved", task, by, role, value=task.moves, payload=payload)
    tell_due(task, by, role)
    watch_promise(task, was, by, role)
    return row


def _row(task: Task, by: User, due: datetime, reason_code: str, note: str) -> DeadlineMove:
    now = clock.now()
    late = states.is_overdue(task.state, clock.to_minute(task.due), clock.to_minute(now))
    return DeadlineMove(
        task=task,
        before=task.due,
        after=due,
        reason_code=reason_code,
        note=note.strip()[:500],
        by=by,
        at=now,
        after_breach=late,
    )


def _check_reason(reason_code: str) -> None:
    if reason_code and reason_code not in DeadlineMove.Reason.values:
        raise BadInput(_("Choose a reason"), field="reason")


def _check_date(task: Task, due: datetime) -> None:
    if task.state not in states.EDITABLE:
        raise Refusal(
            _("The task is already: %(state)s") % {"state": Task.State(task.state).label},
            subject=task,
        )
    if due <= clock.now():
        raise BadInput(_("The deadline is to be ahead"), field="due")
    if due == task.due:
        raise BadInput(_("This is the deadline already"), field="due")
