"""What the steps of a handover share: the row under the lock, its facts, what gates ask for."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pult.clients.logic.handovers import GATES
from pult.clients.models import Client, Handover
from pult.clients.models.handover import OPEN as OPEN
from pult.clients.models.handover import PREPARED as PREPARED
from pult.clients.queries.handover.readiness import Standing, standing_of
from pult.kernel.errors import Refusal
from pult.kernel.facts import record
from pult.kernel.models import Fact

if TYPE_CHECKING:
    from pult.people.models import User


def again(row: Handover) -> None:
    """Read what may have moved meanwhile, under the lock; the people stay as they were loaded."""
    skipped = {"client", "giver", "receiver", "batch"}
    names = [one.name for one in row._meta.concrete_fields if one.name not in skipped]
    row.refresh_from_db(fields=names)


def must_be(row: Handover, *states: str) -> None:
    """Refusal, naming the state, unless the handover is in one of these."""
    again(row)
    if row.state not in states:
        raise Refusal(
            _("The handover is already: %(state)s") % {"state": Handover.State(row.state).label},
            cure=_("Open it again to see what can be done now"),
            subject=row.client,
        )


def save(row: Handover, **values: Any) -> None:
    """Write columns and count the version up."""
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*values, "version"])


def tell(kind: str, row: Handover, by: "User | None", role: str, **fact: Any) -> Fact:
    """Record a fact about a handover."""
    refs = {"client": row.client_id, "handover": row.pk}
    return record(kind, root_id=row.client_id, refs=refs, by=by, role=role, **fact)


def tell_state(
    kind: str, row: Handover, by: "User | None", role: str, state: str, **fact: Any
) -> None:
    """Record a step unless the handover stands there already."""
    told = Fact.objects.filter(root_id=row.client_id, kind=kind, refs__handover=row.pk)
    if told.order_by("-id").values_list("state", flat=True).first() != state:
        tell(kind, row, by, role, state=state, **fact)


def move(row: Handover, by: "User", role: str, state: str, **values: Any) -> None:
    """The handover from sales enters a state."""
    save(row, state=state, **values)
    people = {"giver": row.giver_id, "receiver": row.receiver_id}
    tell("handover.state", row, by, role, state=state, payload=people)


def tell_readiness(row: Handover, by: "User | None", role: str) -> Standing:
    """Say what is there and what is lacking, for the gates that ask."""
    standing = standing_of(row)
    for part in GATES:
        tell_state(f"handover.{part}", row, by, role, standing.ready.state(part))
    return standing


def tell_points(row: Handover, by: "User | None", role: str) -> None:
    """Say whether a point waits (2.10)."""
    waiting = row.points.filter(resolved_at=None).count()
    state = "open" if waiting else "clear"
    tell_state("handover.points", row, by, role, state, value=waiting)


def enter_state(
    kind: str, client: Client, by: "User | None", role: str, state: str, **fact: Any
) -> None:
    """Record a step of the client unless it stands there already."""
    told = Fact.objects.filter(root_id=client.pk, kind=kind)
    if told.order_by("-id").values_list("state", flat=True).first() != state:
        refs = {"client": client.pk}
        record(kind, root_id=client.pk, refs=refs, by=by, role=role, state=state, **fact)
