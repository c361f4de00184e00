"""Every way in is closed at once: sessions, the password, links by mail, and what others add."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from pult.kernel.access import refuse_unless
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.people.models import User
from pult.people.queries import acting_role

CLOSERS = (Role.HEAD, Role.DIRECTOR, Role.IT)
_doors: list[Callable[[User], None]] = []


def on_close(close: Callable[[User], None]) -> None:
    """`close(user)` ends what another domain lets a person in by: a token, a link of a bot."""
    if close not in _doors:
        _doors.append(close)


def close_doors(*, user: User, by: User | None) -> int:
    """End the person's sessions, password and links; returns how many sessions there were.

    They come back by a new invitation, if their account goes on.
    """
    refuse_unless(by, *CLOSERS)
    with acting(0):
        keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        UserSession.objects.filter(user=user).delete()
        user.set_unusable_password()  # links by mail and sessions nobody listed die with it
        user.save(update_fields=["password"])
        for close in _doors:
            close(user)
        record(
            "doors_closed",
            root_id=0,
            refs={"person": user.pk},
            by=by,
            role=acting_role(by, *CLOSERS),
            payload={"sessions": len(keys)},
        )
    return len(keys)
