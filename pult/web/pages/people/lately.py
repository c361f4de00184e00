"""What heads and directors are told of powers given and doors opened."""

from dataclasses import replace
from datetime import timedelta

from pult.kernel.roles import Role
from pult.people.models import User
from pult.people.powers import Power, powers_given
from pult.people.queries import business_day
from pult.web.holders import role_label

SHOWN_FOR = timedelta(days=30)


def told_of_powers(reader: User) -> tuple[Power, ...]:
    """The last month: a director sees roles over people and who was let in again, a head the
    latter alone; a query and one of names, none for others."""
    if reader.roles.isdisjoint((Role.DIRECTOR, Role.HEAD)):
        return ()
    doors_alone = Role.DIRECTOR not in reader.roles
    given = powers_given(business_day() - SHOWN_FOR, doors_alone=doors_alone)
    return tuple(replace(one, role=one.role and role_label(one.role)) for one in given)
