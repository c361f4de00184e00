"""The head says what a manager is good at, by categories."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from pult.kernel.access import refuse_unless
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.people.models import Strength, User
from pult.people.queries import acting_role, roles_of

NAMERS = (Role.HEAD, Role.DIRECTOR)


def set_strengths(*, user: User, kinds: Collection[str], by: User | None) -> None:
    """The manager has these strengths and no others from now on. Raises BadInput for a kind there
    is not and for somebody who manages no clients."""
    refuse_unless(by, *NAMERS)
    wanted = set(kinds)
    if wanted - set(Strength.Kind.values):
        raise BadInput(_("Choose one of what is offered"), field="strengths")
    if Role.AM not in roles_of(user):
        raise BadInput(_("%(name)s does not manage clients") % {"name": user.full_name})
    with acting(0):
        known = set(user.strengths.values_list("kind", flat=True))
        if known == wanted:
            return
        user.strengths.exclude(kind__in=wanted).delete()
        new = [code for code in Strength.Kind.values if code in wanted - known]
        Strength.objects.bulk_create(Strength(user=user, kind=code) for code in new)
        record(
            "person_strengths",
            root_id=0,
            refs={"person": user.pk},
            by=by,
            role=acting_role(by, *NAMERS),
            payload={"strengths": sorted(wanted)},
        )
