"""The limit of clients: checked where a client is given, passed only by a signed reason."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from pult.clients.access import client_for, require, roles_of
from pult.clients.models import ClientWeight, OverLimit
from pult.clients.queries.load import held_already, load_of, weights_of
from pult.kernel import clock
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.kernel.texts import fitting
from pult.kernel.words import text_of
from pult.people.models import User as Person
from pult.people.queries import client_limits

if TYPE_CHECKING:
    from pult.people.models import User

SIGNERS = (Role.HEAD, Role.DIRECTOR)
WEIGHERS = (Role.HEAD, Role.DIRECTOR)
MOST = 1000


def check_room(
    user: "User", *, client_ids: Collection[int], by: "User | None", reason: str = ""
) -> None:
    """Refuse to give these clients to an account manager beyond the limit of clients.

    Call inside the action (`acting`), before the assignments are written; clients the person
    holds already and ended ones weigh nothing, and without a limit everything fits. Whoever heads
    the department may sign a `reason`: it is kept, and each client's history tells of it.
    Raises Refusal with the load and the limit in whole clients.
    """
    found = _beyond(user, client_ids)
    if found is None:
        return
    reason = text_of(fitting(reason, "over_limit")).strip()
    if not reason or (by is not None and roles_of(by).isdisjoint(SIGNERS)):
        raise _no_room(user, found, by)
    _sign(user, sorted(found.weights), found.after, found.limit, by, reason)


def lack_of_room(
    user: "User", *, client_ids: Collection[int], by: "User | None", reason: str = ""
) -> Refusal | None:
    """What `check_room` would raise, for an act that tells of everything it lacks at once."""
    signs = by is not None and not roles_of(by).isdisjoint(SIGNERS)
    found = None if signs and text_of(reason).strip() else _beyond(user, client_ids)
    return _no_room(user, found, by) if found else None


@dataclass(frozen=True)
class _Beyond:
    """Weights of clients that are new to a manager, what they would make and the limit."""

    weights: dict[int, int]
    after: int
    limit: int


def _beyond(user: "User", client_ids: Collection[int]) -> _Beyond | None:
    if client_limits([user.pk]).of(user.pk) is None:
        return None
    _hold(user)
    load = load_of(user)
    weights = weights_of(set(client_ids) - held_already(user, client_ids))
    after = load.held + sum(weights.values())
    if load.limit is None or after <= load.limit or not any(weights.values()):
        return None
    return _Beyond(weights, after, load.limit)


def _no_room(user: "User", found: _Beyond, by: "User | None") -> Refusal:
    signs = by is not None and not roles_of(by).isdisjoint(SIGNERS)
    return Refusal(
        _("%(name)s would have %(load)s clients by weight, and the limit is %(limit)s")
        % {"name": user, "load": whole(found.after), "limit": whole(found.limit)},
        cure=_("Choose somebody with room, or say here why it is beyond the limit")
        if signs
        else _("Choose somebody with room, or let the head sign why beyond the limit"),
        who="" if signs else str(Role.HEAD.label),
        subject=user,
    )


def set_weight(*, by: "User", client_id: int, hundredths: int) -> None:
    """Say how much of a manager's limit a client takes: 100 is an ordinary client, 50 half one."""
    role = require(by, *WEIGHERS, act=_("weigh clients"))
    client = client_for(by, client_id)
    if not 0 <= hundredths <= MOST:
        raise BadInput(_("A weight is from 0 to 10"), field="weight")
    with acting(client.pk):
        found = ClientWeight.objects.filter(client=client).first()
        if (found.hundredths if found else 100) == hundredths:
            return
        ClientWeight.objects.update_or_create(
            client=client, defaults={"hundredths": hundredths, "set_by": by}
        )
        record(
            "client.weighed",
            root_id=client.pk,
            refs={"client": client.pk},
            by=by,
            role=role,
            state="set",
            payload={"hundredths": hundredths},
        )


def whole(hundredths: int) -> str:
    """Hundredths as people read them: 7, 7,5."""
    units, rest = divmod(hundredths, 100)
    return f"{units},{rest:02}".rstrip("0") if rest else str(units)


def _hold(user: "User") -> None:
    """Let nobody else give the same person clients meanwhile; SQLite has one writer anyway."""
    if connection.features.has_select_for_update:
        Person.objects.select_for_update().filter(pk=user.pk).values_list("pk").first()


def _sign(
    user: "User", client_ids: list[int], load: int, limit: int, by: "User | None", reason: str
) -> None:
    now = clock.now()
    for pk in client_ids:
        OverLimit.objects.create(
            client_id=pk, user=user, load=load, limit=limit, reason=reason, signed_by=by, at=now
        )
        record(
            "client.over_limit",
            root_id=pk,
            refs={"client": pk},
            by=by,
            role=next((role for role in SIGNERS if by and role in roles_of(by)), ""),
            payload={"user": user.pk, "load": load, "limit": limit},
        )
