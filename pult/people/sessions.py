"""Who is signed in: sessions in the database, as Django keeps them, and the person of one."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection

from pult.kernel import clock
from pult.kernel.ready import ready
from pult.people.models import User
from pult.people.queries import business_day

FRESH = """
    SELECT session_data FROM django_session
    WHERE session_key = %s AND expire_date > %s
"""
SIGNED_IN = """
    SELECT person.*, granted.role AS held, granted.acts_for_id AS held_for
    FROM people_user AS person LEFT JOIN people_rolegrant AS granted ON granted.user_id = person.id
        AND granted.since <= %s AND (granted.until IS NULL OR granted.until >= %s)
    WHERE person.id = %s
"""


class SessionStore(db.SessionStore):
    """Django's own by our clock, and read by ready SQL, for every page reads one."""

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        return super().get_expiry_date(**{"modification": clock.now(), **kwargs})

    def load(self) -> dict[str, Any]:
        now = connection.ops.adapt_datetimefield_value(clock.now())
        with connection.cursor() as cursor:
            cursor.execute(FRESH, [self.session_key, now])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found[0])


def signed_in(user_id: int) -> User | None:
    """The person and their roles of today; None for nobody. One query, asked on every page: plain
    SQL, for building it would take longer than answering it."""
    today = business_day()
    rows = ready(User, SIGNED_IN, [today, today, user_id])
    if not rows:
        return None
    rows[0].hold([(row.held, row.held_for) for row in rows if row.held])
    return rows[0]
