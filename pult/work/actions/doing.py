"""The doer's side: take a task, hand it in, give it back to the queue, log time."""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.facts import acting, void
from pult.kernel.models import Fact
from pult.kernel.roles import Role
from pult.people.models import User
from pult.people.queries import works_here
from pult.regulation.gates import gated
from pult.work.access import (
    ACCOUNTS,
    acting_role,
    conducts,
    leads,
    queue_of,
    roles_of,
    task_for,
    works_on,
)
from pult.work.doers import become_doer
from pult.work.editions import APPENDIX, LAUNCH
from pult.work.models import Task, TimeEntry
from pult.work.repeats import after_closed
from pult.work.steps import again, check_seen, must, step, tell

DAY_MINUTES = 24 * 60


def take_task(*, by: User, task_id: int, version: int | None = None) -> Task:
    """Take a task from the queue, or one's own into work: “it can be done by then” (М4.0).

    Raises Refusal while it waits for another task, and by М4 when it is not one's work to do.
    """
    task = task_for(by, task_id)
    role = acting_role(by, "executor")
    with gated(), acting(task.client_id):
        again(task)
        check_seen(task, version)
        must("take", task)
        _check_free(by, task)
        _check_begins(task)
        become_doer(task, by, by)
        now = clock.now()
        was = task.assignee_id
        step("take", task, by, role, assignee=by, taken_by=by, taken_at=now, at=now)
        if was != by.pk:
            tell("task.assigned", task, by, role, payload={"user": by.pk})
        if task.template == LAUNCH and task.line_id:
            tell("prep.started", task, by, role)
    return task


def assign_task(*, by: User, task_id: int, user_id: int | None, version: int | None = None) -> Task:
    """Name who does a task, or put it back into the queue (None).

    The head of the department does; an account manager may take what is client service's own, and
    sets everything else to the department, never to a person.
    """
    task = task_for(by, task_id)
    user = _doer(by, task, user_id)
    _check_may_assign(by, task, user)
    role = acting_role(by, "production_head", "production_director", "head")
    with gated(), acting(task.client_id):
        again(task)
        check_seen(task, version)
        if task.assignee_id == (user.pk if user else None):
            return task
        must("release", task)
        if user is not None:
            become_doer(task, user, by)
        step("release", task, by, role, assignee=user, taken_by=None, taken_at=None)
        tell("task.assigned", task, by, role, payload={"user": user.pk if user else 0})
    return task


def hand_in(*, by: User, task_id: int, version: int | None = None) -> Task:
    """Hand the work in. What one set oneself is accepted at once; late work stays late."""
    task = task_for(by, task_id)
    role = acting_role(by, "executor")
    with acting(task.client_id):
        again(task)
        check_seen(task, version)
        if task.assignee_id != by.pk and not leads(by, task.department):
            raise _not_doer(task)
        now = clock.now()
        missed = task.missed_at or (task.due if now > task.due else None)
        step("hand_in", task, by, role, done_at=now, missed_at=missed, at=now)
        if task.template == APPENDIX and task.line_id:
            _tell_ready(task, by, role)
        if task.author_id == by.pk == task.assignee_id:
            step("accept", task, by, role, at=now)
            after_closed(task)
    return task


def _tell_ready(task: Task, by: User, role: str) -> None:
    """The appendix is there (5.6); one that is handed in again asks for no second deal."""
    told = Fact.objects.filter(root_id=task.client_id, kind="appendix.ready", refs__task=task.pk)
    if not told.exists():
        tell("appendix.ready", task, by, role)


def log_time(
    *, by: User, task_id: int, minutes: int, day: date | None = None, note: str = ""
) -> TimeEntry:
    """Minutes one worked at a task on a day, today by default. М4 is asked as of a doer."""
    task = task_for(by, task_id)
    role = acting_role(by, "executor")
    today = clock.today(settings.TIME_ZONE)
    day = day or today
    if not 1 <= minutes <= DAY_MINUTES:
        raise BadInput(_("Between a minute and a day"), field="minutes")
    if day > today:
        raise BadInput(_("This day is still ahead"), field="day")
    if not (works_on(by, task) or task.department == queue_of(by)):
        raise _not_doer(task)
    with gated(), acting(task.client_id):
        again(task)
        _check_worked(task, day)
        _check_day_holds(by, day, minutes)
        become_doer(task, by, by)
        fact = tell("task.time", task, by, role, day=day, value=minutes, payload={"user": by.pk})
        entry = TimeEntry(
            task=task,
            user=by,
            day=day,
            minutes=minutes,
            note=note.strip()[:200],
            at=clock.now(),
            fact=fact,
        )
        entry.save(force_insert=True)
        Task.objects.filter(pk=task.pk).update(spent=F("spent") + minutes)
    return entry


