"""What stands in the way of a person leaving at once, and what is left after them."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q

from pult.clients.actions.charge import end_charge
from pult.clients.actions.handover.moving import move_batch, waiting_for_hands
from pult.clients.actions.handover.steps import OPEN, save, tell
from pult.clients.models import Assignment, Handover, HandoverBatch
from pult.kernel import clock

if TYPE_CHECKING:
    from pult.people.models import User


def begun_by_sales(giver: "User") -> frozenset[int]:
    """Clients the person holds while their handover from sales goes on: they wait for it."""
    rows = Handover.objects.filter(receiver=giver, kind=Handover.Kind.SALES, state__in=OPEN)
    return frozenset(rows.values_list("client", flat=True))


def call_off(giver: "User", client_ids: Collection[int], by: "User", role: str) -> None:
    """End handovers between managers that the person began to give: these clients go now instead.
    A batch that waited for these signatures alone moves. Call inside the action that holds the
    clients, `batch_mates` among them."""
    rows = Handover.objects.filter(
        giver=giver, kind=Handover.Kind.BETWEEN, state__in=OPEN, client__in=client_ids
    )
    batches = set()
    for row in rows.select_related("client"):
        save(row, state=Handover.State.CANCELLED)
        tell("handover.between", row, by, role, state="cancelled")
        batches.add(row.batch_id)
    going = Handover.objects.filter(batch__in=batches, state__in=OPEN).values("batch")
    over = HandoverBatch.objects.filter(pk__in=batches, posted_at=None).exclude(pk__in=going)
    over.update(cancelled_at=clock.now())
    for batch in HandoverBatch.objects.filter(pk__in=batches, posted_at=None, cancelled_at=None):
        if not waiting_for_hands(batch).exists():
            move_batch(batch, by, role)


def batch_mates(giver: "User") -> frozenset[int]:
    """Clients the person began to hand over, those of one batch move together."""
    rows = Handover.objects.filter(giver=giver, kind=Handover.Kind.BETWEEN, state__in=OPEN)
    return frozenset(rows.values_list("client", flat=True))


def charges_left(user: "User") -> list[Assignment]:
    """Every client the person still answers for in some role, those that ended too."""
    now = clock.now()
    lasting = Assignment.objects.filter(Q(until=None) | Q(until__gt=now), user=user)
    return list(lasting.filter(since__lte=now).order_by("client_id", "id"))


def release_rest(left: Collection[Assignment], by: "User", role: str) -> None:
    """Nobody answers for clients that ended, and others, by an account that is closed."""
    now = clock.now()
    for row in Assignment.objects.filter(pk__in=[one.pk for one in left], until=None):
        end_charge(row, now, by, role)
