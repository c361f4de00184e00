"""A client nobody answers for: told to the head the moment it is known (A1-07)."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from pult.clients.models import Assignment, Client
from pult.kernel import clock
from pult.kernel.facts import acting, record, standing
from pult.kernel.models import Fact
from pult.kernel.roles import Role
from pult.people.models import RoleGrant
from pult.people.queries import absences_between, at_work_for, business_day, on_day

if TYPE_CHECKING:
    from pult.people.models import User

KIND = "client.vacant"
SERVED = (Client.Status.CLIENT, Client.Status.PAUSED)
NOBODY, GONE, AWAY = "nobody", "gone", "away"


def tell_vacancy(client: Client, by: "User", role: str) -> None:
    """After somebody was put in charge or taken off, inside that action."""
    why = vacancies([client.pk]).get(client.pk, "")
    _tell(client.pk, why, by, role)


def watch_vacancies() -> int:
    """Each morning: who has left or is away with nobody in their place; returns what changed."""
    found = vacancies()
    changed = 0
    for pk in sorted({*found, *_told_open()}):
        with acting(pk):
            changed += _tell(pk, vacancies([pk]).get(pk, ""), None, "")
    return changed


def _told_open() -> list[int]:
    """Clients whose vacancy stands open by the newest word of it."""
    told = Fact.objects.filter(kind=KIND, voided_by=None)
    newer = told.filter(root_id=OuterRef("root_id"), pk__gt=OuterRef("pk"))
    rows = told.filter(~Exists(newer), state="open")
    return list(rows.values_list("root_id", flat=True))


def vacancies(client_ids: "list[int] | None" = None) -> dict[int, str]:
    """Client → why nobody answers for it: *nobody* is in charge, whoever is has *gone* (or holds
    no role today), or is *away* without a stand-in. Of clients that are served; at most four
    queries."""
    now = clock.now()
    served = Client.objects.filter(status__in=SERVED, staged=False, merged_into=None)
    if client_ids is not None:
        served = served.filter(pk__in=client_ids)
    held = Assignment.objects.filter(Q(until=None) | Q(until__gt=now), role=Role.AM, since__lte=now)
    today = business_day()
    works = Exists(RoleGrant.objects.filter(on_day(today), user=OuterRef("user")))
    rows = held.filter(client__in=served).values_list("client", "user", "user__is_active", works)
    people = {client: (user, is_active and works) for client, user, is_active, works in rows}
    away = {row.user_id for row in absences_between(today, today)}
    stood_in = at_work_for(away) if away else {}
    found = {}
    for pk in served.values_list("pk", flat=True):
        user, is_here = people.get(pk, (None, False))
        if user is None:
            found[pk] = NOBODY
        elif not is_here:
            found[pk] = GONE
        elif user in away and user not in stood_in:
            found[pk] = AWAY
    return found


def _tell(client_id: int, why: str, by: "User | None", role: str) -> bool:
    last = standing(client_id, KIND)
    state = "open" if why else "filled"
    if state == (last.state if last else "filled"):
        return False
    payload = {"reason_code": why} if why else {}
    refs = {"client": client_id}
    record(KIND, root_id=client_id, refs=refs, by=by, role=role, state=state, payload=payload)
    return True
