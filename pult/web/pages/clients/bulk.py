"""Acts on many clients at once: each is its own transaction, refusals are told by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pult.clients.access import client_for
from pult.clients.actions import assign, pause
from pult.clients.actions.managed import way_to_begin
from pult.clients.queries.held import conducted_by_others
from pult.kernel.errors import BadInput, NotVisible, PultError, Refusal
from pult.kernel.words import id_of
from pult.people.queries import business_day, who_is
from pult.web.fields import day_or_none
from pult.web.pages.client.words import PAUSE_REASONS

if TYPE_CHECKING:
    from pult.people.models import User

MOST = 500


@dataclass(frozen=True)
class Outcome:
    """What was done, in words, a line for each client that refused, and what is done elsewhere."""

    words: str
    refused: tuple[str, ...]
    elsewhere: Refusal | None = None


Act = Callable[["User", QueryDict], Outcome]


def assign_all(user: "User", asked: QueryDict) -> Outcome:
    """Put the chosen manager in charge of every chosen client nobody conducts; the others change
    hands by a handover, that begins with the choice made here."""
    manager = next((m for m in who_is("am") if str(m.pk) == asked.get("manager")), None)
    if manager is None:
        raise BadInput(_("Choose a manager"), field="manager")
    why, chosen = asked.get("over_limit", ""), _chosen(asked)
    conducted = conducted_by_others(chosen, besides=manager.pk)
    there = {client for clients in conducted.values() for client in clients}
    done, refused = _each(
        user,
        [pk for pk in chosen if pk not in there],
        lambda pk: assign(by=user, client_id=pk, user=manager, role="am", over_limit=why),
    )
    words = ngettext(
        "%(count)s client is now with %(name)s", "%(count)s clients are now with %(name)s", done
    )
    outcome = Outcome(words % {"count": done, "name": manager} if done else "", refused)
    return replace(outcome, elsewhere=_handed_over(conducted, manager)) if conducted else outcome


def _handed_over(conducted: Mapping[tuple[int, str], Sequence[int]], manager: "User") -> Refusal:
    count = sum(map(len, conducted.values()))
    words = ngettext(
        "%(count)s client has a manager: it goes to %(name)s by a handover",
        "%(count)s clients have managers: they go to %(name)s by a handover",
        count,
    )
    return Refusal(
        words % {"count": count, "name": manager},
        clause="2.1",
        cure=_("Begin the handover: it is told item by item and signed by both"),
        ways=[
            way_to_begin(
                giver,
                manager.pk,
                clients,
                ngettext(
                    "Begin the handover: %(count)s client of %(name)s",
                    "Begin the handover: %(count)s clients of %(name)s",
                    len(clients),
                )
                % {"count": len(clients), "name": name},
            )
            for (giver, name), clients in conducted.items()
        ],
    )


def pause_all(user: "User", asked: QueryDict) -> Outcome:
    """Pause every chosen client from a day on, for one reason."""
    reason = asked.get("reason", "")
    if reason not in PAUSE_REASONS:
        raise BadInput(_("Say why"), field="reason")
    first = day_or_none(asked, "first_day") or business_day()
    last = day_or_none(asked, "last_day")
    done, refused = _each(
        user,
        _chosen(asked),
        lambda pk: pause(by=user, client_id=pk, first_day=first, last_day=last, reason_code=reason),
    )
    words = ngettext("%(count)s client is paused", "%(count)s clients are paused", done)
    return Outcome(words % {"count": done} if done else "", refused)


def _chosen(asked: QueryDict) -> list[int]:
    """The ticked clients, each once; BadInput for none."""
    ids = map(id_of, dict.fromkeys(asked.getlist("ids")))
    chosen = [pk for pk in ids if pk is not None][:MOST]
    if not chosen:
        raise BadInput(_("Choose at least one client"), field="ids")
    return chosen


def _each(
    user: "User", chosen: Sequence[int], act: Callable[[int], object]
) -> tuple[int, tuple[str, ...]]:
    """Act on each chosen client; how many were done, and why the others were not."""
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
