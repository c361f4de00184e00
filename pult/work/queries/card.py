"""One task with everything around it."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pult.clients.access import roles_of, sees_money
from pult.kernel import clock, files
from pult.kernel.errors import NotVisible
from pult.kernel.roles import STAFF
from pult.people.models import User
from pult.regulation.gates import refusal_of
from pult.regulation.labels import clause_title
from pult.work.access import (
    Standing,
    queue_of,
    role_in,
    task_and_standing,
    task_for,
)
from pult.work.editions import form_of
from pult.work.logic import states
from pult.work.logic.forms import Form
from pult.work.models import Bounce, Comment, DeadlineMove, Recurrence, Task
from pult.work.queries.acts import step_acts
from pult.work.queries.beside import Beside, beside
from pult.work.queries.card_shapes import (
    BounceItem,
    CommentItem,
    FieldValue,
    MoveItem,
    Person,
    RecurrenceItem,
    TaskCard,
)
from pult.work.queries.rows import rows_of
from pult.work.steps import refs_of

# Ready SQL: a page of a task is opened all day, and the ORM thinks longer than the database.
OF_TASK = """
    SELECT row.*, who.full_name AS name FROM {} AS row JOIN people_user AS who ON who.id = row.by_id
    WHERE row.task_id = %s ORDER BY row.id
