"""Tasks nobody set: rows of a generated agency, in bulk and without facts.

For `pult seed` and the bench alone. People go through the actions.
"""

from collections.abc import Sequence

from pult.kernel.search import Document, index_documents
from pult.work.models import Task

BATCH = 1000


def index_generated(rows: Sequence[Task]) -> None:
    """Let the search find them, some at a time."""
    for start in range(0, len(rows), BATCH):
        index_documents(
            Document("task", row.pk, row.client_id, row.title, row.result)
            for row in rows[start : start + BATCH]
        )
