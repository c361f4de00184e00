"""The only reads of work for pages: plain values, access asked once."""

from pult.work.clauses import bounce_clauses, likely_clauses
from pult.work.queries.acts import board_moves
from pult.work.queries.bounces import BounceCount, BounceTally, bounce_tally
from pult.work.queries.card import task_card, task_file
from pult.work.queries.card_shapes import (
    BounceItem,
    CommentItem,
    FieldValue,
    FileItem,
    FormItem,
    LinkItem,
    MoveItem,
    Person,
    RecurrenceItem,
    TaskCard,
    TimeItem,
)
from pult.work.queries.choices import tasks_beside
from pult.work.queries.day import WorkOfDay, work_of_day
from pult.work.queries.days import due_days, overdue_count
from pult.work.queries.departments import DepartmentWork, client_work
from pult.work.queries.forms import form_item, form_items
from pult.work.queries.lists import (
    board,
    counts,
    export_rows,
    task_ids,
    task_list,
    task_titles,
    tasks_found,
)
from pult.work.queries.near import Near, doers_of, near_task
from pult.work.queries.own import OwnTasks, own_tasks
from pult.work.queries.projects import department_choices, project_card, project_list
from pult.work.queries.shapes import (
    BoardColumn,
    BoardMove,
    DueDay,
    ProjectCard,
    ProjectList,
    ProjectRow,
    TaskFilters,
    TaskList,
    TaskRow,
    WorkloadDay,
    WorkloadRow,
)
from pult.work.queries.workload import workload

__all__ = [
    "BoardColumn",
    "BoardMove",
    "BounceCount",
    "BounceItem",
    "BounceTally",
    "CommentItem",
    "DepartmentWork",
    "DueDay",
    "FieldValue",
    "FileItem",
    "FormItem",
    "LinkItem",
    "MoveItem",
    "Near",
    "OwnTasks",
    "Person",
    "ProjectCard",
    "ProjectList",
    "ProjectRow",
    "RecurrenceItem",
    "TaskCard",
    "TaskFilters",
    "TaskList",
    "TaskRow",
    "TimeItem",
    "WorkOfDay",
    "WorkloadDay",
    "WorkloadRow",
    "board",
    "board_moves",
    "bounce_clauses",
    "bounce_tally",
    "client_work",
    "counts",
    "department_choices",
    "doers_of",
    "due_days",
    "export_rows",
    "form_item",
    "form_items",
    "likely_clauses",
    "near_task",
    "overdue_count",
    "own_tasks",
    "project_card",
    "project_list",
    "task_card",
    "task_file",
    "task_ids",
    "task_list",
    "task_titles",
    "tasks_beside",
    "tasks_found",
    "work_of_day",
    "workload",
]
