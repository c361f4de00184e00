"""Sessions are read by a query of our own; what Django promises of them still holds."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pult.people.sessions import SessionStore

pytestmark = pytest.mark.django_db


def stored(**content: object) -> str:
    session = SessionStore()
    session.update(content)
    session.create()
    session.save()
    return session.session_key


def test_a_session_is_read_back_by_one_query():
    key = stored(theme="dark")
    with CaptureQueriesContext(connection) as asked:
        assert SessionStore(key)["theme"] == "dark"
    assert len(asked) == 1


def test_a_session_that_ran_out_is_nobodys():
    key = stored(theme="dark")
    row = Session.objects.get(pk=key)
    Session.objects.update(expire_date=row.expire_date - timedelta(days=15))
    session = SessionStore(key)
    assert session.get("theme") is None
    assert session.session_key is None


def test_a_session_lives_by_the_clock_of_the_house(freeze):
    now = freeze("2026-03-10 12:00")
    key = stored(theme="dark")
    freeze(now + timedelta(days=14, minutes=-1))
    assert SessionStore(key).get("theme") == "dark"
    freeze(now + timedelta(days=14, minutes=1))
    assert SessionStore(key).get("theme") is None


def test_an_unknown_key_opens_nothing():
    stored(theme="dark")
    session = SessionStore("x" * 32)
    assert session.get("theme") is None
    assert session.session_key is None
