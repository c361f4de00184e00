"""What stands beside a task, all of it in one statement: a page asks for everything at once."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection

from pult.people.models import User
from pult.work.models import Task
from pult.work.queries.card_shapes import (
    AuditorItem,
    CheckItem,
    FileItem,
    LinkItem,
    Person,
    TimeItem,
)
from pult.work.queries.rows import Words, aware

# Each part says: its name, a row's id, a person and their name, words, more words, two numbers,
# an instant, a day. The casts of the first part give the columns their types.
BESIDE = """
    SELECT 'auditor' AS part, row.id AS id, who.id AS who, who.full_name AS name,
        CAST('' AS TEXT) AS words, CAST('' AS TEXT) AS more,
        CAST(CASE WHEN row.is_automatic THEN 1 ELSE 0 END AS BIGINT) AS number,
        CAST(0 AS BIGINT) AS other, row.added_at AS at, CAST(NULL AS DATE) AS day
        FROM work_auditor AS row JOIN people_user AS who ON who.id = row.user_id
        WHERE row.task_id = %s
    UNION ALL SELECT 'check', row.id, who.id, who.full_name, row.text, '', row.place, 0,
        row.done_at, NULL
        FROM work_checklistitem AS row LEFT JOIN people_user AS who ON who.id = row.done_by_id
        WHERE row.task_id = %s
    UNION ALL SELECT 'after', other.id, NULL, '', other.title, other.state, row.id, 0, NULL, NULL
        FROM work_dependency AS row JOIN work_task AS other ON other.id = row.after_id
        WHERE row.task_id = %s
    UNION ALL SELECT 'holds', other.id, NULL, '', other.title, other.state, row.id, 0, NULL, NULL
        FROM work_dependency AS row JOIN work_task AS other ON other.id = row.task_id
        WHERE row.after_id = %s
    UNION ALL SELECT 'file', row.id, who.id, who.full_name, row.name, kept.mime, kept.size,
        COALESCE(row.comment_id, 0), row.at, NULL
        FROM work_taskfile AS row JOIN people_user AS who ON who.id = row.by_id
        JOIN kernel_storedfile AS kept ON kept.id = row.file_id
        WHERE row.task_id = %s AND row.removed_at IS NULL
    UNION ALL SELECT 'time', row.id, who.id, who.full_name, row.note, '', row.minutes, 0, NULL,
        row.day
        FROM work_timeentry AS row JOIN people_user AS who ON who.id = row.user_id
        WHERE row.task_id = %s AND row.voided_at IS NULL
    UNION ALL SELECT 'mention', row.id, who.id, who.full_name, '', '', row.comment_id, 0, NULL, NULL
        FROM work_mention AS row JOIN people_user AS who ON who.id = row.user_id
        JOIN work_comment AS said ON said.id = row.comment_id WHERE said.task_id = %s
    UNION ALL SELECT 'seen', row.id, NULL, '', '', '', row.last, 0, NULL, NULL
        FROM work_seen AS row WHERE row.task_id = %s AND row.user_id = %s
    UNION ALL SELECT 'snooze', row.id, NULL, '', '', '', 0, 0, NULL, row.until
        FROM work_snooze AS row WHERE row.task_id = %s AND row.user_id = %s
    UNION ALL SELECT 'slip', row.id, NULL, '', '', '', 0, 0, row.before, NULL
        FROM work_promiseslip AS row WHERE row.task_id = %s AND row.ended_at IS NULL
"""
ONE_TASK, OF_READER = 7, 2


@dataclass
class Beside:
    """Everything beside a task. `mentions` and `said_files` are by the id of their comment;
    `seen` is the newest comment the reader has read; `promised` a date that slipped since the
    client was told it."""

    auditors: list[AuditorItem] = field(default_factory=list)
    checklist: list[CheckItem] = field(default_factory=list)
    waits_for: list[LinkItem] = field(default_factory=list)
    holds: list[LinkItem] = field(default_factory=list)
    files: list[FileItem] = field(default_factory=list)
    said_files: dict[int, list[FileItem]] = field(default_factory=dict)
    times: list[TimeItem] = field(default_factory=list)
    mentions: dict[int, list[Person]] = field(default_factory=dict)
    seen: int = 0
    snoozed_until: date | None = None
    promised: datetime | None = None


def beside(user: User, task: Task) -> Beside:
    """What stands beside the task for this reader; one query."""
    params = [task.pk] * ONE_TASK + [task.pk, user.pk] * OF_READER + [task.pk]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({BESIDE}) AS beside ORDER BY part, day, number, id", params)
        rows = cursor.fetchall()
    found, states = Beside(), Words().states
    for row in rows:
        _put(found, row, states, user.pk)
    found.files.sort(key=lambda one: one.id)
    return found


def _put(found: Beside, row: tuple[Any, ...], states: dict[str, str], reader: int) -> None:
    part, pk, who, name, words, more, number, other, at, day = row
    if part == "auditor":
        found.auditors.append(AuditorItem(Person(who, name), bool(number)))
    elif part == "check":
        found.checklist.append(CheckItem(pk, words, name or "", aware(at)))
    elif part in ("after", "holds"):
        links = found.waits_for if part == "after" else found.holds
        links.append(LinkItem(pk, words, more, states[more]))
    elif part == "file":
        file = FileItem(pk, words, number, more, Person(who, name), _moment(at), who == reader)
        (found.said_files.setdefault(other, []) if other else found.files).append(file)
    elif part == "time":
        found.times.append(TimeItem(pk, Person(who, name), _day(day), number, words, who == reader))
    elif part == "mention":
        found.mentions.setdefault(number, []).append(Person(who, name))
    elif part == "slip":
        found.promised = _moment(at)
    elif part == "seen":
        found.seen = number
    else:
        found.snoozed_until = _day(day)


def _moment(at: datetime | str) -> datetime:
    moment = aware(at)
    assert moment is not None
    return moment


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
