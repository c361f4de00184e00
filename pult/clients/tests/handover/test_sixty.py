"""Everything of one manager, sixty clients with their work, moves with the last signature."""

from time import process_time

import pytest

from pult.clients.access import holder
from pult.clients.actions import handover as acts
from pult.clients.logic.handovers import ITEMS
from pult.clients.models import Handover, HandoverItem
from pult.clients.tests.factories import make_client
from pult.kernel import clock
from pult.kernel.facts import Draft, acting, encode, insert_encoded
from pult.kernel.models import Fact
from pult.regulation import sweep
from pult.regulation.models import Obligation
from pult.regulation.timers import tick

pytestmark = pytest.mark.django_db

MOST = 3.0  # seconds of the processor, whoever else is at work on the machine


@pytest.fixture
def last(rules, cast, freeze):
    """The handover whose signature the other fifty-nine wait for; open rows stand behind each."""
    clients = [make_client(f"Клиент {number}", am=cast.anna) for number in range(60)]
    told = [(one, kind, state) for one in clients for kind, state in BEGUN]
    drafts = [
        Draft(kind=kind, root_id=one.pk, refs={"client": one.pk}, state=state)
        for one, kind, state in told
    ]
    with acting(*(one.pk for one in clients)):
        insert_encoded(encode(drafts))
    freeze("2026-03-03 12:00")
    tick(sweep=sweep.sweep)
    batch = acts.start_between(
        by=cast.vera, giver=cast.anna, shares=dict.fromkeys(ids(clients), cast.boris), reason="post"
    )
    now = clock.now()
    rows = list(batch.handovers.order_by("pk"))
    HandoverItem.objects.bulk_create(
        HandoverItem(handover=row, code=code, is_none=True, filled_by=cast.anna, accepted_at=now)
        for row in rows
        for code in ITEMS
    )
    signed = {"state": "offered", "giver_signed_at": now, "giver_signed_by": cast.anna}
    Handover.objects.update(**signed)
    Handover.objects.exclude(pk=rows[-1].pk).update(receiver_signed_at=now)
    return rows[-1]


BEGUN = (("client.status", "client"), ("contact.logged", "two_way"))


def ids(clients):
    return [one.pk for one in clients]


def test_sixty_clients_move_in_three_seconds_all_of_them_or_none(last, cast):
    assert Obligation.objects.filter(role="am").values("root_id").distinct().count() == 60
    began = process_time()
    acts.take_over(by=cast.boris, handover_id=last.pk)
    assert process_time() - began < MOST
    moved = Handover.objects.filter(state="accepted").values_list("client", flat=True)
    assert len(moved) == 60
    assert {holder(pk, "am") for pk in moved} == {cast.boris}
    assert Fact.objects.filter(kind="waiver.granted").count() >= 60