"""
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
    "bring",
    "log",
    "arrange",
    "talk",
    "judge",
    "tell",
)


def task_card(user: User, task_id: int) -> TaskCard:
    """The task as this person sees it; raises NotVisible. At most eleven queries."""
    task, standing = task_and_standing(user, task_id)
    form = form_of(task.template, task.template_version)
    moves = tuple(_moves(task))
    bounces = tuple(_bounces(task, form)) if task.bounces else ()
    around = beside(user, task)
    manager = Person(*standing.manager) if standing.manager else None
    hidden_until = around.snoozed_until
    if hidden_until and hidden_until <= clock.today(settings.TIME_ZONE):
        hidden_until = None
    return TaskCard(
        row=rows_of(user, [task.pk])[0],
        line_id=task.line_id,
        line=str(task.line or ""),
        template=task.template,
        template_title=form.title if form else task.template,
        result=task.result,
        measure=task.measure,
        fields=field_values(form, task.values, with_money=_reads_sums(user, task, standing)),
        due_first=task.due_first,
        missed_at=task.missed_at,
        taken_by=str(task.taken_by or ""),
        taken_at=task.taken_at,
        done_at=task.done_at,
        closed_at=task.closed_at,
        controller=_person(task.project.manager) or manager,
        manager=manager,
        recurrence=_recurrence(task),
        stopped=task.state == Task.State.BOUNCED,
        snoozed_until=hidden_until,
        promised=around.promised,
        acts=acts_of(user, task, standing, moves, bounces),
        auditors=tuple(around.auditors),
        checklist=tuple(around.checklist),
        waits_for=tuple(around.waits_for),
        holds=tuple(around.holds),
        comments=tuple(_comments(task, user, around)),
        files=tuple(around.files),
        times=tuple(around.times),
        moves=moves,
        bounces=bounces,
        sees_client=standing.sees_client,
        **_price(task, standing),
    )


def _reads_sums(user: User, task: Task, standing: Standing) -> bool:
    """The sums of a form are what the work is done by: whoever works on the task, and their
    department, read them (П.1 shows a specialist the balances too); a contractor does not."""
    if sees_money(user):
        return True
    works = standing.does or standing.leads or standing.conducts
    return bool(roles_of(user) & STAFF) and (works or task.department == queue_of(user))


def _price(task: Task, standing: Standing) -> dict[str, Any]:
    """The price agreed with whoever does the task, for them and for whoever answers for it."""
    answers = standing.conducts or standing.leads
    row = getattr(task, "price", None)
    if row is None or row.contractor_id != task.assignee_id or not (answers or standing.does):
        return {"may_price": answers}
    return {"price": row.amount, "terms": row.terms, "may_price": answers}


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
    user: User,
    task: Task,
    standing: Standing,
    moves: tuple[MoveItem, ...],
    bounces: tuple[BounceItem, ...],
) -> frozenset[str]:
    """What the person may do with the task in its state, for buttons; the actions check again."""
    answers, led, does = standing.conducts, standing.leads, standing.does
    may = step_acts(task.state, task.department, task.assignee_id, standing)
    if task.state in states.EDITABLE:
        may |= {"edit", "move"} if answers else {"ask_move"}
        may |= {"edit"} if led else set()
    if task.state not in (states.ACCEPTED, states.CANCELLED) and (does or answers or led):
        may |= {"flag", "check"}
    if does or answers or led or standing.is_in_queue:
        may.add("bring")
        if _may_log(user, task, standing):
            may.add("log")
    if "check" in may and roles_of(user) & STAFF:
        may.add("arrange")
    if answers and any(move.is_open for move in moves):
        may.add("answer_move")
    if led and any(bounce.needs_talk for bounce in bounces):
        may.add("talk")
    if roles_of(user) & {"head", "director"} and any(not one.is_unfounded for one in bounces):
        may.add("judge")
    if answers:
        may.add("tell")
    return frozenset(may)


def _may_log(user: User, task: Task, standing: Standing) -> bool:
    """Time is noted by those who may do the work: whoever only answers for it, if М4 lets them."""
    if standing.does or standing.leads or standing.is_in_queue:
        return True
    role = role_in(user, task.client_id)
    refs = refs_of(task)
    return not refusal_of(
        f"work.{task.kind}", root_id=task.client_id, refs=refs, by=user, role=role
    )


def _recurrence(task: Task) -> RecurrenceItem | None:
    row = task.recurrence
    if row is None:
        return None
    told = (row.pk, row.get_basis_display(), _often(row))
    return RecurrenceItem(*told, row.next_on, row.ends_on, row.stopped_at is not None)


def _often(row: Recurrence) -> str:
    n = row.every
    if row.unit == Recurrence.Unit.DAY:
        words = ngettext("every %(n)d working day", "every %(n)d working days", n)
        return words % {"n": n} if n > 1 else _("every working day")
    if row.unit == Recurrence.Unit.WEEK:
        words = ngettext("every %(n)d week", "every %(n)d weeks", n)
        return words % {"n": n} if n > 1 else _("every week")
    words = ngettext("every %(n)d month", "every %(n)d months", n)
    return words % {"n": n} if n > 1 else _("every month")


def _moves(task: Task):
    labels = {code: str(label) for code, label in DeadlineMove.Reason.choices}
    for row in DeadlineMove.objects.raw(OF_TASK.format("work_deadlinemove"), [task.pk]):
        yield MoveItem(
            row.pk,
            row.before,
            row.after,
            labels.get(row.reason_code, ""),
            row.note,
            row.name,
            row.at,
            row.after_breach,
            row.is_proposal,
            row.is_proposal and row.decided_at is None,
            row.granted,
        )


def _bounces(task: Task, form: Form | None):
    labels = {field.code: field.label for field in form.fields} if form else {}
    own = {name: str(Task._meta.get_field(name).verbose_name) for name in OWN_FIELDS}
    for row in Bounce.objects.raw(OF_TASK.format("work_bounce"), [task.pk]):
        yield BounceItem(
            id=row.pk,
            number=row.number,
            clause=row.clause,
            clause_title=clause_title(row.clause),
            codes=tuple(row.fields),
            fields=tuple(labels.get(code) or own.get(code, code) for code in row.fields),
            note=row.note,
            by=row.name,
            at=row.at,
            fixed_at=row.fixed_at,
            is_unfounded=row.unfounded_at is not None,
            needs_talk=_needs_talk(row),
            decision=row.decision,
        )


OWN_FIELDS = ("title", "result", "measure", "due")


def _needs_talk(row: Bounce) -> bool:
    return row.number >= 2 and row.talked_at is None and row.unfounded_at is None


def _comments(task: Task, user: User, around: Beside):
    for row in Comment.objects.raw(OF_TASK.format("work_comment"), [task.pk]):
        yield CommentItem(
            id=row.pk,
            by=Person(row.by_id, row.name),
            at=row.at,
            text=row.text,
            edited_at=row.edited_at,
            is_erased=row.erased_at is not None,
            is_new=row.pk > around.seen and row.by_id != user.pk,
            is_mine=row.by_id == user.pk,
            mentions=tuple(around.mentions.get(row.pk, ())),
            files=tuple(around.said_files.get(row.pk, ())),
            version=row.version,
        )


def _person(user: User | None) -> Person | None:
    return Person(user.pk, user.full_name) if user else None
