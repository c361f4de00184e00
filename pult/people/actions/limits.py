"""How many clients an account manager may hold: set by the head, by date, never by default."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from pult.kernel.access import refuse_unless
from pult.kernel.days import check_day
from pult.kernel.errors import BadInput
from pult.kernel.facts import acting, record
from pult.kernel.roles import Role
from pult.people.models import ClientLimit, User
from pult.people.queries import acting_role, business_day, roles_of

SETTERS = (Role.HEAD, Role.DIRECTOR)
MOST = 999


def set_client_limit(
    *, clients: int | None, by: User | None, user: User | None = None, since: date | None = None
) -> ClientLimit:
    """Say how many clients of ordinary weight a manager may hold from `since` (today) on.

    Without `user` it is everybody's who has none of their own; `clients` None gives a person back
    to everybody's. The newest word of a day holds. Raises BadInput for a number out of 0..999, for
    somebody who manages no clients and for an agency without a number.
    """
    refuse_unless(by, *SETTERS)
    since = since or business_day()
    check_day(since, "since")
    if clients is None and user is None:
        raise BadInput(_("How many clients is not said"), field="clients")
    if clients is not None and not 0 <= clients <= MOST:
        raise BadInput(_("From 0 to 999 clients"), field="clients")
    if user is not None and Role.AM not in roles_of(user, since):
        raise BadInput(
            _("%(name)s does not manage clients") % {"name": user.full_name}, field="user"
        )
    with acting(0):
        limit = ClientLimit.objects.create(user=user, clients=clients, since=since, set_by=by)
        record(
            "client_limit_set",
            root_id=0,
            refs={"person": user.pk} if user else {},
            by=by,
            role=acting_role(by, *SETTERS),
            payload={"clients": -1 if clients is None else clients, "since": since.isoformat()},
        )
    return limit
