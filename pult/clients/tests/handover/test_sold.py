"""What sales brought comes to the department by a handover alone (2.5)."""

import pytest

from pult.clients.access import holder
from pult.clients.actions import assign, create_client, release, set_status
from pult.clients.models import Assignment, Client
from pult.clients.tests.factories import make_assignment, make_client
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(rules, cast):
    client = make_client("Ромашка", status="lead")
    make_assignment(client, cast.gleb, "sales")
    return client


def to_client(by, lead):
    return set_status(by=by, client_id=lead.pk, version=lead.version, status="client")


@pytest.mark.parametrize("case", ["status", "manager"])
def test_a_seller_enters_leads_alone(rules, cast, case):
    more = {"status": "client"} if case == "status" else {"am": cast.anna}
    with pytest.raises(BadInput):
        create_client(by=cast.gleb, name="Тюльпан", **more)
    assert not Client.objects.exists()


def test_a_head_enters_a_client_from_before_pult(rules, cast):
    client = create_client(by=cast.vera, name="Тюльпан", status="client", am=cast.anna)
    assert holder(client.pk, "am") == cast.anna


def test_a_sold_lead_gets_no_manager_past_its_handover(lead, cast):
    with pytest.raises(Refusal) as refusal:
        assign(by=cast.vera, client_id=lead.pk, user=cast.anna, role="am")
    assert refusal.value.clause == "2.5"
    assert [way.page for way in refusal.value.ways] == ["handover_new"]
    assert not Assignment.objects.filter(role="am").exists()


@pytest.mark.parametrize("status", ["client", "paused"])
def test_a_sold_lead_becomes_no_client_past_its_handover(lead, cast, status):
    for person in (cast.gleb, cast.vera):
        with pytest.raises(Refusal) as refusal:
            set_status(by=person, client_id=lead.pk, version=lead.version, status=status)
        assert refusal.value.clause == "2.5"


def test_taking_sales_off_first_opens_no_way_around(lead, cast):
    release(by=cast.vera, client_id=lead.pk, user=cast.gleb, role="sales")
    set_status(by=cast.vera, client_id=lead.pk, version=1, status="ended", reason_code="other")
    lead.refresh_from_db()
    with pytest.raises(Refusal):
        to_client(cast.vera, lead)


def test_a_lead_that_is_lost_ends_without_a_handover(lead, cast):
    told = {"status": "ended", "reason_code": "other"}
    assert set_status(by=cast.gleb, client_id=lead.pk, version=1, **told).status == "ended"


def test_a_handover_under_way_is_the_way(sale):
    row = sale.start()
    with pytest.raises(Refusal) as refusal:
        to_client(sale.cast.vera, sale.client)
    assert [(way.page, way.ids) for way in refusal.value.ways] == [("handover", (row.pk,))]
    with pytest.raises(Refusal) as refusal:
        sale.start()
    assert [(way.page, way.ids) for way in refusal.value.ways] == [("handover", (row.pk,))]


def test_a_client_that_came_back_needs_no_second_handover(lead, cast):
    record("client.status", root_id=lead.pk, refs={"client": lead.pk}, by=None, state="client")
    Client.objects.update(status="ended")
    lead.refresh_from_db()
    assert to_client(cast.vera, lead).status == "client"
    assign(by=cast.vera, client_id=lead.pk, user=cast.anna, role="am")
