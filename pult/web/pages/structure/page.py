"""The agency as departments and teams, and whose span is too wide."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from pult.kernel.errors import BadInput, NotVisible, PultError
from pult.people.actions.teams import FORMERS
from pult.people.models import Department, Team, User
from pult.people.queries import Structure, all_departments, structure, team
from pult.web.fields import Form


@dataclass(frozen=True)
class StructurePage:
    """`departments` may get a team; who may not form one sees no forms."""

    structure: Structure
    departments: tuple[tuple[str, Any], ...]
    may_form: bool
    sent: Mapping[str, str] = field(default_factory=dict)
    problem: PultError | None = None


def structure_page(
    reader: User, *, sent: Mapping[str, str] | None = None, problem: PultError | None = None
) -> StructurePage:
    """Six queries."""
    may_form = not reader.roles.isdisjoint(FORMERS)
    return StructurePage(
        structure=structure(),
        departments=tuple((str(one.pk), str(one)) for one in all_departments()) if may_form else (),
        may_form=may_form,
        sent=sent or {},
        problem=problem,
    )


def department_in(form: Form) -> Department:
    """The department chosen; BadInput for none."""
    chosen = form.get("department", "")
    found = next((one for one in all_departments() if str(one.pk) == chosen), None)
    if found is None:
        raise BadInput(_("Choose a department"), field="department")
    return found


def team_called(team_id: int) -> Team:
    """A team that goes on; NotVisible for another."""
    found = team(team_id)
    if found is None or found.is_closed:
        raise NotVisible(_("There is no such team"))
    return found
