"""What one may change about oneself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django.conf import settings

from pult.kernel.errors import PultError
from pult.kernel.roles import STAFF, Role
from pult.people.models import Absence, User
from pult.people.queries import absences_of, colleagues, full_names, stood_in_for
from pult.web.holders import role_label
from pult.web.pages.people.deputies import Deputies, deputies_panel

if TYPE_CHECKING:
    from django.http import QueryDict

CHOICES = ("full_name", "phone", "post", "language", "zone", "theme", "density")
Options = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class ProfilePage:
    """The values shown are those just sent when they could not be taken."""

    email: str
    values: Mapping[str, Any]
    roles: tuple[str, ...]
    languages: Options
    themes: Options
    densities: Options
    zones: Options
    is_staff: bool
    user_id: int = 0
    acts_for: tuple[tuple[str, str], ...] = ()
    deputies: Deputies | None = None
    absences: tuple[Absence, ...] = ()
    stands_in_for: tuple[str, ...] = ()
    categories: Options = ()
    colleagues: Options = ()
    problem: PultError | None = None
    absence_problem: PultError | None = None
    absence: Mapping[str, str] = field(default_factory=dict)


def profile_page(
    user: User, problem: PultError | None = None, sent: "QueryDict | None" = None
) -> ProfilePage:
    """One's own profile; five queries."""
    is_staff = bool(user.roles & STAFF)
    values = {name: getattr(user, name) for name in (*CHOICES, "hotkeys")}
    if problem is not None and sent is not None:
        values |= changes_of(sent)
    return ProfilePage(
        email=user.email,
        values=values,
        roles=tuple(role_label(role) for role in Role.values if role in user.roles),
        languages=(("ru", "Русский"), ("en", "English")),
        themes=tuple(User.Theme.choices),
        densities=tuple(User.Density.choices),
        zones=zones(user.zone),
        is_staff=is_staff,
        user_id=user.pk,
        acts_for=_acts_for(user),
        deputies=deputies_panel(user, user, user.roles),
        absences=tuple(absences_of(user)) if is_staff else (),
        stands_in_for=tuple(str(one) for one in stood_in_for(user)) if is_staff else (),
        categories=tuple(Absence.Category.choices),
        colleagues=colleagues(besides=user) if is_staff else (),
        problem=problem,
    )


def _acts_for(user: User) -> tuple[tuple[str, str], ...]:
    """(role, for whom) of what the person holds as a deputy today; a query when there is any."""
    names = full_names(user.acts_for.values())
    return tuple((role_label(role), names[pk]) for role, pk in user.acts_for.items())


def changes_of(form: Mapping[str, str]) -> dict[str, Any]:
    """The fields of the form that were sent; an unticked box sends nothing and means "off"."""
    sent: dict[str, Any] = {name: form[name].strip() for name in CHOICES if name in form}
    return sent | {"hotkeys": form.get("hotkeys") == "on"}


def zones(current: str) -> Options:
    """Zones of the country and its neighbours, the agency's first, one's own always among them."""
    near = {name for name in available_timezones() if name.startswith(NEAR)}
    names = [settings.TIME_ZONE, *sorted(near - {settings.TIME_ZONE})]
    if current not in names:
        names.append(current)
    return tuple((name, name.replace("_", " ")) for name in names)


NEAR = (
    "Europe/Kaliningrad",
    "Europe/Samara",
    "Europe/Volgograd",
    "Europe/Saratov",
    "Europe/Minsk",
    "Europe/Belgrade",
    "Europe/Istanbul",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Novosibirsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Kamchatka",
    "Asia/Almaty",
    "Asia/Tbilisi",
    "Asia/Yerevan",
    "Asia/Tashkent",
    "Asia/Dubai",
)
