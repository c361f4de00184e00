"""Who answers for rows of the ledger today, by name."""

from collections.abc import Iterable, Mapping

from pult.kernel import clock
from pult.kernel.roles import Role
from pult.people.queries import full_names
from pult.regulation.providers import providers
from pult.regulation.queries import LedgerRow

Held = dict[tuple[str, int], str]


def held_by(rows: Iterable[LedgerRow], known: Mapping[int, str] | None = None) -> Held:
    """(role, client) → the name of whoever holds it now; the role's own name when nobody does.

    `known` are names the caller has at hand.
    """
    wanted: dict[str, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.role, set()).add(row.root_id)
    now = clock.to_minute(clock.now())
    users = {
        (role, root): user
        for role, roots in wanted.items()
        for root, user in providers().holders(role, now, roots).items()
    }
    known = known or {}
    names = {**known, **full_names(set(users.values()) - known.keys())}
    return {
        (role, root): names.get(users.get((role, root), 0)) or role_label(role)
        for role, roots in wanted.items()
        for root in roots
    }


def role_label(role: str) -> str:
    """A role as people call it; the code itself when it is none of ours."""
    return str(Role(role).label) if role in Role.values else role
