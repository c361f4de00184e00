"""One task with everything around it."""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from pult.clients.access import clients_of, roles_of, sees_money
from pult.kernel import clock, files
from pult.kernel.errors import NotVisible
from pult.people.models import User
from pult.regulation.labels import clause_title
from pult.work.access import (
    ACCOUNTS,
    conducts,
    controller_of,
    leads,
    manager_of,
    queue_of,
    task_for,
)
from pult.work.editions import form_of
from pult.work.logic import states
from pult.work.logic.forms import Form
from pult.work.models import Bounce, DeadlineMove, Seen, Task
from pult.work.queries.card_shapes import (
    AuditorItem,
    BounceItem,
    CheckItem,
    CommentItem,
    FieldValue,
    FileItem,
    LinkItem,
    MoveItem,
    Person,
    RecurrenceItem,
    TaskCard,
    TimeItem,
)
from pult.work.queries.rows import Words, rows_of

ACTS = (
    "take",
    "release",
    "assign",
    "hand_in",
    "accept",
    "send_back",
    "bounce",
    "mend",
    "cancel",
    "restore",
    "edit",
    "move",
    "ask_move",
    "answer_move",
    "flag",
    "check",
    "talk",
    "judge",
)


def task_card(user: User, task_id: int) -> TaskCard:
    """The task as this person sees it; raises NotVisible."""
    task = task_for(user, task_id)
    form = form_of(task.template, task.template_version)
    manager, controller = manager_of(task.client_id), controller_of(task.project)
    moves = tuple(_moves(task))
    bounces = tuple(_bounces(task, form))
    snooze = task.snoozes.filter(user=user, until__gt=clock.today(settings.TIME_ZONE)).first()
    return TaskCard(
        row=rows_of(user, [task.pk])[0],
        line_id=task.line_id,
        line=str(task.line or ""),
        template=task.template,
        template_title=form.title if form else task.template,
        result=task.result,
        measure=task.measure,
        fields=field_values(form, task.values, with_money=sees_money(user)),
        due_first=task.due_first,
        missed_at=task.missed_at,
        taken_by=str(task.taken_by or ""),
        taken_at=task.taken_at,
        done_at=task.done_at,
        closed_at=task.closed_at,
        controller=_person(controller),
        manager=_person(manager),
        recurrence=_recurrence(task),
        stopped=task.state == Task.State.BOUNCED,
        snoozed_until=snooze.until if snooze else None,
        acts=acts_of(user, task, moves, bounces),
        auditors=tuple(
            AuditorItem(_person(row.user), row.is_automatic)
            for row in task.auditors.select_related("user").order_by("pk")
        ),
        checklist=tuple(
            CheckItem(row.pk, row.text, str(row.done_by or ""), row.done_at)
            for row in task.checklist.select_related("done_by")
        ),
        waits_for=_links(row.after for row in task.waits_for.select_related("after")),
        holds=_links(row.task for row in task.holds.select_related("task")),
        comments=tuple(_comments(task, user)),
        files=tuple(_files(task.files.filter(comment=None), user)),
        times=tuple(_times(task, user)),
        moves=moves,
        bounces=bounces,
        sees_client=clients_of(user).filter(pk=task.client_id).exists(),
    )


def task_file(user: User, task_id: int, file_id: int) -> tuple[str, bytes]:
    """(name, content) of a file of the task; raises NotVisible for one removed or not there."""
    task = task_for(user, task_id)
    rows = task.files.filter(removed_at=None).filter(Q(comment=None) | Q(comment__erased_at=None))
    row = rows.filter(pk=file_id).select_related("file").first() if file_id < 2**63 else None
    if row is None:
        raise NotVisible(_("There is no such page, or it is not yours to see"))
    return row.name, files.read(row.file)


def field_values(form: Form | None, values: dict, *, with_money: bool) -> tuple[FieldValue, ...]:
    """The form's fields with what a task has in them."""
    found = []
    for field in form.fields if form else ():
        hidden = field.type == "money" and not with_money
        value = None if hidden else values.get(field.code)
        told = (field.code, field.label, field.type, field.required, field.options)
        found.append(FieldValue(*told, value, hidden))
    return tuple(found)