def void_time(*, by: User, entry_id: int) -> None:
    """Take a mistaken entry back: one's own, or any of the department one leads."""
    entry = TimeEntry.objects.select_related("task", "fact").filter(pk=entry_id).first()
    if entry is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    task = task_for(by, entry.task_id)
    if entry.user_id != by.pk and not leads(by, task.department):
        raise Refusal(_("Only who logged this time takes it back"), subject=task)
    with acting(task.client_id):
        mine = TimeEntry.objects.filter(pk=entry.pk, voided_at=None)
        if mine.update(voided_at=clock.now()):
            void(entry.fact, by=by, reason=_("The entry was a mistake"))
            Task.objects.filter(pk=task.pk).update(spent=F("spent") - entry.minutes)


def _check_worked(task: Task, day: date) -> None:
    """One works at a task from the day it is set to the day it is closed."""
    zone = ZoneInfo(settings.TIME_ZONE)
    if day < task.created_at.astimezone(zone).date():
        raise BadInput(_("The task was not set yet on this day"), field="day")
    if task.closed_at and day > task.closed_at.astimezone(zone).date():
        raise BadInput(_("The task was closed before this day"), field="day")


def _check_day_holds(by: User, day: date, minutes: int) -> None:
    """A day of one person has 24 hours, at all tasks together."""
    rows = TimeEntry.objects.filter(user=by, day=day, voided_at=None)
    logged = rows.aggregate(sum=Sum("minutes"))["sum"] or 0
    if logged + minutes > DAY_MINUTES:
        raise BadInput(
            _("Minutes logged on this day already: %(minutes)d, and a day has 24 hours")
            % {"minutes": logged},
            field="minutes",
            cure=_("Take a mistaken entry back first"),
        )


def _check_free(by: User, task: Task) -> None:
    """Nobody takes a colleague's task, nor one of a department they have no part in."""
    if task.assignee_id not in (None, by.pk) and not leads(by, task.department):
        raise Refusal(
            _("%(who)s has this task") % {"who": task.assignee},
            cure=_("Ask the head of the department to give it to you"),
            subject=task,
        )
    mine = task.assignee_id == by.pk or task.department == queue_of(by)
    if not (mine or leads(by, task.department) or conducts(by, task)):
        raise _not_doer(task)


def _check_begins(task: Task) -> None:
    held = task.waits_for.exclude(after__state__in=("done", "accepted", "cancelled"))
    first = held.select_related("after").first()
    if first is not None:
        raise Refusal(
            _("It waits for another task: “%(title)s”") % {"title": first.after.title},
            cure=_("Finish that one, or take the link off"),
            subject=task,
        )


def _doer(by: User, task: Task, user_id: int | None) -> User | None:
    """Who is named: a colleague, or a contractor by those who distribute the department's work."""
    if user_id is None:
        return None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not (works_here(user) or Role.CONTRACTOR in roles_of(user)):
        raise BadInput(_("Choose a colleague"), field="user")
    if not works_here(user) and not leads(by, task.department):
        raise Refusal(
            _("A contractor is given work by the head of the department"),
            cure=_("Leave it in the queue, or ask the head of the department"),
            subject=task,
        )
    return user


def _check_may_assign(by: User, task: Task, user: User | None) -> None:
    if leads(by, task.department):
        return
    if user is None and task.assignee_id == by.pk:
        return
    if user is not None and user.pk == by.pk and conducts(by, task):
        return
    if task.department == ACCOUNTS and conducts(by, task):
        return
    raise Refusal(
        _("A task is set to the department; its head names who does it"),
        clause="М4.0",
        cure=_("Leave it in the queue, or ask the head of the department"),
        subject=task,
    )


def _not_doer(task: Task) -> Refusal:
    return Refusal(
        _("Your role does not allow this: %(act)s") % {"act": _("do this task")},
        who=str(task.assignee or Task(department=task.department).get_department_display()),
        subject=task,
    )
