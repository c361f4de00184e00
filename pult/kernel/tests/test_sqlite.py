"""Waiting for SQLite's writer: in even steps, as long as the settings say, and no longer."""

import sqlite3
from itertools import count

import pytest
from django.db import OperationalError, connection, transaction

from pult.kernel.sqlite import base

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks rows, not all"),
]


@pytest.fixture
def writer():
    """Another process that is writing."""
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


@pytest.fixture
def looks(monkeypatch):
    """The pauses that were taken, in seconds, and what happens at each."""
    taken = []
    monkeypatch.setattr(base, "sleep", taken.append)
    return taken


def waited():
    return connection.cursor().execute("PRAGMA busy_timeout").fetchone()[0]


def test_whoever_waited_long_looks_as_often_as_whoever_just_came(writer, looks, monkeypatch):
    def sleep(seconds):
        looks.append(seconds)
        if len(looks) == 50:
            writer.execute("COMMIT")

    monkeypatch.setattr(base, "sleep", sleep)
    with transaction.atomic():
        assert connection.in_atomic_block
    assert looks == [base.LOOK_EVERY] * 50


def test_nobody_waits_where_nobody_writes(looks):
    with transaction.atomic():
        pass
    assert looks == []


def test_patience_ends_as_the_settings_say_and_the_connection_stays_usable(
    writer, looks, monkeypatch
):
    usual, seconds = waited(), count(0, 7)
    assert usual == 20_000
    monkeypatch.setattr(base, "monotonic", lambda: next(seconds))
    with pytest.raises(OperationalError, match="locked"), transaction.atomic():
        raise AssertionError("somebody else writes")
    assert len(looks) == 2
    assert waited() == usual
    writer.execute("ROLLBACK")
    with transaction.atomic():
        assert waited() == usual


def test_what_is_no_waiting_is_raised_at_once(looks):
    twice = pytest.raises(OperationalError, match="within a transaction")
    with transaction.atomic(), twice:  # SQLite begins one, and no second one inside it
        connection._start_transaction_under_autocommit()
    assert looks == []
