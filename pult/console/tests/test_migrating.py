import pytest
from django.db import connection

from pult.console import migrating

pytestmark = pytest.mark.django_db


@pytest.fixture
def applied(monkeypatch):
    """Whether Django was asked to migrate."""
    calls = []
    monkeypatch.setattr(
        "django.core.management.call_command", lambda *said, **_: calls.append(said)
    )
    return calls


def test_a_database_that_is_up_to_date_is_left_alone(applied):
    assert migrating.missing_migrations() == set()
    migrating.migrate()
    assert applied == []


def test_one_missing_migration_of_any_application_is_applied(applied):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert migrating.missing_migrations() == {("sessions", "0001_initial")}
    migrating.migrate()
    assert applied == [("migrate",)]


def test_an_empty_database_misses_every_migration(applied):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME TO of_another_kind")
    assert ("kernel", "0001_initial") in migrating.missing_migrations()
