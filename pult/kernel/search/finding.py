"""Finding: a query in the words of each database, titles first, then the newest."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from pult.kernel.search.models import SearchDocument
from pult.kernel.search.schema import TABLE
from pult.kernel.search.tokens import Term, Word, query_tokens


@dataclass(frozen=True)
class Hit:
    """One thing found: enough to name it and to link to it."""

    kind: str
    object_id: int
    root_id: int
    title: str


def search(
    text: str,
    kinds: Collection[str] | None = None,
    limit: int = 20,
    allowed_roots: Iterable[int] | QuerySet | None = None,
) -> list[Hit]:
    """What holds every word of `text`: those with all of them in the title first, then the newest.

    kinds, allowed_roots: only these kinds and clients (ids, or a queryset of them); None is no
    limit, so pages always pass what their reader may see. When nothing is found the words are also
    read as typed on the other keyboard layout. Nothing to ask for, nothing found.
    """
    documents = SearchDocument.objects.all()
    if kinds is not None:
        documents = documents.filter(kind__in=kinds)
    if allowed_roots is not None:
        roots = allowed_roots if isinstance(allowed_roots, QuerySet) else list(allowed_roots)
        documents = documents.filter(root_id__in=roots)
    found = _find(documents, query_tokens(text), limit)
    return found or _find(documents, query_tokens(text, forgiving=True), limit)


def _find(documents: QuerySet[SearchDocument], query: list[Word], limit: int) -> list[Hit]:
    if not query:
        return []
    in_title = _rows(documents.filter(_matches(query, title_only=True)), limit)
    if len(in_title) >= limit:
        return in_title
    # At most len(in_title) of the next rows are already there.
    everywhere = _rows(documents.filter(_matches(query, title_only=False)), limit)
    return list(dict.fromkeys([*in_title, *everywhere]))[:limit]


def _rows(documents: QuerySet[SearchDocument], limit: int) -> list[Hit]:
    rows = documents.order_by("-pk").values_list("kind", "object_id", "root_id", "title")
    return [Hit(*row) for row in rows[:limit]]


def _matches(query: list[Word], *, title_only: bool) -> Q | RawSQL:
    if connection.vendor == "sqlite":
        match = to_fts5(query)
        asked = f"title : ({match})" if title_only else f"body : ({match})"
        ids = RawSQL("SELECT rowid FROM search_index WHERE search_index MATCH %s", [asked])
        return Q(pk__in=ids)
    column = "title_vector" if title_only else "vector"
    condition = f"{TABLE}.{column} @@ %s::tsquery"
    return RawSQL(condition, [to_tsquery(query)], output_field=BooleanField())


def to_fts5(query: list[Word]) -> str:
    """The query for SQLite's MATCH, without a column filter; the query must not be empty."""
    return _compose(query, " AND ", " OR ", lambda term: f'"{term.token}"' + "*" * term.prefix)


def to_tsquery(query: list[Word]) -> str:
    """The query for a PostgreSQL tsquery literal; the query must not be empty."""
    return _compose(query, " & ", " | ", lambda term: f"'{term.token}'" + ":*" * term.prefix)


def _compose(query: list[Word], both: str, either: str, show: Callable[[Term], str]) -> str:
    def join(parts: Iterable[str], word: str) -> str:
        listed = list(parts)
        return listed[0] if len(listed) == 1 else f"({word.join(listed)})"

    return join(
        (
            join(
                (
                    join((join(map(show, group), either) for group in reading), both)
                    for reading in word
                ),
                either,
            )
            for word in query
        ),
        both,
    )
