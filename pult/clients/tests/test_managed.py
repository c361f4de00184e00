"""A client at work changes managers by a handover and no other way."""

import pytest

from pult.clients.access import holder
from pult.clients.actions import assign
from pult.clients.actions.handover import start_between
from pult.clients.tests.factories import make_client
from pult.kernel.errors import Refusal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["client", "paused"])
def test_a_client_at_work_is_not_put_into_other_hands_without_a_handover(cast, status):
    client = make_client(am=cast.anna, status=status)
    with pytest.raises(Refusal) as refused:
        assign(by=cast.vera, client_id=client.pk, user=cast.boris, role="am")
    assert holder(client.pk, "am") == cast.anna
    assert refused.value.clause == "2.1"
    (way,) = refused.value.ways
    assert (way.page, way.ids) == ("handover_person", (cast.anna.pk,))
    assert way.query == f"to={cast.boris.pk}&clients={client.pk}"


def test_a_handover_that_goes_on_is_where_the_refusal_leads(cast):
    client = make_client(am=cast.anna)
    shares = {client.pk: cast.boris}
    batch = start_between(by=cast.vera, giver=cast.anna, shares=shares, reason="load")
    with pytest.raises(Refusal) as refused:
        assign(by=cast.vera, client_id=client.pk, user=cast.boris, role="am")
    (way,) = refused.value.ways
    assert (way.page, way.ids) == ("handover", (batch.handovers.get().pk,))


@pytest.mark.parametrize("status", ["lead", "ended"])
def test_a_client_nobody_works_with_changes_hands_freely(cast, status):
    client = make_client(am=cast.anna, status=status)
    assign(by=cast.vera, client_id=client.pk, user=cast.boris, role="am")
    assert holder(client.pk, "am") == cast.boris


def test_a_client_of_somebody_who_left_is_handed_over_too(cast):
    client = make_client(am=cast.anna)
    type(cast.anna).objects.filter(pk=cast.anna.pk).update(is_active=False)
    with pytest.raises(Refusal, match="Анна"):
        assign(by=cast.vera, client_id=client.pk, user=cast.boris, role="am")
