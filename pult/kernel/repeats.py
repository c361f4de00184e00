"""The same form sent twice in a moment: only the first is carried out.

One row a person holds the digest of what they sent last. Claiming it is one statement that the
database makes atomic, whichever process asks.
"""

from datetime import timedelta

from django.db import connection

from pult.kernel import clock
from pult.kernel.models import SentForm

WINDOW = timedelta(seconds=10)

_CLAIM = """
    INSERT INTO kernel_sentform (user_id, digest, at) VALUES (%s, %s, %s)
    ON CONFLICT (user_id) DO UPDATE SET digest = excluded.digest, at = excluded.at
    WHERE kernel_sentform.digest <> excluded.digest OR kernel_sentform.at < %s
"""


def claim(user_id: int, digest: str) -> bool:
    """Whether this is to be carried out: False when it is the person's latest, sent just now."""
    now = clock.now()
    stored = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [user_id, digest, stored(now), stored(now - WINDOW)])
        return cursor.rowcount == 1


def release(user_id: int, digest: str) -> None:
    """Nothing was done: the same may be sent again at once."""
    SentForm.objects.filter(user_id=user_id, digest=digest).update(digest="")
