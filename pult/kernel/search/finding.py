"""Finding: a query in the words of each database, titles first, then the newest."""

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, QuerySet
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
    *,
    at_once: bool = False,
) -> list[Hit]:
    """What holds every word of `text`: those with all of them in the title first, then the newest.

    kinds, allowed_roots: only these kinds and clients (ids, or a queryset of them); None is no
    limit, so pages always pass what their reader may see. When nothing is found the words are also
    read as typed on the other keyboard layout; `at_once` they are from the beginning. Nothing to
    ask for, nothing found. One or two queries, one at once.
    """
    documents = SearchDocument.objects.all()
    if kinds is not None:
        documents = documents.filter(kind__in=kinds)
    if isinstance(allowed_roots, QuerySet):
        documents = documents.filter(root_id__in=allowed_roots)
    elif allowed_roots is not None:
        documents = documents.filter(_is_among(allowed_roots))
    if at_once:
        return _find(documents, query_tokens(text, forgiving=True), limit)
    found = _find(documents, query_tokens(text), limit)
    return found or _find(documents, query_tokens(text, forgiving=True), limit)


def _find(documents: QuerySet[SearchDocument], query: list[Word], limit: int) -> list[Hit]:
    if not query:
        return []
    rows = documents.filter(_matches(query, "body")).order_by(
        _matches(query, "title").desc(), "-pk"
    )
    columns = rows.values_list("kind", "object_id", "root_id", "title")
    return [Hit(*row) for row in columns[:limit]]


def _matches(query: list[Word], part: str) -> RawSQL:
    if connection.vendor == "sqlite":
        found = "SELECT rowid FROM search_index WHERE search_index MATCH %s"
        return _condition(f"{TABLE}.id IN ({found})", f"{part} : ({to_fts5(query)})")
    column = {"title": "title_vector", "body": "vector"}[part]
    return _condition(f"{TABLE}.{column} @@ %s::tsquery", to_tsquery(query))


def _is_among(roots: Iterable[int]) -> RawSQL:
    """One parameter for thousands of clients; a list of as many is slow to prepare."""
    if connection.vendor == "sqlite":
        listed = json.dumps([int(root) for root in roots])
        return _condition(f"{TABLE}.root_id IN (SELECT value FROM json_each(%s))", listed)
    # Sent as small integers the list would be walked for every row; of bigint it is hashed.
    return _condition(f"{TABLE}.root_id = ANY(%s::bigint[])", [int(root) for root in roots])


def _condition(sql: str, parameter: object) -> RawSQL:
    return RawSQL(sql, [parameter], output_field=BooleanField())


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
