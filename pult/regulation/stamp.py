"""The stamp of what is signed: whoever changes it makes every process read the pack afresh."""

import secrets

from pult.kernel.statements import answer
from pult.regulation.models import Stamp


def changed() -> None:
    """Note that editions, parameters, modes, go-live dates or the calendar changed."""
    Stamp.objects.update_or_create(pk=1, defaults={"number": secrets.randbits(62)})


def current() -> int:
    """The stamp now; 0 before anything was signed."""
    rows = answer("SELECT number FROM regulation_stamp WHERE id = 1", ())
    return rows[0][0] if rows else 0
