"""Who is signed in: sessions in the database, as Django keeps them, and the person of one."""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection

from pult.people.models import User
from pult.people.queries import business_day

FRESH = """
    SELECT session_data FROM django_session
    WHERE session_key = %s AND expire_date > CURRENT_TIMESTAMP
"""
_COLUMNS = [field.column for field in User._meta.concrete_fields]
SIGNED_IN = f"""
    SELECT {", ".join(f"person.{column}" for column in _COLUMNS)}, granted.role
    FROM people_user AS person
    LEFT JOIN people_rolegrant AS granted ON granted.user_id = person.id
        AND granted.since <= %s AND (granted.until IS NULL OR granted.until >= %s)
    WHERE person.id = %s
"""


class SessionStore(db.SessionStore):
    """Django's own, read on every page, hence by ready SQL."""

    def load(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(FRESH, [self.session_key])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found[0])


def signed_in(user_id: int) -> User | None:
    """The person and their roles of today; None for nobody. One query, asked on every page: plain
    SQL and plain rows, for the ORM would take longer over them than the database."""
    today = business_day()
    with connection.cursor() as cursor:
        cursor.execute(SIGNED_IN, [today, today, user_id])
        rows = cursor.fetchall()
    if not rows:
        return None
    user = User.from_db(connection.alias, _COLUMNS, rows[0][:-1])
    user.roles = frozenset(role for *_person, role in rows if role)
    return user
