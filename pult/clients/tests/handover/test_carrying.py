"""What whoever sold the client wrote is on the card of whoever runs it."""

import pytest

from pult.clients import actions
from pult.clients.actions import first_call
from pult.clients.actions import handover as acts
from pult.clients.models import Aim, Client
from pult.clients.tests.handover.conftest import BRIEF

pytestmark = pytest.mark.django_db
WISHES = "Отчёт в таблице, звонки после 11"


@pytest.fixture
def wished(sale):
    row = sale.ready()
    row = acts.edit_brief(by=sale.cast.gleb, handover_id=row.pk, version=row.version, wishes=WISHES)
    return acts.offer_handover(by=sale.cast.gleb, handover_id=row.pk)


def accept(sale, row):
    return acts.accept_handover(
        by=sale.cast.anna,
        handover_id=row.pk,
        version=row.version,
        checked_papers=True,
        checked_tools=True,
    )


def aims():
    return sorted(Aim.objects.values_list("kind", "text"))


def hold(sale, goal):
    client = sale.client.pk
    call = first_call.open_call(by=sale.cast.anna, client_id=client)
    call = first_call.edit_call(
        by=sale.cast.anna, client_id=client, version=call.version, goal=goal
    )
    first_call.hold_call(by=sale.cast.anna, client_id=client, version=call.version)


def test_an_accepted_brief_fills_what_the_card_does_not_know(sale, wished):
    accept(sale, wished)
    assert aims() == [("campaign", BRIEF["goals"]), ("need", WISHES)]
    assert Client.objects.get(pk=sale.client.pk).folder == BRIEF["folder"]


def test_what_the_card_knows_already_stays_as_it_is(sale, wished):
    for kind in ("long", "need"):
        actions.add_aim(by=sale.cast.vera, client_id=sale.client.pk, kind=kind, text="Своё")
    accept(sale, wished)
    assert aims() == [("long", "Своё"), ("need", "Своё")]


def test_the_first_call_says_the_goal_of_the_brief_better(sale, wished):
    accept(sale, wished)
    hold(sale, "60 заявок")
    assert aims() == [("campaign", "60 заявок"), ("need", WISHES)]


def test_a_goal_the_manager_wrote_is_not_replaced_by_the_call(sale, wished):
    accept(sale, wished)
    goal = Aim.objects.get(kind="campaign")
    actions.edit_aim(by=sale.cast.anna, aim_id=goal.pk, version=1, text="Свой сайт")
    hold(sale, "60 заявок")
    assert aims()[0] == ("campaign", "Свой сайт")
