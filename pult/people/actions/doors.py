"""Every way in is shut at once and stays shut until somebody opens it again by an invitation."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from pult.kernel import clock
from pult.kernel.access import refuse_unless
from pult.kernel.errors import Refusal
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.people.actions.authority import require_keeper_besides, require_over
from pult.people.actions.deputies import end_standing
from pult.people.models import User
from pult.people.queries import acting_role, business_day

CLOSERS = (Role.HEAD, Role.DIRECTOR, Role.IT)


def close_doors(*, user: User, by: User | None, why: str = "") -> int:
    """Shut the person out: sessions, password, passkeys and codes of the second step end, letters
    and links bring nobody in, and what they held for colleagues ends. Returns the sessions ended.

    Being shut out is a state of the person (`User.comes_in`) that `open_doors` ends. `why` is the
    code of a reason, never its particulars. Refused for oneself, for a role that `by` could not
    give and for the last director or IT.
    """
    refuse_unless(by, *CLOSERS)
    require_over(by, user, own=_("Nobody closes their own account"))
    with acting(0):
        require_keeper_besides(business_day(), user=user)
        keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        UserSession.objects.filter(user=user).delete()
        Authenticator.objects.filter(user=user).delete()
        user.set_unusable_password()  # sessions nobody listed and links sent before die with it
        user.doors_shut_at, user.doors_shut_by, user.doors_shut_why = clock.now(), by, why
        user.save(
            update_fields=["password", "doors_shut_at", "doors_shut_by", "doors_shut_why"],
        )
        end_standing(user, business_day() - timedelta(days=1))
        _note("doors_closed", user, by, sessions=len(keys))
    return len(keys)


def open_doors(*, user: User, by: User | None) -> User:
    """Let the person in again: by a new invitation, for the old password and passkeys are gone.

    Refusal when nothing is shut, for somebody who left, for oneself and for a role that `by`
    could not give.
    """
    refuse_unless(by, *CLOSERS)
    require_over(by, user, own=_("Nobody opens the doors to themself"))
    with acting(0):
        user = User.objects.select_for_update().get(pk=user.pk)
        if user.doors_shut_at is None:
            raise Refusal(_("This person's doors are open already"), subject=user)
        if not user.is_active:
            raise Refusal(_("This person does not work here any more"), subject=user)
        user.doors_shut_at, user.doors_shut_by, user.doors_shut_why = None, None, ""
        user.save(update_fields=["doors_shut_at", "doors_shut_by", "doors_shut_why"])
        _note("doors_opened", user, by)
    return user


def send_invitation(*, user: User, origin: str, by: User | None) -> None:
    """Invite somebody whose doors were shut and opened again: by a letter to their own address, so
    that whoever opened the doors never holds the link. `origin` is where Pult is, for the link.

    Refusal for somebody who comes in already or cannot, for oneself and for a role that `by` could
    not give.
    """
    refuse_unless(by, *CLOSERS)
    require_over(by, user, own=_("Nobody opens the doors to themself"))
    with acting(0):
        user = User.objects.select_for_update().get(pk=user.pk)
        if not user.comes_in:
            raise Refusal(_("Every way in is shut"), subject=user)
        if user.has_usable_password():
            raise Refusal(_("This person signs in already"), subject=user)
        _note("invitation_sent", user, by, origin=origin)


def _note(kind: str, user: User, by: User | None, **payload: Any) -> None:
    record(
        kind,
        root_id=0,
        refs={"person": user.pk},
        by=by,
        role=acting_role(by, *CLOSERS),
        payload=payload,
    )
