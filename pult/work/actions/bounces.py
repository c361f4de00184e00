"""A request that breaks the regulation goes back, citing the clause (0.2)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.facts import acting
from pult.kernel.models import Fact
from pult.kernel.roles import Role
from pult.people.models import User
from pult.regulation.calendars import current_calendar
from pult.work.access import acting_role, conducts, leads, manager_of, queue_of, roles_of, task_for
from pult.work.actions.promises import watch_promise
from pult.work.actions.setting import edit_columns, tell_due
from pult.work.clauses import bounce_clauses
from pult.work.editions import form_of
from pult.work.models import CLOSED, Bounce, Task
from pult.work.steps import again, check_seen, must, step, tell, write

SECOND = 2


def bounce_task(
    *,
    by: User,
    task_id: int,
    clause: str,
    note: str = "",
    fields: Iterable[str] = (),
    version: int | None = None,
) -> Bounce:
    """Give a task back because it breaks a clause; the doer's clock stands until it is mended.

    `fields` are codes of the form's fields, or title, result, measure, due. The second bounce of
    a task calls a talk that the head of production decides.
    """
    task = task_for(by, task_id)
    _check_may_bounce(by, task)
    if clause not in bounce_clauses():
        raise BadInput(_("Name the clause the task breaks"), field="clause")
    lacking = _fields(task, fields)
    if not (lacking or note.strip()):
        raise BadInput(_("Say what is missing"), field="note")
    role = acting_role(by, "executor")
    with acting(task.client_id):
        again(task)
        check_seen(task, version)
        must("bounce", task)
        now = clock.now()
        row = Bounce(
            task=task,
            number=task.bounces + 1,
            clause=clause,
            fields=lacking,
            note=note.strip()[:1000],
            from_state=task.state,
            by=by,
            at=now,
            whose=task.author,
        )
        row.save(force_insert=True)
        step("bounce", task, by, role, bounces=row.number, at=now)
        payload = {"clause": clause, "fields": lacking, "whose": row.whose_id}
        _tell("task.bounced", row, task, by, role, value=row.number, payload=payload)
        if row.number >= SECOND:
            _tell("task.talk_called", row, task, by, role)
    return row


def mend_task(
    *,
    by: User,
    task_id: int,
    version: int,
    values: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Task:
    """Mend what a bounce named and send the task on: the doer's clock goes on from where it
    stood, so the deadline moves by the working time between."""
    task = task_for(by, task_id)
    if not conducts(by, task):
        raise Refusal(
            _("Your role does not allow this: %(act)s") % {"act": _("mend the task")},
            who=str(manager_of(task.client_id) or task.author),
            subject=task,
        )
    role = acting_role(by, "am", "head", "director")
    with acting(task.client_id):
        again(task)
        check_seen(task, version)
        must("mend", task)
        edit_columns(task, by, role, changes, values)
        row = task.given_back.filter(fixed_at=None, unfounded_at=None).latest("number")
        _resume(row, task, by, role)
    return task


def call_unfounded(*, by: User, bounce_id: int) -> Bounce:
    """The head says that a bounce had no ground: it is counted as such, and stops no clock."""
    row = bounce_for(by, bounce_id)
    task = row.task
    if not roles_of(by) & {"head", "director"}:
        raise Refusal(
            _("Your role does not allow this: %(act)s") % {"act": _("judge a bounce")},
            who=str(Role.HEAD.label),
            subject=task,
        )
    role = acting_role(by, "head", "director")
    with acting(task.client_id):
        again(task)
        row.refresh_from_db()
        if row.unfounded_at:
            return row
        now = clock.now()
        Bounce.objects.filter(pk=row.pk).update(unfounded_at=now, unfounded_by=by)
        row.unfounded_at, row.unfounded_by = now, by
        payload = {"clause": row.clause, "whose": row.by_id}
        _tell("task.bounce_unfounded", row, task, by, role, payload=payload)
        if task.state == Task.State.BOUNCED and row.fixed_at is None:
            step("mend", task, by, role, came_from=row.from_state)
        elif row.fixed_at is not None:
            _take_pause_back(row, task, by, role)
    return row


def hold_talk(*, by: User, bounce_id: int, decision: str) -> Bounce:
    """The talk a second bounce calls was held; what was decided stays with the task."""
    row = bounce_for(by, bounce_id)
    task = row.task
    if not (leads(by, task.department) or roles_of(by) & {"production_head"}):
        raise Refusal(
            _("Your role does not allow this: %(act)s") % {"act": _("decide after a talk")},
            who=str(Role.PRODUCTION_HEAD.label),
            subject=task,
        )
    if not decision.strip():
        raise BadInput(_("Write what was decided, one line is enough"), field="decision")
    with acting(task.client_id):
        row.refresh_from_db()
        if row.number < SECOND or row.talked_at:
            raise Refusal(_("No talk is called for, or it was held"), subject=task)
        row.talked_at, row.talked_by, row.decision = clock.now(), by, decision.strip()[:1000]
        row.save(update_fields=["talked_at", "talked_by", "decision"])
        _tell("task.talk_held", row, task, by, acting_role(by, "production_head"))
    return row


def bounce_for(by: User, bounce_id: int) -> Bounce:
    """The bounce, if the person sees its task; raises NotVisible."""
    row = Bounce.objects.select_related("task").filter(pk=bounce_id).first()
    if row is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    row.task = task_for(by, row.task_id)
    return row


def _resume(row: Bounce, task: Task, by: User, role: str) -> None:
    now = clock.now()
    calendar = current_calendar(task.department)
    stood, before = _stood(row, now, calendar), task.due
    due = clock.from_minute(calendar.add(clock.to_minute(task.due), stood)) if stood else task.due
    Bounce.objects.filter(pk=row.pk).update(fixed_at=now, fixed_by=by)
    step("mend", task, by, role, came_from=row.from_state, due=due, at=now)
    _tell("task.bounce_fixed", row, task, by, role, payload={"minutes": stood})
    if stood:
        tell_due(task, by, role)
        watch_promise(task, before, by, role)


def _take_pause_back(row: Bounce, task: Task, by: User, role: str) -> None:
    """An unfounded bounce that was mended: the minutes it gave go, unless a date was agreed on
    since. Work handed in after the deadline that comes back was late."""
    given = _given(row)
    agreed = task.deadline_moves.filter(Q(is_proposal=False) | Q(granted=True), at__gt=row.at)
    if not given or task.state in CLOSED or agreed.exists():
        return
    calendar = current_calendar(task.department)
    before, due = task.due, clock.from_minute(calendar.sub(clock.to_minute(task.due), given))
    is_late = task.done_at is not None and task.done_at > due
    write(task, due=due, missed_at=task.missed_at or (due if is_late else None))
    tell_due(task, by, role)
    watch_promise(task, before, by, role)


def _given(row: Bounce) -> int:
    """The minutes mending it added to the deadline, as its fact says; none when nobody mended."""
    facts = Fact.objects.filter(kind="task.bounce_fixed", root_id=row.task.client_id)
    told = facts.filter(refs__bounce=row.pk, voided_by=None).values_list("payload", flat=True)
    return sum(payload["minutes"] for payload in told)


def _stood(row: Bounce, until: Any, calendar: Any) -> int:
    """Working minutes the doer's clock stood; none when the deadline had passed before."""
    began = clock.to_minute(row.at)
    if clock.to_minute(row.task.due) <= began:
        return 0
    return max(0, int(calendar.between(began, clock.to_minute(until))))


def _fields(task: Task, fields: Iterable[str]) -> list[str]:
    form = form_of(task.template, task.template_version)
    known = {"title", "result", "measure", "due"} | {
        field.code for field in (form.fields if form else ())
    }
    lacking = sorted(set(fields))
    if strange := [code for code in lacking if code not in known]:
        raise BadInput(
            _("This form has no such field: %(code)s") % {"code": strange[0]}, field="fields"
        )
    return lacking


def _check_may_bounce(by: User, task: Task) -> None:
    mine = task.assignee_id == by.pk or (
        task.assignee_id is None and task.department == queue_of(by)
    )
    if not (mine or leads(by, task.department)):
        raise Refusal(
            _("Your role does not allow this: %(act)s") % {"act": _("bounce the task")},
            who=str(task.assignee or ""),
            subject=task,
        )


def _tell(kind: str, row: Bounce, task: Task, by: User, role: str, **fact: Any) -> None:
    tell(kind, task, by, role, refs={"bounce": row.pk}, **fact)
