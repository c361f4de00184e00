"""Who signs for whom: the panel of a person's page and of one's own profile."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from pult.kernel.errors import BadInput
from pult.people.actions import name_deputy
from pult.people.models import RoleGrant, User
from pult.people.powers import SIGNING, may_give_themself
from pult.people.queries import business_day, colleague, colleagues, deputies_of
from pult.web.fields import Form, day_of
from pult.web.holders import role_label

Options = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class DeputyItem:
    """Somebody who signs for the person, now or from a day ahead."""

    grant_id: int
    deputy_id: int
    deputy: str
    role: str
    since: date
    until: date
    may_end: bool


@dataclass(frozen=True)
class Deputies:
    """`roles` are those the reader may lend for the person; empty hides the form."""

    held: tuple[DeputyItem, ...]
    roles: Options
    colleagues: Options
    today: date


def deputies_panel(reader: User, person: User, held_roles: frozenset[str]) -> Deputies | None:
    """The panel, None for a person whose roles sign nothing; one query, two with a form."""
    own = held_roles - person.acts_for.keys() if person.pk == reader.pk else held_roles
    signing = [role for role in SIGNING if role in own]
    found = deputies_of(person)
    if not signing and not found:
        return None
    lent = [role for role in signing if _may_lend(reader, person, role)]
    return Deputies(
        held=tuple(_item(grant, reader) for grant in found),
        roles=tuple((role.value, role_label(role)) for role in lent),
        colleagues=_others(person) if lent else (),
        today=business_day(),
    )


def _others(person: User) -> Options:
    return tuple(one for one in colleagues() if one[0] != str(person.pk))


def _item(grant: RoleGrant, reader: User) -> DeputyItem:
    may_end = reader.pk == grant.user_id or _may_lend(reader, grant.acts_for, grant.role)
    return DeputyItem(
        grant_id=grant.pk,
        deputy_id=grant.user_id,
        deputy=grant.user.full_name,
        role=role_label(grant.role),
        since=grant.since,
        until=grant.until,
        may_end=may_end,
    )


def _may_lend(reader: User, person: User, role: str) -> bool:
    return reader.pk == person.pk or may_give_themself(reader, role)


def deputy_from(form: Form, *, principal: User, by: User) -> RoleGrant:
    """Name the deputy of the form; raises what `name_deputy` raises."""
    deputy = colleague(str(form.get("deputy", "")))
    if deputy is None:
        raise BadInput(_("Choose a person"), field="deputy")
    return name_deputy(
        principal=principal,
        deputy=deputy,
        role=str(form.get("role", "")),
        since=day_of(form, "since"),
        until=day_of(form, "until"),
        by=by,
    )
