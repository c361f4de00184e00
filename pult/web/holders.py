"""Who answers for rows of the ledger, by name."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from pult.clients.queries.handover.blame import held_when_due
from pult.kernel import clock
from pult.kernel.roles import Role
from pult.people.queries import full_names
from pult.regulation.providers import providers
from pult.regulation.queries import LedgerRow


def answered_by(
    rows: Iterable[LedgerRow], known: Mapping[int, str] | None = None
) -> dict[int, str]:
    """Row → the name of whoever answers for it: who holds the client now, and for a deadline an
    account manager missed, who held it then; the role's own name when nobody does.

    `known` are names the caller has at hand.
    """
    rows, known, now = list(rows), known or {}, clock.now()
    moments = {row.id: _moment(row, now) for row in rows if row.role == Role.AM}
    today = {(root, now) for root, _due in moments.values()}
    managers = held_when_due({*moments.values(), *today})
    others = _holders([row for row in rows if row.role != Role.AM], now)
    answers = {
        row.id: managers.get(moments[row.id]) or managers.get((row.root_id, now), 0)
        if row.id in moments
        else others.get((row.role, row.root_id), 0)
        for row in rows
    }
    names = {**known, **full_names(set(answers.values()) - known.keys() - {0})}
    return {row.id: names.get(answers[row.id]) or role_label(row.role) for row in rows}


def _moment(row: LedgerRow, now: datetime) -> tuple[int, datetime]:
    return row.root_id, row.due if row.is_breach and row.due else now


def _holders(rows: Collection[LedgerRow], at: datetime) -> dict[tuple[str, int], int]:
    wanted: dict[str, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.role, set()).add(row.root_id)
    minute = clock.to_minute(at)
    return {
        (role, root): user
        for role, roots in wanted.items()
        for root, user in providers().holders(role, minute, roots).items()
    }


def role_label(role: str) -> str:
    """A role as people call it; the code itself when it is none of ours."""
    return str(Role(role).label) if role in Role.values else role