def acts_of(
    user: User, task: Task, moves: tuple[MoveItem, ...], bounces: tuple[BounceItem, ...]
) -> frozenset[str]:
    """What the person may do with the task in its state, for buttons; the actions check again."""
    possible = set(states.acts_from(task.state))
    answers, led = conducts(user, task), leads(user, task.department)
    does = task.assignee_id == user.pk
    in_queue = task.assignee_id is None and task.department == queue_of(user)
    may = set()
    if does or in_queue or led or (task.department == ACCOUNTS and answers):
        may |= {"take"} & possible
    if does or led:
        may |= {"hand_in", "release"} & possible
    if does or in_queue or led:
        may |= {"bounce"} & possible
    if answers:
        may |= {"accept", "send_back", "mend", "cancel", "restore"} & possible
    if task.assignee_id is None:
        may.discard("release")
    if "release" in possible and (led or (task.department == ACCOUNTS and answers)):
        may.add("assign")
    if task.state in states.EDITABLE:
        may |= {"edit", "move"} if answers else {"ask_move"}
        may |= {"edit"} if led else set()
    if task.state not in (states.ACCEPTED, states.CANCELLED) and (does or answers or led):
        may |= {"flag", "check"}
    if answers and any(move.is_open for move in moves):
        may.add("answer_move")
    if led and any(bounce.needs_talk for bounce in bounces):
        may.add("talk")
    if roles_of(user) & {"head", "director"} and any(not one.is_unfounded for one in bounces):
        may.add("judge")
    return frozenset(may)


def _recurrence(task: Task) -> RecurrenceItem | None:
    row = task.recurrence
    if row is None:
        return None
    told = (row.get_basis_display(), row.get_unit_display(), row.every)
    return RecurrenceItem(row.pk, *told, row.next_on, row.ends_on, row.stopped_at is not None)


def _moves(task: Task):
    labels = {code: str(label) for code, label in DeadlineMove.Reason.choices}
    for row in task.deadline_moves.select_related("by").order_by("pk"):
        yield MoveItem(
            row.pk,
            row.before,
            row.after,
            labels.get(row.reason_code, ""),
            row.note,
            str(row.by),
            row.at,
            row.after_breach,
            row.is_proposal,
            row.is_proposal and row.decided_at is None,
            row.granted,
        )


def _bounces(task: Task, form: Form | None):
    labels = {field.code: field.label for field in form.fields} if form else {}
    own = {name: str(Task._meta.get_field(name).verbose_name) for name in OWN_FIELDS}
    for row in task.given_back.select_related("by").order_by("number"):
        yield BounceItem(
            id=row.pk,
            number=row.number,
            clause=row.clause,
            clause_title=clause_title(row.clause),
            codes=tuple(row.fields),
            fields=tuple(labels.get(code) or own.get(code, code) for code in row.fields),
            note=row.note,
            by=str(row.by),
            at=row.at,
            fixed_at=row.fixed_at,
            is_unfounded=row.unfounded_at is not None,
            needs_talk=_needs_talk(row),
            decision=row.decision,
        )


OWN_FIELDS = ("title", "result", "measure", "due")


def _needs_talk(row: Bounce) -> bool:
    return row.number >= 2 and row.talked_at is None and row.unfounded_at is None


def _comments(task: Task, user: User):
    seen = Seen.objects.filter(task=task, user=user).values_list("last", flat=True).first() or 0
    rows = task.comments.select_related("by").prefetch_related(
        "mentions__user", "files__file", "files__by"
    )
    for row in rows:
        yield CommentItem(
            id=row.pk,
            by=_person(row.by),
            at=row.at,
            text=row.text,
            edited_at=row.edited_at,
            is_erased=row.erased_at is not None,
            is_new=row.pk > seen and row.by_id != user.pk,
            is_mine=row.by_id == user.pk,
            mentions=tuple(_person(one.user) for one in row.mentions.all()),
            files=tuple(_files((one for one in row.files.all() if not one.removed_at), user)),
            version=row.version,
        )


def _files(rows, user: User):
    if hasattr(rows, "select_related"):
        rows = rows.filter(removed_at=None).select_related("file", "by").order_by("pk")
    for row in rows:
        mine = row.by_id == user.pk
        kept = row.file
        yield FileItem(row.pk, row.name, kept.size, kept.mime, _person(row.by), row.at, mine)


def _times(task: Task, user: User):
    for row in task.times.filter(voided_at=None).select_related("user").order_by("day", "pk"):
        mine = row.user_id == user.pk
        yield TimeItem(row.pk, _person(row.user), row.day, row.minutes, row.note, mine)


def _links(tasks) -> tuple[LinkItem, ...]:
    words = Words().states
    return tuple(LinkItem(one.pk, one.title, one.state, words[one.state]) for one in tasks)


def _person(user: User | None) -> Person | None:
    return Person(user.pk, user.full_name) if user else None
