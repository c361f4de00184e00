"""Switching on gently: how loud a clause is for a team, and since when anything is asked."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput
from pult.kernel.facts import record
from pult.regulation import registry
from pult.regulation.calendars import local_day
from pult.regulation.evaluate.table import Mode
from pult.regulation.models import ClauseMode, GoLive
from pult.regulation.models.ledger import ALL_ROOTS
from pult.regulation.providers import providers
from pult.regulation.signing import (
    SIGNERS,
    everywhere,
    require_future,
    require_reason,
    require_role,
    require_scope,
    signing,
)

if TYPE_CHECKING:
    from pult.people.models import User

SCOPES = ("agency", "team", "client")
SHIPPED_MODE = Mode.SHADOW


def set_mode(
    *, clause: str, mode: Mode, since: date, by: "User", role: str, reason: str, team: int = 0
) -> ClauseMode:
    """From `since` the clause is this loud for the team (0: all without one of their own)."""
    require_role(by, role, SIGNERS)
    reason = require_reason(reason)
    require_future(since, "since")
    if team:
        require_scope(("team", team), SCOPES)
    known = registry.current()
    if clause not in known.clauses:
        raise BadInput(_("No running card has the clause %(clause)s") % {"clause": clause})
    with signing(everywhere(known.dependants([clause])), "mode"):
        row = ClauseMode.objects.create(
            clause=clause,
            team_id=team,
            mode=mode,
            since=since,
            recorded_at=clock.now(),
            by=by,
            reason=reason,
        )
        record(
            "mode.set",
            root_id=0,
            refs={},
            by=by,
            role=role,
            key=clause,
            value=int(mode),
            day=since,
            payload={"team": team},
        )
    return row


def install_modes(mode: Mode, since: date) -> None:
    """Give every running clause a mode at once: the demo agency, which runs with all visible."""
    with signing([(ALL_ROOTS, "")], "mode"):
        ClauseMode.objects.bulk_create(
            ClauseMode(
                clause=clause, mode=mode, since=since, recorded_at=clock.now(), reason="installed"
            )
            for clause in sorted(registry.current().clauses)
        )


def set_go_live(
    *, on: date, by: "User | None", role: str, scope: tuple[str, int] = ("agency", 0)
) -> GoLive:
    """Nothing is asked about triggers before `on` in this scope (agency, team, client)."""
    require_role(by, role, SIGNERS | {"am"} if scope[0] == "client" else SIGNERS)
    require_scope(scope, SCOPES)
    return _go_lives(on, by, role, [scope])[0]


def set_go_live_of_clients(
    *, on: date, by: "User | None", role: str, client_ids: Collection[int]
) -> None:
    """The same for many clients under one signature: an import."""
    require_role(by, role, SIGNERS)
    _go_lives(on, by, role, [("client", pk) for pk in client_ids])


def go_live_of_agency() -> int | None:
    """The minute since which anything is asked at all; None while nobody has said."""
    values = registry.current().values
    said = [v.value for v in values if v.name == "go.live" and v.scope == ("agency", 0)]
    return said[-1] if said else None


def go_live_of_client(client_id: int) -> date | None:
    """The first day of the regulation for a client: its own, else its team's, else the agency's."""
    said = {v.scope: v.value for v in registry.current().values if v.name == "go.live"}
    by_team = any(kind == "team" for kind, _pk in said)
    team = providers().teams([client_id]).get(client_id, 0) if by_team else 0
    for scope in (("client", client_id), ("team", team), ("agency", 0)):
        if scope in said:
            return local_day(said[scope])
    return None


def _go_lives(
    on: date, by: "User | None", role: str, scopes: Sequence[tuple[str, int]]
) -> list[GoLive]:
    check_day(on, "on")
    cells = [(pk if kind == "client" else ALL_ROOTS, "") for kind, pk in scopes]
    with signing(cells, "mode"):
        rows = [
            GoLive(scope_type=kind, scope_id=pk, on=on, recorded_at=clock.now(), by=by)
            for kind, pk in scopes
        ]
        for row in GoLive.objects.bulk_create(rows):
            record(
                "golive.set",
                root_id=0,
                refs={},
                by=by,
                role=role,
                day=on,
                payload={"scope_type": row.scope_type, "scope_id": row.scope_id},
            )
    return rows


def modes_today(team: int = 0) -> dict[str, Mode]:
    """How loud each clause somebody spoke about is today for this team."""
    rows = ClauseMode.objects.filter(
        team_id__in={0, team}, since__lte=clock.today(settings.TIME_ZONE)
    )
    ordered = rows.order_by("team_id", "since", "recorded_at", "id")
    return {clause: Mode(mode) for clause, mode in ordered.values_list("clause", "mode")}
