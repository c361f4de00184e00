"""Clients nobody entered: rows of a generated agency, in bulk and without facts.

For `pult seed` and the bench alone. People and imports go through the actions.
"""

from collections.abc import Iterable, Sequence

from pult.clients.indexing import index_clients
from pult.clients.models import Client

BATCH = 2000


def insert_clients(rows: Iterable[Client]) -> list[Client]:
    """Insert generated clients; the rows come back with their ids."""
    return Client.objects.bulk_create(rows, batch_size=BATCH)


def index_generated(ids: Sequence[int]) -> None:
    """Let the search find them, some at a time."""
    for start in range(0, len(ids), BATCH):
        index_clients(list(Client.objects.filter(pk__in=ids[start : start + BATCH])))
