"""What a task is found by: its title and the words of what it asks for."""

from pult.kernel.search import index_document
from pult.work.models import Task


def index_task(task: Task) -> None:
    """Refresh the task's document in the search index, inside the current action."""
    words = [task.result, *(value for value in task.values.values() if isinstance(value, str))]
    index_document("task", task.pk, task.client_id, task.title, " ".join(words))
