"""The next task of a recurrence: made once, by the worker or when the last one is accepted."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pult.people.models import User
    from pult.work.models import Task


def after_accepted(task: "Task", by: "User") -> None:
    """A recurrence that counts from completion plans its next one from this day."""
