"""Rows of tasks by id: one statement, whatever is shown around them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from pult.kernel import clock
from pult.people.models import Department, User
from pult.work.logic import states
from pult.work.models import Task
from pult.work.queries.shapes import TaskRow

# Building this with the ORM would take several times as long as answering it.
ROWS = """
    SELECT task.id, task.title, task.client_id, client.name, task.project_id, project.title,
        task.department, task.kind, task.state, task.due, task.done_at, task.is_promised,
        task.missed_at, task.urgent, task.is_global, task.is_important, task.is_disputed,
        task.assignee_id, doer.full_name, task.author_id, author.full_name,
        (SELECT COUNT(*) FROM work_comment AS said
            WHERE said.task_id = task.id AND said.erased_at IS NULL),
        (SELECT COUNT(*) FROM work_comment AS said
            WHERE said.task_id = task.id AND said.erased_at IS NULL AND said.by_id <> %s
            AND said.id > COALESCE((SELECT seen.last FROM work_seen AS seen
                WHERE seen.task_id = task.id AND seen.user_id = %s), 0)),
        (SELECT COUNT(item.done_at) FROM work_checklistitem AS item WHERE item.task_id = task.id),
        (SELECT COUNT(*) FROM work_checklistitem AS item WHERE item.task_id = task.id),
        (SELECT COUNT(*) FROM work_dependency AS link JOIN work_task AS other
            ON other.id = link.after_id WHERE link.task_id = task.id
            AND other.state NOT IN ('done', 'accepted', 'cancelled')),
        task.bounces, task.moves, task.returns, task.estimate, task.spent, task.created_at,
        task.version
    FROM work_task AS task
    JOIN clients_client AS client ON client.id = task.client_id
    JOIN work_project AS project ON project.id = task.project_id
    JOIN people_user AS author ON author.id = task.author_id
    LEFT JOIN people_user AS doer ON doer.id = task.assignee_id
    WHERE task.id IN ({marks})
"""


def rows_of(user: User, ids: Sequence[int]) -> tuple[TaskRow, ...]:
    """These tasks in this order, as this reader sees them; one query, none for no ids."""
    if not ids:
        return ()
    marks = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(marks=marks), [user.pk, user.pk, *ids])
        found = {row[0]: row for row in cursor.fetchall()}
    now = clock.to_minute(clock.now())
    words = Words()
    return tuple(_row(found[pk], now, words) for pk in ids if pk in found)


class Words:
    """Labels in the reader's language, looked up once a list."""

    def __init__(self) -> None:
        self.states = {code: str(label) for code, label in Task.State.choices}
        self.departments = {code: str(label) for code, label in Department.Code.choices}


def _row(row: tuple[Any, ...], now: int, words: Words) -> TaskRow:
    (pk, title, client_id, client, project_id, project, department, kind, state, due, done_at,
     promised, missed, urgent, is_global, important, disputed, doer_id, doer, author_id, author,
     comments, unread, ticked, checks, waits, bounces, moves, returns, estimate, spent, created,
     version) = row  # fmt: skip
    due, done_at = aware(due), aware(done_at)
    minute = clock.to_minute(done_at) if done_at else None
    return TaskRow(
        id=pk,
        title=title,
        client_id=client_id,
        client=client,
        project_id=project_id,
        project=project or words.departments[department],
        department=department,
        department_label=words.departments[department],
        kind=kind,
        state=state,
        state_label=words.states[state],
        due=due,
        is_overdue=states.is_overdue(state, clock.to_minute(due), now, minute),
        is_promised=bool(promised),
        missed=missed is not None,
        urgent=bool(urgent),
        is_global=bool(is_global),
        is_important=bool(important),
        is_disputed=bool(disputed),
        assignee_id=doer_id,
        assignee=doer or "",
        author_id=author_id,
        author=author,
        comments=comments,
        unread=unread,
        checks=(ticked, checks),
        waits=waits,
        bounces=bounces,
        moves=moves,
        returns=returns,
        estimate=estimate,
        spent=spent,
        created_at=aware(created),
        version=version,
    )


def aware(at: datetime | None) -> datetime | None:
    """SQLite gives instants without their zone: they are UTC."""
    if isinstance(at, str):
        at = datetime.fromisoformat(at)
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


def as_day(day: date | str | None) -> date | None:
    """SQLite may give a day as the text it keeps."""
    return date.fromisoformat(day) if isinstance(day, str) else day
