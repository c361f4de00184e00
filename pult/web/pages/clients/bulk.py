"""Acts on many clients at once: each is its own transaction, refusals are told by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pult.clients.access import client_for
from pult.clients.actions import assign, pause
from pult.kernel.errors import BadInput, NotVisible, PultError
from pult.kernel.words import id_of
from pult.people.queries import business_day, who_is
from pult.web.fields import day_or_none
from pult.web.pages.client.words import PAUSE_REASONS

if TYPE_CHECKING:
    from pult.people.models import User

MOST = 500


@dataclass(frozen=True)
class Outcome:
    """What was done, in words, and a line for each client that refused."""

    words: str
    refused: tuple[str, ...]


Act = Callable[["User", QueryDict], Outcome]


def assign_all(user: "User", asked: QueryDict) -> Outcome:
    """Put the chosen manager in charge of every chosen client."""
    manager = next((m for m in who_is("am") if str(m.pk) == asked.get("manager")), None)
    if manager is None:
        raise BadInput(_("Choose a manager"), field="manager")
    why = asked.get("over_limit", "")
    done, refused = _each(
        user,
        asked,
        lambda pk: assign(by=user, client_id=pk, user=manager, role="am", over_limit=why),
    )
    words = ngettext(
        "%(count)s client is now with %(name)s", "%(count)s clients are now with %(name)s", done
    )
    return Outcome(words % {"count": done, "name": manager} if done else "", refused)


def pause_all(user: "User", asked: QueryDict) -> Outcome:
    """Pause every chosen client from a day on, for one reason."""
    reason = asked.get("reason", "")
    if reason not in PAUSE_REASONS:
        raise BadInput(_("Say why"), field="reason")
    first = day_or_none(asked, "first_day") or business_day()
    last = day_or_none(asked, "last_day")
    done, refused = _each(
        user,
        asked,
        lambda pk: pause(by=user, client_id=pk, first_day=first, last_day=last, reason_code=reason),
    )
    words = ngettext("%(count)s client is paused", "%(count)s clients are paused", done)
    return Outcome(words % {"count": done} if done else "", refused)


def _each(
    user: "User", asked: QueryDict, act: Callable[[int], object]
) -> tuple[int, tuple[str, ...]]:
    """Act on each chosen client; how many were done, and why the others were not."""
    ids = map(id_of, dict.fromkeys(asked.getlist("ids")))
    chosen = [pk for pk in ids if pk is not None][:MOST]
    if not chosen:
        raise BadInput(_("Choose at least one client"), field="ids")
    done, refused = 0, []
    for pk in chosen:
        try:
            act(pk)
        except NotVisible:
            continue
        except PultError as problem:
            refused.append(f"{client_for(user, pk).name}: {problem}")
        else:
            done += 1
    return done, tuple(refused)
