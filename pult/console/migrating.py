"""Bringing the database up to date at a start, quickly when there is nothing to do."""

from pathlib import Path
from pkgutil import iter_modules


def migrate() -> None:
    """Apply what is missing. Django would draw up every model's history first to find that
    nothing is, which takes longer than all else before the first page."""
    if missing_migrations():
        from django.core.management import call_command

        call_command("migrate", verbosity=0)


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
