"""The stamp of what is signed: whoever changes it makes every process read the pack afresh."""

import secrets

from django.db import connection

from pult.regulation.models import Stamp


def changed() -> None:
    """Note that editions, parameters, modes, go-live dates or the calendar changed."""
    Stamp.objects.update_or_create(pk=1, defaults={"number": secrets.randbits(62)})


def current() -> int:
    """The stamp now; 0 before anything was signed."""
    with connection.cursor() as cursor:  # asked in every action: the ORM would cost more than it
        cursor.execute("SELECT number FROM regulation_stamp WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else 0
