import pytest
from django.db import connection

from pult.console import migrating
from pult.kernel.errors import PultError

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
    assert ("kernel", "0001_squashed_0003") in migrating.missing_migrations()


def forget(*names):
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("DELETE FROM django_migrations WHERE name LIKE %s", [name])


def test_a_database_made_before_migrations_were_folded_has_nothing_to_do():
    forget("0001_squashed_%")
    assert ("clients", "0001_squashed_0012") in migrating.missing_migrations()
    migrating.migrate()
    assert migrating.missing_migrations() == set()


def test_a_database_with_a_part_of_what_was_folded_is_sent_through_the_pult_before(applied):
    forget("0001_squashed_%", "0012_demands_and_replacements")
    with pytest.raises(PultError, match=r"earlier Pult.*docs/adr/0031"):
        migrating.migrate()
    assert applied == []


def test_what_each_folded_migration_replaces_is_whole():
    for (app, name), replaced in migrating.folded().items():
        assert {owner for owner, _name in replaced} == {app}
        numbers = sorted(int(old[:4]) for _owner, old in replaced)
        assert numbers == list(range(1, int(name[-4:]) + 1)), app
