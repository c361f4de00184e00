"""Writing what can be found. Callers index inside the transaction that changes the thing."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from django.db import connection, transaction

from pult.kernel.search.models import SearchDocument
from pult.kernel.search.schema import TABLE
from pult.kernel.search.tokens import tokens

_BATCH = 400


class Document(NamedTuple):
    """A thing to be found by its title and text; `root_id` is its client, 0 the agency."""

    kind: str
    object_id: int
    root_id: int
    title: str
    text: str = ""


def index_document(kind: str, object_id: int, root_id: int, title: str, text: str = "") -> None:
    """Make one thing findable, or refresh it; the title need not be repeated in the text."""
    index_documents([Document(kind, object_id, root_id, title, text)])


def index_documents(documents: Iterable[Document]) -> int:
    """Make many things findable, the last of two equal ones winning; gives their number."""
    latest = {(document.kind, document.object_id): document for document in documents}
    rows = [_row(latest[key]) for key in sorted(latest)]
    with transaction.atomic():
        SearchDocument.objects.bulk_create(
            rows,
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=["root_id", "title", "title_tokens", "tokens"],
        )
        if connection.vendor == "sqlite":
            for kind, group in groupby(rows, key=lambda row: row.kind):
                _copy_to_fts(kind, [row.object_id for row in group])
    return len(rows)


def remove_document(kind: str, object_id: int) -> None:
    """Let a thing be found no more; nothing happens when it was not findable."""
    document = SearchDocument.objects.filter(kind=kind, object_id=object_id)
    with transaction.atomic():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                for pk in document.values_list("pk", flat=True):
                    cursor.execute("DELETE FROM search_index WHERE rowid = %s", [pk])
        document.delete()


def _row(document: Document) -> SearchDocument:
    title = tokens(document.title)
    return SearchDocument(
        kind=document.kind,
        object_id=document.object_id,
        root_id=document.root_id,
        title=document.title,
        title_tokens=" ".join(title),
        tokens=" ".join(dict.fromkeys([*title, *tokens(document.text)])),
    )


def _copy_to_fts(kind: str, ids: list[int]) -> None:
    with connection.cursor() as cursor:
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            cursor.execute(
                "INSERT OR REPLACE INTO search_index (rowid, title, body) "
                f"SELECT id, title_tokens, tokens FROM {TABLE} "
                f"WHERE kind = %s AND object_id IN ({', '.join(['%s'] * len(batch))})",
                [kind, *batch],
            )
