"""The first call: contacts first, six aims, the goal, the client's confirmation."""

from datetime import date

import pytest

from pult.clients.actions import first_call as acts
from pult.clients.models import Aim, Block, Contact, FirstCall
from pult.clients.queries.first_call import first_call
from pult.clients.tests.factories import make_line
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.models import Fact
from pult.regulation.actions import Target, waive

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(sale):
    sale.accepted()
    return acts.open_call(by=sale.cast.anna, client_id=sale.client.pk)


def edit(sale, call, **changes):
    return acts.edit_call(
        by=sale.cast.anna, client_id=sale.client.pk, version=call.version, **changes
    )


def hold(sale, call):
    return acts.hold_call(by=sale.cast.anna, client_id=sale.client.pk, version=call.version)


def newest(kind):
    return Fact.objects.filter(kind=kind).latest("pk")


def test_a_held_call_closes_3_1_and_teaches_the_card(sale, call):
    call = edit(sale, call, goal="60 заявок", about_product="Садовая мебель", aims=["meet"])
    call = hold(sale, call)
    assert sale.states("3.1") == ["met"]
    assert newest("first_call.held").payload == {"aims": ["meet"], "channel": "call"}
    assert Aim.objects.get(client=sale.client).text == "60 заявок"
    assert Block.objects.get(kind="product").text == "Садовая мебель"


def test_the_call_waits_for_complete_contacts_2_15(sale, call):
    Contact.objects.update(position="")
    call = edit(sale, call, goal="60 заявок")
    with pytest.raises(Refusal) as refusal:
        hold(sale, call)
    assert refusal.value.clause == "2.15"
    assert first_call(sale.cast.anna, sale.client.pk).lacking == (("Ирина Лес", ("position",)),)


def test_without_the_clients_goal_no_call_is_held_3_3(sale, call):
    with pytest.raises(Refusal) as refusal:
        hold(sale, call)
    assert refusal.value.clause == "3.3"
    assert FirstCall.objects.get().held_at is None


def test_even_an_exception_does_not_spare_the_goal(sale, call):
    target = Target("3.3", sale.client.pk, "client", sale.client.pk)
    waive(
        target=target,
        until=date(2026, 3, 6),
        reason="Клиент в дороге",
        by=sale.cast.vera,
        role="head",
    )
    with pytest.raises(BadInput):
        hold(sale, call)


def test_a_held_call_never_loses_its_goal(sale, call):
    call = hold(sale, edit(sale, call, goal="60 заявок"))
    with pytest.raises(Refusal):
        edit(sale, call, goal=" ")
    assert edit(sale, call, goal="80 заявок").goal == "80 заявок"


@pytest.mark.parametrize(
    "changes", [{"days": -1}, {"cost": 0}, {"aims": ["fly"]}, {"channel": "pigeon"}]
)
def test_what_cannot_be_is_refused(sale, call, changes):
    with pytest.raises(BadInput):
        edit(sale, call, **changes)


def test_expectations_beyond_the_plan_raise_a_flag_until_they_are_settled(sale, call):
    make_line(sale.client, period_to=date(2026, 8, 29))
    call = edit(sale, call, goal="60 заявок", days=90, cost=50_000_00)
    assert newest("expectations.gap").state == "open"
    assert newest("expectations.gap").payload == {"gaps": ["term", "cost"]}
    settle = {"by": sale.cast.anna, "client_id": sale.client.pk, "version": call.version}
    with pytest.raises(BadInput):
        acts.settle_gaps(note=" ", **settle)
    call = acts.settle_gaps(note="Показали расчёт: срок полгода", **settle)
    assert newest("expectations.gap").state == "settled"
    edit(sale, call, days=365, cost=200_000_00)
    assert newest("expectations.gap").state == "none"


def test_the_client_confirms_what_was_sent(sale, call):
    call = edit(sale, call, goal="60 заявок")
    act = {"by": sale.cast.anna, "client_id": sale.client.pk}
    word = {"confirmed": True, "proof": "Письмо", "on": None}
    with pytest.raises(Refusal):
        acts.note_answer(version=call.version, **word, **act)
    call = acts.send_summary(version=call.version, text="60 заявок за 90 дней", **act)
    assert newest("client.goal_confirmed").state == "asked"
    with pytest.raises(BadInput):
        acts.note_answer(version=call.version, **{**word, "proof": ""}, **act)
    ahead = {**word, "on": date(2026, 4, 1)}
    with pytest.raises(BadInput):
        acts.note_answer(version=call.version, **ahead, **act)
    call = acts.note_answer(version=call.version, **word, **act)
    assert (call.answer, call.answered_on) == ("yes", date(2026, 3, 2))
    assert newest("client.goal_confirmed").state == "yes"


def test_two_people_at_one_call_are_told_who_wrote_what(sale, call):
    edit(sale, call, goal="60 заявок")
    with pytest.raises(Conflict) as conflict:
        acts.edit_call(by=sale.cast.vera, client_id=sale.client.pk, version=1, goal="Имидж")
    assert "Анна" in str(conflict.value)
    assert FirstCall.objects.get().goal == "60 заявок"


def test_strangers_neither_see_nor_hold_the_call(sale, call):
    act = {"client_id": sale.client.pk, "version": 1}
    with pytest.raises(NotVisible):
        acts.hold_call(by=sale.cast.boris, **act)
    for person in (sale.cast.darya, sale.cast.gleb):
        with pytest.raises(Refusal):
            acts.hold_call(by=person, **act)


def test_facts_of_the_call_hold_no_words(sale, call):
    hold(sale, edit(sale, call, goal="60 заявок", look="Тёплый сайт"))
    told = str(list(Fact.objects.values_list("payload", flat=True)))
    assert "заявок" not in told
    assert "Тёплый" not in told


def test_no_call_before_the_project_is_accepted(sale):
    row = sale.offered()
    with pytest.raises(Refusal) as refusal:
        acts.open_call(by=sale.cast.anna, client_id=sale.client.pk)
    assert [(way.page, way.ids) for way in refusal.value.ways] == [("handover", (row.pk,))]
    card = first_call(sale.cast.anna, sale.client.pk)
    assert (card.may, card.waits_for) == (False, row.pk)


def test_what_the_seller_wrote_stands_as_a_proposal_of_the_goal(sale):
    sale.accepted()
    card = first_call(sale.cast.anna, sale.client.pk)
    assert card.goal == "Заявки на садовую мебель"
    assert (card.may, card.waits_for) == (True, None)


def test_a_call_refused_for_contacts_names_who_lacks_what_and_leads_there(sale, call):
    Contact.objects.update(position="")
    call = edit(sale, call, goal="60 заявок")
    with pytest.raises(Refusal) as refusal:
        hold(sale, call)
    contact = Contact.objects.get()
    assert "Ирина Лес: должность" in refusal.value.cure
    ways = [(way.page, way.ids) for way in refusal.value.ways]
    assert ways == [("client_person", (sale.client.pk, contact.pk))]
    assert refusal.value.who == ""
