"""What is to be done for clients: projects by department, tasks, and everything around a task."""

from pult.work.models.around import (
    Auditor,
    Bounce,
    ChecklistItem,
    DeadlineMove,
    Dependency,
    PromiseSlip,
    Snooze,
    TaskFile,
    TimeEntry,
)
from pult.work.models.kinds import Kind
from pult.work.models.projects import Project
from pult.work.models.recurrence import Recurrence
from pult.work.models.talk import Comment, Mention, Seen
from pult.work.models.tasks import CLOSED, FLAGS, OPEN, WAITING, Task
from pult.work.models.templates import TemplateEdition

__all__ = [
    "CLOSED",
    "FLAGS",
    "OPEN",
    "WAITING",
    "Auditor",
    "Bounce",
    "ChecklistItem",
    "Comment",
    "DeadlineMove",
    "Dependency",
    "Kind",
    "Mention",
    "Project",
    "PromiseSlip",
    "Recurrence",
    "Seen",
    "Snooze",
    "Task",
    "TaskFile",
    "TemplateEdition",
    "TimeEntry",
]
