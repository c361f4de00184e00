"""The full-text index beside `SearchDocument`, for a migration to create and drop.

SQLite has the FTS5 table `search_index`, whose rowid is the document's id and which
`pult.kernel.search.indexing` fills; PostgreSQL has two generated tsvector columns with GIN indexes
and fills them itself. Both take our tokens as they are: no dictionary of their own, so no
differences. The migration:

    migrations.RunPython(create_index, drop_index)
"""

from typing import Any

TABLE = "kernel_searchdocument"

# Tokens are letters and digits in lower case: unicode61 only parts them at spaces.
CREATE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_index USING fts5(title, body, "
        "tokenize = 'unicode61 remove_diacritics 0', detail = column, prefix = '3')",
    ),
    "postgresql": (
        f"ALTER TABLE {TABLE} "
        "ADD COLUMN title_vector tsvector GENERATED ALWAYS AS "
        "(array_to_tsvector(string_to_array(title_tokens, ' '))) STORED, "
        "ADD COLUMN vector tsvector GENERATED ALWAYS AS "
        "(array_to_tsvector(string_to_array(tokens, ' '))) STORED",
        f"CREATE INDEX search_document_title ON {TABLE} USING gin (title_vector)",
        f"CREATE INDEX search_document_vector ON {TABLE} USING gin (vector)",
    ),
}
FILL = {
    "sqlite": (
        "INSERT INTO search_index (rowid, title, body) "
        f"SELECT id, title_tokens, tokens FROM {TABLE}",
    ),
    "postgresql": (),
}
DROP = {
    "sqlite": ("DROP TABLE search_index",),
    "postgresql": (f"ALTER TABLE {TABLE} DROP COLUMN vector, DROP COLUMN title_vector",),
}


def create_index(apps: Any, schema_editor: Any) -> None:
    """Make the index and fill it from the documents there are; a RunPython function."""
    _run(schema_editor.connection, CREATE, FILL)


def drop_index(apps: Any, schema_editor: Any) -> None:
    """Drop the index and keep the documents; the reverse RunPython function."""
    _run(schema_editor.connection, DROP)


def _run(connection: Any, *steps: dict[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for step in steps:
            for statement in step[connection.vendor]:
                cursor.execute(statement)
