"""A person comes, changes their details, leaves."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from pult.kernel.access import refuse_unless
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record
from pult.kernel.models import Fact
from pult.kernel.roles import Role
from pult.kernel.words import line_of
from pult.people.actions.authority import require_keeper_besides, require_over
from pult.people.actions.deputies import end_deputies, end_standing
from pult.people.actions.roles import grant_role
from pult.people.logic import is_place
from pult.people.models import PROFILE_FIELDS, Department, RoleGrant, Team, User
from pult.people.queries import acting_role, ahead, business_day, on_day
from pult.regulation.holding import holders_moved

STAFFERS = (Role.HEAD, Role.PRODUCTION_HEAD, Role.DIRECTOR, Role.IT)


def hire(
    *,
    email: str,
    full_name: str,
    by: User | None,
    roles: Iterable[str] = (),
    team: Team | None = None,
    department: Department | None = None,
    since: date | None = None,
    language: str = "ru",
    password: str | None = None,
) -> User:
    """Add a person with their roles. Without a password they come in by an invitation link.

    Raises BadInput for an empty name, a bad address or one that somebody has already.
    """
    refuse_unless(by, *STAFFERS)
    full_name = line_of(full_name)
    if not full_name:
        raise BadInput(_("A person needs a name"), field="full_name")
    if len(full_name) > User._meta.get_field("full_name").max_length:
        raise BadInput(_("This name is too long"), field="full_name")
    with acting(0):
        email = _free_address(email)  # under the lock: two may add the same person at once
        user = User(
            email=email,
            full_name=full_name,
            department=department,
            language=language,
        )
        user.set_password(password)
        user.save()
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        _note("person_hired", user, by)
        for role in roles:
            grant_role(user=user, role=role, team=team, since=since, by=by)
    return user


def _free_address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise BadInput(_("This is not an e-mail address"), field="email") from None
    if User.objects.filter(email=email).exists():
        raise BadInput(
            _("Somebody has this address already"),
            field="email",
            cure=_("Look for the person among former colleagues too"),
        )
    return email


def set_profile(*, user: User, by: User | None, **changes: Any) -> User:
    """Change one's own name, language, zone, theme, density or shortcuts.

    Raises BadInput for an unknown choice, TypeError for a field that is not of the profile.
    """
    if strange := set(changes) - set(PROFILE_FIELDS):
        raise TypeError(f"not of the profile: {', '.join(sorted(strange))}")
    if by and by.pk != user.pk:
        refuse_unless(by, *STAFFERS)
    if "full_name" in changes:
        changes["full_name"] = line_of(changes["full_name"])
    if "zone" in changes and not is_place(changes["zone"]):
        raise BadInput(_("There is no such time zone"), field="zone")
    changed = {name: value for name, value in changes.items() if getattr(user, name) != value}
    if not changed:
        return user
    with acting(0):
        for name, value in changed.items():
            setattr(user, name, value)
        _check(user, changed)
        user.save(update_fields=list(changed))
        if "full_name" in changed:
            _note("person_changed", user, by, changed=sorted(changed))
    return user


def _check(user: User, changed: Iterable[str]) -> None:
    for name in changed:
        try:
            user._meta.get_field(name).clean(getattr(user, name), user)
        except ValidationError as problem:
            raise BadInput(problem.messages[0], field=name) from None


def accept_invitation(*, user: User, password: str) -> User:
    """The invited person chooses a password; BadInput says what is wrong with a weak one."""
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise BadInput(" ".join(problem.messages), field="password") from None
    with acting(0):
        user.set_password(password)
        user.save(update_fields=["password"])
        _note("invitation_accepted", user, user)
    return user


def set_department(*, user: User, department: Department | None, by: User | None) -> User:
    """Move a person to another department.

    Refused for oneself and for somebody with a role that `by` could not give.
    """
    refuse_unless(by, *STAFFERS)
    require_over(by, user, own=_("Nobody moves themself to another department"))
    with acting(0):
        user.department = department
        user.save(update_fields=["department"])
        _note("person_changed", user, by, changed=["department"])
    return user


def part_with(*, user: User, by: User | None, last_day: date | None = None) -> User:
    """A person leaves: their roles end with `last_day`; signing in ends when it has passed.

    With a last day ahead the roles run out by themselves, without roles no page opens, and the
    night after that day closes the account (`close_accounts`).
    Refused for oneself, for a role that `by` could not give and for the last director or IT.
    """
    refuse_unless(by, *STAFFERS)
    require_over(by, user, own=_("Nobody closes their own account"))
    today = business_day()
    last_day = last_day or today
    with acting(0):
        require_keeper_besides(last_day, user=user)
        end_standing(user, last_day)
        RoleGrant.objects.filter(on_day(last_day), user=user).update(until=last_day)
        RoleGrant.objects.filter(user=user, since__gt=last_day).delete()
        end_deputies(user, last_day)
        user.is_active = last_day > today
        user.save(update_fields=["is_active"])
        _note("person_left", user, by, last_day=last_day.isoformat())
        holders_moved([user])
    return user


def close_accounts() -> int:
    """Each midnight: whoever left with a last day that has passed works here no more; how many."""
    today = business_day()
    idle = User.objects.filter(is_active=True).exclude(grants__in=RoleGrant.objects.filter(ahead()))
    left = Fact.objects.filter(kind="person_left", root_id=0, payload__last_day__lt=str(today))
    parted = set(left.values_list("refs__person", flat=True))
    gone = list(idle.filter(pk__in=parted))
    for user in gone:
        with acting(0):
            User.objects.filter(pk=user.pk).update(is_active=False)
            _note("person_changed", user, None, changed=["is_active"])
    return len(gone)


def _note(kind: str, user: User, by: User | None, **payload: Any) -> None:
    record(
        kind,
        root_id=0,
        refs={"person": user.pk},
        by=by,
        role=acting_role(by, *STAFFERS),
        payload=payload,
    )
