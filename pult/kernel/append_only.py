"""Triggers that refuse to change or remove rows, for tables whose history must stand."""

from django.db.migrations import RunPython

PROTECT = {
    "sqlite": (
        "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
        "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
        "CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    ),
}
RELEASE = {
    "sqlite": ("DROP TRIGGER {table}_no_update", "DROP TRIGGER {table}_no_delete"),
    "postgresql": ("DROP TRIGGER {table}_no_change ON {table}",),
}


def append_only(table: str) -> RunPython:
    """A migration operation: from here on rows of `table` are added and read only.

    SQLite rebuilds a table when a later migration alters it and loses its triggers: repeat the
    operation there.
    """
    return RunPython(
        lambda apps, editor: run(PROTECT, table, editor.connection),
        lambda apps, editor: run(RELEASE, table, editor.connection),
    )


def run(statements: dict[str, tuple[str, ...]], table: str, connection: object) -> None:
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        for statement in statements[connection.vendor]:  # type: ignore[attr-defined]
            cursor.execute(statement.format(table=table), None)
