"""The same form sent twice in a moment: only the first is carried out.

One row a person holds the digest of what they sent last. The first action of a request claims it
at the start of its own transaction: the writer is taken once, whoever sends the same meanwhile
waits for the outcome, and what is refused or fails takes its claim back with all it wrote. The
moment counts from the end of the first to the arrival of the second, however long either waited.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from pult.kernel import clock
from pult.kernel.models import SentForm

WINDOW = timedelta(seconds=10)
SHORT = timedelta(seconds=1)  # acts shorter than this end when they begin

_CLAIM = """
    INSERT INTO kernel_sentform (user_id, digest, at) VALUES (%s, %s, %s)
    ON CONFLICT (user_id) DO UPDATE SET digest = excluded.digest, at = excluded.at
    WHERE kernel_sentform.digest <> excluded.digest OR kernel_sentform.at < %s
"""
_KEEP = "UPDATE kernel_sentform SET at = %s WHERE user_id = %s AND digest = %s"
_KNOWN = "SELECT 1 FROM kernel_sentform WHERE user_id = %s AND digest = %s AND at >= %s"


class SentTwice(Exception):
    """The same was carried out a moment ago; no error of the person's, so no `PultError`."""


@dataclass
class Sending:
    """A form somebody sent, when it came and when it was last at work; `is_claimed` once an action
    of it is committed."""

    user_id: int
    digest: str
    came: datetime
    at_work: datetime
    is_claimed: bool = False


_sending: ContextVar[Sending | None] = ContextVar("sending", default=None)


def begin(user_id: int, digest: str) -> Sending:
    """What is done from here on is done for this form, up to `end`."""
    now = clock.now()
    sending = Sending(user_id, digest, came=now, at_work=now)
    _sending.set(sending)
    return sending


def end() -> None:
    """The form is answered."""
    _sending.set(None)


def current() -> Sending | None:
    """The form being answered, if it is watched."""
    return _sending.get()


@dataclass(frozen=True)
class Claim:
    """What a transaction says of the form being answered, if any: it begins, it is about to end."""

    sending: Sending | None

    def begin(self) -> None:
        """Raises SentTwice when the same was carried out meanwhile."""
        sending = self.sending
        if sending is None or sending.is_claimed:
            return
        if not claim(sending.user_id, sending.digest, sending.came):
            raise SentTwice

    def end(self) -> None:
        """After a long act the ten seconds begin anew."""
        sending, now = self.sending, clock.now()
        if sending is None or now - sending.at_work < SHORT:
            return
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, [_bound(now), sending.user_id, sending.digest])
        sending.at_work = now


@contextmanager
def once() -> Iterator[Claim]:
    """Around a transaction, which calls what this yields when it begins and before it ends."""
    sending = current()
    yield Claim(sending)
    if sending is not None:
        sending.is_claimed = True


def claim_now() -> None:
    """Claim the form being answered before work of more than one transaction. Raises SentTwice."""
    with once() as form:
        form.begin()


def claim(user_id: int, digest: str, came: datetime | None = None) -> bool:
    """Whether this is to be carried out: False when it is the person's latest, sent just before it
    came (by default now)."""
    came = came or clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [user_id, digest, _bound(came), _bound(came - WINDOW)])
        return cursor.rowcount == 1


def is_known(user_id: int, digest: str, came: datetime | None = None) -> bool:
    """Whether this is the latest the person sent, carried out just before it came (by default
    now)."""
    came = came or clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [user_id, digest, _bound(came - WINDOW)])
        return cursor.fetchone() is not None


def _bound(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def release(user_id: int, digest: str) -> None:
    """It did not come to its end: the same may be sent again at once."""
    SentForm.objects.filter(user_id=user_id, digest=digest).update(digest="")
