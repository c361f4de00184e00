"""The other side's answer: accepted, sent back, cancelled, brought back."""

from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting
from pult.people.models import User
from pult.regulation.gates import gated
from pult.work.access import acting_role, conducts, task_for
from pult.work.actions.setting import guard_launch
from pult.work.actions.talk import say
from pult.work.models import CLOSED, Task
from pult.work.repeats import after_closed, after_reopened
from pult.work.steps import again, check_seen, step

CANCEL_REASONS = ("client", "duplicate", "mistake", "not_needed", "other")


def accept_task(*, by: User, task_id: int, version: int | None = None) -> Task:
    """The account manager (or the author) takes the work over; what it held may begin."""
    task, role = _answering(by, task_id, _("accept the work"))
    with acting(task.client_id):
        again(task)
        check_seen(task, version)
        step("accept", task, by, role)
        after_closed(task)
    return task


def send_back(*, by: User, task_id: int, reason: str, version: int | None = None) -> Task:
    """Send handed-in or accepted work back, saying what is wrong; the returns are counted."""
    task, role = _answering(by, task_id, _("send work back"))
    if not reason.strip():
        raise BadInput(_("Say what is wrong"), field="reason")
    with acting(task.client_id):
        again(task)
        check_seen(task, version)
        was_closed = task.state in CLOSED
        step("send_back", task, by, role, returns=task.returns + 1, done_at=None)
        if was_closed:
            after_reopened(task)
        say(task, by, role, reason)
    return task


def cancel_task(*, by: User, task_id: int, reason_code: str, version: int | None = None) -> Task:
    """The work is not needed; whoever did it keeps their time."""
    task, role = _answering(by, task_id, _("cancel tasks"))
    if reason_code not in CANCEL_REASONS:
        raise BadInput(_("Choose a reason"), field="reason")
    with acting(task.client_id):
        again(task)
        check_seen(task, version)
        step("cancel", task, by, role, reason_code=reason_code)
        task.given_back.filter(fixed_at=None).update(fixed_at=clock.now(), fixed_by=by)
        task.deadline_moves.filter(is_proposal=True, decided_at=None).delete()
        after_closed(task)
    return task


def restore_task(*, by: User, task_id: int, version: int | None = None) -> Task:
    """Bring a cancelled task back into the queue; its deadline may have passed."""
    task, role = _answering(by, task_id, _("bring tasks back"))
    with gated(), acting(task.client_id):
        again(task)
        check_seen(task, version)
        if task.project.ended_on:
            raise Refusal(_("The project has ended"), cure=_("Set the task anew"), subject=task)
        guard_launch(task, by, role)
        step("restore", task, by, role, assignee=None, taken_by=None, taken_at=None, done_at=None)
        after_reopened(task)
    return task


def _answering(by: User, task_id: int, act: str) -> tuple[Task, str]:
    task = task_for(by, task_id)
    if not conducts(by, task):
        raise Refusal(
            _("Your role does not allow this: %(act)s") % {"act": act},
            who=str(task.author),
            subject=task,
        )
    return task, acting_role(by, "am", "head", "director")
