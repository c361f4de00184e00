"""Comments on a task. Words may be mended and erased; that something was said stays."""

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext as _

from pult.clients.edits import change, check
from pult.kernel import clock, files
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.facts import acting
from pult.kernel.models import StoredFile
from pult.kernel.roles import STAFF
from pult.kernel.words import line_of
from pult.people.models import User
from pult.people.queries import works_here
from pult.work.access import (
    acting_role,
    conducts,
    manager_of,
    queue_of,
    roles_of,
    task_for,
    works_on,
)
from pult.work.actions.watching import watch
from pult.work.models import Comment, Mention, Seen, Task, TaskFile
from pult.work.steps import tell

Upload = tuple[str, bytes]


def comment_task(
    *,
    by: User,
    task_id: int,
    text: str,
    mention_ids: Iterable[int] = (),
    attached: Iterable[Upload] = (),
) -> Comment:
    """Say something; people called by name have it among what they have not read.

    `attached`: (name, bytes) of files. Who is called sees the task from then on, as an auditor.
    """
    task = task_for(by, task_id)
    kept = [(name, files.store(content)) for name, content in attached]
    if not text.strip() and not kept:
        raise BadInput(_("Write something"), field="text")
    with acting(task.client_id):
        called = set(mention_ids)
        if not roles_of(by) & STAFF and called - _answering(task):
            raise BadInput(_("Choose a colleague"), field="mentions")
        row = say(task, by, acting_role(by), text, called)
        for name, file in kept:
            keep_file(task, by, name, file, row)
    return row


def say(task: Task, by: User, role: str, text: str, mention_ids: Iterable[int] = ()) -> Comment:
    """A comment inside an action."""
    row = Comment(task=task, by=by, at=clock.now(), text=text)
    check(row)
    row.save(force_insert=True)
    people = _called(mention_ids)
    Mention.objects.bulk_create(Mention(comment=row, user=user) for user in people)
    for user in people:
        _let_see(task, by, role, user)
    mark = {"refs": {"comment": row.pk}, "payload": {"mentioned": [user.pk for user in people]}}
    tell("task.commented", task, by, role, **mark)
    Seen.objects.update_or_create(task=task, user=by, defaults={"last": row.pk})
    return row


def edit_comment(*, by: User, comment_id: int, version: int, text: str) -> Comment:
    """Mend one's own words."""
    row = _own(by, comment_id)
    if not text.strip():
        raise BadInput(_("Write something"), field="text")
    with acting(row.task.client_id):
        if Comment.objects.filter(pk=row.pk).exclude(erased_at=None).exists():
            raise Refusal(_("The words were erased meanwhile"), subject=row.task)
        if change(row, version, {"text": text}):
            Comment.objects.filter(pk=row.pk).update(edited_at=clock.now())
            fields = {"fields": ["comments"]}
            tell("task.edited", row.task, by, acting_role(by), payload=fields)
    return row


def erase_comment(*, by: User, comment_id: int) -> None:
    """Erase one's own words (the head: anybody's) for good."""
    row = _comment(by, comment_id)
    if row.by_id != by.pk and not roles_of(by) & {"head", "director"}:
        raise Refusal(_("Only whoever wrote this erases it"), who=str(row.by))
    with acting(row.task.client_id):
        mine = Comment.objects.filter(pk=row.pk, erased_at=None)
        if mine.update(text="", erased_at=clock.now(), version=F("version") + 1):
            row.files.update(removed_at=clock.now())
            refs = {"comment": row.pk}
            tell("task.comment_erased", row.task, by, acting_role(by), refs=refs)


def mark_read(*, by: User, task_id: int) -> None:
    """The person has read the task's comments; a bookmark of their own, no fact of the client."""
    task = task_for(by, task_id)
    last = task.comments.order_by("-id").values_list("id", flat=True).first()
    if last:
        Seen.objects.update_or_create(task=task, user=by, defaults={"last": last})


def attach_file(*, by: User, task_id: int, name: str, content: bytes) -> TaskFile:
    """Put a file beside a task."""
    task = task_for(by, task_id)
    if not (works_on(by, task) or task.department == queue_of(by)):
        raise Refusal(
            _("Your role does not allow this: %(act)s") % {"act": _("change the task")},
            cure=_("Write a comment: files may be sent with it"),
            who=str(task.assignee or task.author),
            subject=task,
        )
    file = files.store(content)
    with acting(task.client_id):
        row = keep_file(task, by, name, file)
        tell("task.edited", task, by, acting_role(by), payload={"fields": ["files"]})
    return row


def detach_file(*, by: User, file_id: int) -> None:
    """Take a wrong file off: one's own, or any of a task one conducts."""
    row = TaskFile.objects.filter(pk=file_id, removed_at=None).first()
    if row is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    task = task_for(by, row.task_id)
    if row.by_id != by.pk and not conducts(by, task):
        raise Refusal(_("Only whoever brought this file takes it off"), who=str(row.by))
    with acting(task.client_id):
        if TaskFile.objects.filter(pk=row.pk, removed_at=None).update(removed_at=clock.now()):
            tell("task.edited", task, by, acting_role(by), payload={"fields": ["files"]})


def keep_file(
    task: Task, by: User, name: str, file: StoredFile, comment: Comment | None = None
) -> TaskFile:
    """A stored file beside a task or a comment, inside an action."""
    called = line_of(name)[-200:] or _("file")
    row = TaskFile(task=task, comment=comment, file=file, name=called, by=by, at=clock.now())
    row.save(force_insert=True)
    return row


def _answering(task: Task) -> set[int]:
    """Whom a contractor calls: who set the task, and the client's account manager."""
    manager = manager_of(task.client_id)
    return {task.author_id} | ({manager.pk} if manager else set())


def _called(mention_ids: Iterable[int]) -> list[User]:
    wanted = sorted(set(mention_ids))
    people = list(User.objects.filter(pk__in=wanted, is_active=True)) if wanted else []
    if len(people) != len(wanted) or not all(works_here(user) for user in people):
        raise BadInput(_("Choose a colleague"), field="mentions")
    return people


def _let_see(task: Task, by: User, role: str, user: User) -> None:
    try:
        task_for(user, task.pk)
    except NotVisible:
        watch(task, by, role, user, automatic=False)


def _comment(by: User, comment_id: int) -> Comment:
    row = Comment.objects.select_related("by").filter(pk=comment_id).first()
    if row is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    row.task = task_for(by, row.task_id)
    return row


def _own(by: User, comment_id: int) -> Comment:
    row = _comment(by, comment_id)
    if row.by_id != by.pk or row.erased_at:
        raise Refusal(_("Only one's own words are mended"), who=str(row.by))
    return row
