"""Dated roles as a person's page shows them."""

from dataclasses import dataclass
from datetime import date

from pult.people.models import RoleGrant, User
from pult.people.powers import may_grant
from pult.web.holders import role_label


@dataclass(frozen=True)
class HeldRole:
    """A dated role; `may_end` while it goes on and the reader could give it."""

    grant: RoleGrant
    label: str
    is_now: bool
    may_end: bool


def held_role(grant: RoleGrant, today: date, reader: User | None) -> HeldRole:
    """The role for a reader who may touch the person, or for nobody in particular."""
    ends = grant.until is None or grant.until > today
    may_end = reader is not None and ends and may_grant(reader, grant.role)
    return HeldRole(grant, role_label(grant.role), is_now(grant, today), may_end)


def is_now(grant: RoleGrant, today: date) -> bool:
    """Whether the role is held on that day."""
    return grant.since <= today and (grant.until is None or grant.until >= today)
