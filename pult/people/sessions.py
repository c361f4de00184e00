"""Who is signed in: sessions in the database, as Django keeps them, and the person of one."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from pult.people.models import User
from pult.people.queries import business_day

FRESH = "SELECT * FROM django_session WHERE session_key = %s AND expire_date > CURRENT_TIMESTAMP"
SIGNED_IN = """
    SELECT person.*, granted.role AS held, granted.acts_for_id AS held_for
    FROM people_user AS person LEFT JOIN people_rolegrant AS granted ON granted.user_id = person.id
        AND granted.since <= %s AND (granted.until IS NULL OR granted.until >= %s)
    WHERE person.id = %s
"""


class SessionStore(db.SessionStore):
    """Django's own, read on every page, hence by ready SQL."""

    def _get_session_from_db(self) -> Session | None:
        found = next(iter(self.model.objects.raw(FRESH, [self.session_key])), None)
        if found is None:
            self._session_key = None
        return found


def signed_in(user_id: int) -> User | None:
    """The person and their roles of today; None for nobody. One query, asked on every page: plain
    SQL, for building it would take longer than answering it."""
    today = business_day()
    rows = list(User.objects.raw(SIGNED_IN, [today, today, user_id]))
    if not rows:
        return None
    rows[0].hold([(row.held, row.held_for) for row in rows if row.held])
    return rows[0]
