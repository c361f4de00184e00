"""What stands around a task: checklist, what it waits for, and putting it out of one's sight."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.facts import acting
from pult.kernel.words import line_of
from pult.people.models import User
from pult.work.access import acting_role, task_for, works_on
from pult.work.actions.setting import LONGEST_CHECKLIST, wait_for
from pult.work.models import CLOSED, ChecklistItem, Dependency, Snooze, Task
from pult.work.steps import again, tell


def add_item(*, by: User, task_id: int, text: str) -> ChecklistItem:
    """One more point of the checklist, at its end."""
    task = _minded(by, task_id)
    text = line_of(text)[:300]
    if not text:
        raise BadInput(_("Write something"), field="text")
    with acting(task.client_id):
        _check_open(task)
        places = list(task.checklist.values_list("place", flat=True))
        if len(places) >= LONGEST_CHECKLIST:
            raise BadInput(_("The checklist is full"), cure=_("Set another task"), field="text")
        item = ChecklistItem(task=task, place=max(places, default=-1) + 1, text=text)
        item.save(force_insert=True)
        _tell(task, by, "checklist")
    return item


def tick_item(*, by: User, item_id: int, done: bool) -> ChecklistItem:
    """Tick a point, or take the tick off; who ticked stays beside it."""
    item, task = _item(by, item_id)
    with acting(task.client_id):
        _check_open(task)
        values = {"done_by": by if done else None, "done_at": clock.now() if done else None}
        if ChecklistItem.objects.filter(pk=item.pk, done_at__isnull=done).update(**values):
            item.done_by, item.done_at = values["done_by"], values["done_at"]
            _tell(task, by, "checklist")
    return item


def drop_item(*, by: User, item_id: int) -> None:
    """Take a point off the checklist."""
    item, task = _item(by, item_id)
    with acting(task.client_id):
        _check_open(task)
        if ChecklistItem.objects.filter(pk=item.pk).delete()[0]:
            _tell(task, by, "checklist")


def set_dependencies(*, by: User, task_id: int, after_ids: Iterable[int]) -> None:
    """Which tasks this one waits for, all of them anew."""
    task = _minded(by, task_id)
    wanted = set(after_ids)
    with acting(task.client_id):
        _check_open(task)
        gone = Dependency.objects.filter(task=task).exclude(after__in=wanted)
        before = set(task.waits_for.values_list("after", flat=True))
        gone.delete()
        wait_for(task, by, wanted - before)
        if before != wanted:
            _tell(task, by, "dependencies")


def snooze_task(*, by: User, task_id: int, until: date | None) -> None:
    """Hide a task from one's own list until a day (None: show it again). Nobody's deadline moves
    and nobody else sees a difference, so there is no fact of the client in it."""
    task = task_for(by, task_id)
    if until is None:
        Snooze.objects.filter(task=task, user=by).delete()
        return
    if until <= clock.today(settings.TIME_ZONE):
        raise BadInput(_("Choose a day ahead"), field="until")
    Snooze.objects.update_or_create(task=task, user=by, defaults={"until": until})


def _item(by: User, item_id: int) -> tuple[ChecklistItem, Task]:
    item = ChecklistItem.objects.filter(pk=item_id).first()
    if item is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return item, _minded(by, item.task_id)


def _minded(by: User, task_id: int) -> Task:
    """The task, if the person does, leads or answers for it: auditors watch only."""
    task = task_for(by, task_id)
    if works_on(by, task):
        return task
    raise Refusal(
        _("Your role does not allow this: %(act)s") % {"act": _("change the task")},
        cure=_("Write a comment"),
        who=str(task.assignee or task.author),
        subject=task,
    )


def _check_open(task: Task) -> None:
    again(task)
    if task.state in CLOSED:
        raise Refusal(
            _("The task is already: %(state)s") % {"state": Task.State(task.state).label},
            subject=task,
        )


def _tell(task: Task, by: User, part: str) -> None:
    tell("task.edited", task, by, acting_role(by), payload={"fields": [part]})
