"""What tasks are called, for the regulation."""

from collections.abc import Collection

from pult.work.models import Task


def names(subjects: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Titles of the tasks among `subjects`."""
    wanted = [pk for kind, pk in subjects if kind == "task"]
    if not wanted:
        return {}
    rows = Task.objects.filter(pk__in=wanted).values_list("pk", "title")
    return {("task", pk): title for pk, title in rows}
