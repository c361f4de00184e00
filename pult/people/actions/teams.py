"""Teams are formed, renamed, closed."""

from django.utils.translation import gettext_lazy as _

from pult.kernel.access import refuse_unless
from pult.kernel.errors import BadInput, Conflict, Refusal
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.kernel.words import line_of
from pult.people.models import Department, RoleGrant, Team, User
from pult.people.queries import acting_role, ahead

FORMERS = (Role.HEAD, Role.PRODUCTION_HEAD, Role.DIRECTOR, Role.IT)


def add_team(*, name: str, department: Department, by: User | None) -> Team:
    """Form a team in a department; BadInput for an empty name or one that is taken."""
    refuse_unless(by, *FORMERS)
    with acting(0):
        team = Team.objects.create(name=_free_name(name), department=department)
        _note(team, by, "formed")
    return team


def rename_team(*, team: Team, name: str, was: str, by: User | None) -> Team:
    """Call a team otherwise; `was` is the name the person saw.

    Raises Conflict when somebody renamed it meanwhile, BadInput for a name that is taken.
    """
    refuse_unless(by, *FORMERS)
    with acting(0):
        team = Team.objects.get(pk=team.pk)
        if team.name != was:
            raise Conflict(
                _("Somebody has renamed it to “%(name)s” meanwhile") % {"name": team.name},
                cure=_("Look again"),
            )
        if line_of(name) != was:
            team.name = _free_name(name, besides=team.pk)
            team.save(update_fields=["name"])
            _note(team, by, "renamed")
    return team


def close_team(*, team: Team, by: User | None) -> Team:
    """A team ends; Refusal while somebody is in it or is coming."""
    refuse_unless(by, *FORMERS)
    with acting(0):
        staying = RoleGrant.objects.filter(ahead(), team=team, user__is_active=True)
        names = [str(grant.user) for grant in staying.select_related("user")[:5]]
        if names:
            raise Refusal(
                _("There are still people in it: %(names)s") % {"names": ", ".join(names)},
                cure=_("End their roles in this team first"),
                subject=team,
            )
        team.is_closed = True
        team.save(update_fields=["is_closed"])
        _note(team, by, "closed")
    return team


def _free_name(name: str, besides: int | None = None) -> str:
    name = line_of(name)
    if not name:
        raise BadInput(_("A team needs a name"), field="name")
    if len(name) > Team._meta.get_field("name").max_length:
        raise BadInput(_("This name is too long"), field="name")
    taken = Team.objects.exclude(pk=besides).values_list("name", flat=True)
    if name.casefold() in {one.casefold() for one in taken}:  # SQLite folds no Cyrillic
        raise BadInput(_("There is such a team already"), field="name")
    return name


def _note(team: Team, by: User | None, state: str) -> None:
    record(
        "team_changed",
        root_id=0,
        refs={"team": team.pk},
        by=by,
        role=acting_role(by, *FORMERS),
        state=state,
    )
