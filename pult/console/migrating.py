"""Bringing the database up to date at a start, quickly when there is nothing to do."""

from pathlib import Path
from pkgutil import iter_modules

from pult.kernel.errors import PultError


def migrate() -> None:
    """Apply what is missing. Django would draw up every model's history first to find that
    nothing is, which takes longer than all else before the first page."""
    if missing_migrations():
        from django.core.management import call_command

        refuse_parts_of_what_was_folded()
        call_command("migrate", verbosity=0)


def refuse_parts_of_what_was_folded() -> None:
    """A folded migration stands for all it replaces or for none: Django would stop at a part of
    them with a word on its graph."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    applied = set(MigrationRecorder(connection).applied_migrations())
    if any(applied & replaced and replaced - applied for replaced in folded().values()):
        raise PultError(
            "This database is of an earlier Pult, from before its migrations were folded.",
            cure="Run `pult migrate` of the last Pult before that first: docs/adr/0031 says which.",
        )


def folded() -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Which migrations of Pult each folded one replaces."""
    from django.db.migrations.loader import MigrationLoader

    disk = MigrationLoader(None).disk_migrations
    return {
        key: set(migration.replaces)
        for key, migration in disk.items()
        if migration.replaces and type(migration).__module__.startswith("pult.")
    }


def missing_migrations() -> set[tuple[str, str]]:
    """(application, migration) of what the installed code has and this database has not."""
    from django.apps import apps
    from django.db import connection
    from django.db.utils import DatabaseError

    known = {
        (app.label, module.name)
        for app in apps.get_app_configs()
        for module in iter_modules([str(Path(app.path) / "migrations")])
        if module.name[0] not in "_~"
    }
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            return known - set(cursor.fetchall())
    except DatabaseError:  # an empty one
        return known
