"""One person with dated roles and absences, and the form of a newcomer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from pult.clients.handover_access import LEADERS
from pult.clients.models import HandoverBatch
from pult.kernel.errors import BadInput, NotVisible, PultError
from pult.kernel.roles import Role
from pult.people.actions.absences import NOTERS
from pult.people.actions.doors import CLOSERS
from pult.people.actions.people import STAFFERS
from pult.people.models import Absence, Department, RoleGrant, Team, User
from pult.people.powers import (
    APPOINTERS,
    may_grant,
    may_touch,
    was_shut_out,
)
from pult.people.queries import (
    Missing,
    absences_of,
    all_departments,
    all_teams,
    business_day,
    colleague,
    colleagues,
    deputies_of,
    grants_of,
    missing,
)
from pult.people.queries import team as team_called
from pult.web.pages.people.deputies import Deputies, deputies_panel
from pult.web.pages.people.held import HeldRole, held_role, is_now
from pult.web.pages.people.strengths import strengths_panel

Options = tuple[tuple[str, Any], ...]
Form = Mapping[str, str]


@dataclass(frozen=True)
class PersonPage:
    """One person. `invitation` is a link made just now, shown once."""

    user: User
    roles: tuple[HeldRole, ...]
    absences: tuple[Absence, ...]
    missing: Missing | None
    may_invite: bool
    by_letter: bool
    may_give: bool
    may_close: bool
    may_note: bool
    may_hand_over: bool
    may_open: bool
    shut_why: str
    departments: Options
    role_options: Options
    team_options: Options
    categories: Options
    colleagues: Options
    today: date
    deputies: Deputies | None = None
    strengths: tuple[tuple[str, Any, bool], ...] = ()
    sent: Form = field(default_factory=dict)
    invitation: str = ""
    problem: PultError | None = None


@dataclass(frozen=True)
class HirePage:
    """The form of inviting somebody."""

    roles: Options
    teams: Options
    departments: Options
    today: date
    sent: Form
    problem: PultError | None


def person_page(
    reader: User, person_id: int, *, sent: Form | None = None, problem: PultError | None = None
) -> PersonPage:
    """One person; NotVisible when there is none."""
    user, today = person_of(person_id), business_day()
    grants = grants_of(user)
    user.hold([(one.role, one.acts_for_id) for one in grants if is_now(one, today)])
    staffs = may_staff(reader)
    own = _own_roles(grants, today)
    is_over = may_touch(reader, user, own)
    ends = is_over or reader.pk == user.pk
    may_invite = staffs and is_over and _awaited(user, reader)
    manages = any(one.role == Role.AM and one.acts_for_id is None for one in grants)
    return PersonPage(
        user=user,
        roles=tuple(held_role(grant, today, reader if ends else None) for grant in grants),
        absences=tuple(absences_of(user)),
        missing=missing().get(user.pk),
        may_invite=may_invite,
        by_letter=may_invite and was_shut_out(user),
        may_give=staffs and user.is_active and reader.pk != user.pk,
        may_close=staffs and is_over and user.is_active,
        may_note=bool(reader.roles & set(NOTERS)) or reader.pk == user.pk,
        may_hand_over=bool(reader.roles & LEADERS) and manages,
        may_open=user.doors_shut_at is not None
        and user.is_active
        and bool(reader.roles & set(CLOSERS))
        and is_over,
        shut_why=str(dict(HandoverBatch.Reason.choices).get(user.doors_shut_why, "")),
        departments=department_options() if staffs and is_over and user.is_active else (),
        role_options=role_options(reader),
        team_options=team_options(),
        categories=tuple(Absence.Category.choices),
        colleagues=colleagues(besides=user),
        today=today,
        deputies=deputies_panel(reader, user, own),
        strengths=strengths_panel(reader, user) if manages else (),
        sent=sent or {},
        problem=problem,
    )


def _own_roles(grants: Iterable[RoleGrant], today: date) -> frozenset[str]:
    """Roles held for nobody else that have not ended."""
    return frozenset(
        one.role for one in grants if one.acts_for_id is None and (one.until or today) >= today
    )


def hire_page(reader: User, sent: Form, problem: PultError | None = None) -> HirePage:
    """The form of a newcomer."""
    return HirePage(
        roles=role_options(reader),
        teams=team_options(),
        departments=department_options(),
        today=business_day(),
        sent=sent,
        problem=problem,
    )


def person_of(person_id: int) -> User:
    """A person of the agency; NotVisible when there is none."""
    user = colleague(person_id)
    if user is None:
        raise NotVisible("")
    return user


def grant_of(person_id: int, grant_id: int) -> RoleGrant:
    """A dated role of this person; NotVisible when it is not theirs."""
    for grant in grants_of(person_of(person_id)):
        if grant.pk == grant_id:
            return grant
    raise NotVisible("")


def deputy_grant(person_id: int, grant_id: int) -> RoleGrant:
    """Days somebody signs for this person; NotVisible when there are no such."""
    for grant in deputies_of(person_of(person_id)):
        if grant.pk == grant_id:
            return grant
    raise NotVisible("")


def absence_of(person_id: int, absence_id: int) -> Absence:
    """An absence of this person that is not over; NotVisible when there is no such."""
    for absence in absences_of(person_of(person_id)):
        if absence.pk == absence_id:
            return absence
    raise NotVisible("")


def may_staff(user: User) -> bool:
    """Whether the person hires and appoints."""
    return bool(user.roles & set(STAFFERS) & set(APPOINTERS))


def role_options(reader: User) -> Options:
    """The roles this person may give."""
    return tuple(
        (role.value, role.label) for role in Role if role != Role.CLIENT and may_grant(reader, role)
    )


def team_options() -> Options:
    """Teams for a choice, the empty one first."""
    return (("", "—"), *((str(team.pk), team.name) for team in all_teams()))


def department_options() -> Options:
    """Departments for a choice."""
    return tuple((str(one.pk), one.get_code_display()) for one in all_departments())


def department_of(form: Form) -> Department | None:
    """The department chosen, None for the empty choice; BadInput for one that is not there."""
    chosen = form.get("department", "")
    found = next((one for one in all_departments() if str(one.pk) == chosen), None)
    if chosen and found is None:
        raise BadInput(_("There is no such department"), field="department")
    return found


def first_department(form: QueryDict) -> Department | None:
    """The same of somebody new: a contractor without one would be offered no work."""
    found = department_of(form)
    if found is None and Role.CONTRACTOR in form.getlist("roles"):
        raise BadInput(
            _("Choose the department whose tasks the contractor does"),
            field="department",
            cure=_("Tasks of that department are then assigned to them"),
        )
    return found


def team_of(form: Form) -> Team | None:
    """The team chosen, None for the empty choice; BadInput for one that is not there."""
    chosen = form.get("team", "")
    found = team_called(chosen) if chosen else None
    if chosen and found is None:
        raise BadInput(_("There is no such team"), field="team")
    return found


def _awaited(user: User, reader: User) -> bool:
    """Whether the person has never chosen a password. A link is a key to their roles: those only
    the director gives are invited by whoever may give them."""
    fresh = user.comes_in and not user.has_usable_password()
    return fresh and {g.role for g in grants_of(user)} <= {code for code, _ in role_options(reader)}
