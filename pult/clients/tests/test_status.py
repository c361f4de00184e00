"""A client's status: from a day, with a reason at the end, called off, two people at once."""

from datetime import date

import pytest

from pult.clients import actions
from pult.clients.actions.status import apply_waiting
from pult.clients.models import Client, StatusChange
from pult.clients.queries import client_header
from pult.clients.tests.factories import make_client
from pult.kernel.errors import BadInput, Conflict, NotVisible
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db
TODAY = "2026-03-10 12:00"


@pytest.fixture
def firm(cast, freeze):
    freeze("2026-03-01 09:00")
    row = make_client(am=cast.anna)
    freeze(TODAY)
    return row


def ended(cast, firm, **told):
    told = {"version": 1, "status": "ended", "reason_code": "client_left", **told}
    return actions.set_status(by=cast.anna, client_id=firm.pk, **told)


def test_an_end_says_why_who_and_when(cast, firm):
    ended(cast, firm, note="Ушли к родственнику")
    row = StatusChange.objects.get()
    assert (row.status, row.since, row.by) == ("ended", date(2026, 3, 10), cast.anna)
    fact = Fact.objects.get(kind="client.status")
    assert fact.payload == {"reason_code": "client_left"}
    assert "родственнику" not in str(vars(fact))


def test_an_end_without_a_reason_is_refused(cast, firm):
    with pytest.raises(BadInput) as problem:
        ended(cast, firm, reason_code="  ")
    assert problem.value.field == "reason_code"
    assert Client.objects.get().status == "client"


def test_a_status_ahead_waits_for_its_morning(cast, firm, freeze):
    ended(cast, firm, since=date(2026, 4, 1))
    assert Client.objects.get().status == "client"
    assert client_header(cast.anna, firm.pk).ahead[1] == date(2026, 4, 1)
    assert apply_waiting(date(2026, 3, 31)) == 0
    freeze("2026-04-01 00:02")
    assert apply_waiting(date(2026, 4, 1)) == 1
    assert Client.objects.get().status == "ended"
    assert Fact.objects.filter(kind="client.status").count() == 1
    assert client_header(cast.anna, firm.pk).ahead is None


def test_another_status_takes_the_place_of_the_one_that_waited(cast, firm):
    ended(cast, firm, since=date(2026, 4, 1))
    actions.set_status(by=cast.vera, client_id=firm.pk, version=2, status="paused")
    assert not StatusChange.objects.filter(waits=True).exists()
    assert Fact.objects.filter(kind="void").count() == 1
    assert Client.objects.get().status == "paused"


def test_a_status_that_waits_is_called_off(cast, firm):
    ended(cast, firm, since=date(2026, 4, 1))
    actions.cancel_status(by=cast.vera, client_id=firm.pk)
    assert apply_waiting(date(2026, 4, 1)) == 0
    assert Fact.objects.filter(kind="void").count() == 1


def test_a_status_begins_no_earlier_than_the_one_it_follows(cast, firm):
    actions.set_status(
        by=cast.anna, client_id=firm.pk, version=1, status="paused", since=date(2026, 3, 5)
    )
    with pytest.raises(BadInput) as problem:
        ended(cast, firm, version=2, since=date(2026, 3, 4))
    assert problem.value.field == "since"
    ended(cast, firm, version=2, since=date(2026, 3, 5))
    told = Fact.objects.filter(kind="client.status").order_by("pk")
    moments = list(told.values_list("valid_at", flat=True))
    assert moments == sorted(moments)


def test_the_second_of_two_is_told_what_the_first_changed(cast, firm):
    actions.set_status(by=cast.vera, client_id=firm.pk, version=1, status="paused")
    with pytest.raises(Conflict) as problem:
        ended(cast, firm)
    assert "«client» → «paused»" in str(problem.value.message)
    assert cast.vera.full_name in str(problem.value.message)


def test_nobody_ends_a_client_they_do_not_see(cast, firm):
    with pytest.raises(NotVisible):
        actions.set_status(by=cast.boris, client_id=firm.pk, version=1, status="paused")
