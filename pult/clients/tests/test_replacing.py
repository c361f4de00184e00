"""A client asks for another manager; who suits a client."""

from datetime import date

import pytest

from pult.clients.access import holder
from pult.clients.actions.replacing import (
    ask_replacement,
    keep_manager,
    replace_manager,
    set_demand,
)
from pult.clients.models import Demand, Handover, ReplacementAsk
from pult.clients.queries.matching import matching_of, open_asks
from pult.clients.tests.factories import make_client
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.models import Fact
from pult.people.actions import set_client_limit, set_strengths

pytestmark = pytest.mark.django_db


@pytest.fixture
def forest(cast, freeze):
    freeze("2026-03-06 12:00")  # a Friday before a holiday on Monday
    return make_client("Лес", am=cast.anna)


def asked(cast, forest, **more):
    said = {"asked_by": "Алла Рожкова, владелец", "reason": "Не перезванивает", **more}
    return ask_replacement(by=cast.anna, client_id=forest.pk, **said)


def test_a_request_says_who_when_why_and_is_due_in_two_working_days(cast, forest):
    row = asked(cast, forest, proof="Письмо от 5 марта", asked_on=date(2026, 3, 5))
    assert (row.manager, row.due_on) == (cast.anna, date(2026, 3, 10))
    (told,) = open_asks()
    assert (told.client, told.asked_by, told.is_late) == ("Лес", "Алла Рожкова, владелец", False)
    fact = Fact.objects.get(kind="client.replacement")
    assert (fact.state, fact.root_id) == ("open", forest.pk)


def test_a_request_without_who_or_why_and_one_of_tomorrow_are_refused(cast, forest):
    for field, wrong in (
        ("asked_by", {"asked_by": " "}),
        ("reason", {"reason": "\u200b"}),
        ("asked_on", {"asked_on": date(2026, 3, 7)}),
    ):
        with pytest.raises(BadInput) as refused:
            asked(cast, forest, **wrong)
        assert refused.value.field == field
    asked(cast, forest)
    with pytest.raises(Refusal):
        asked(cast, forest)
    with pytest.raises(NotVisible):
        ask_replacement(by=cast.boris, client_id=forest.pk, asked_by="А", reason="Б")
    with pytest.raises(Refusal):
        ask_replacement(by=cast.darya, client_id=forest.pk, asked_by="А", reason="Б")


def test_another_manager_begins_the_handover_in_the_same_act(cast, forest):
    row = asked(cast, forest)
    replace_manager(by=cast.vera, ask_id=row.pk, receiver=cast.boris, reason="Клиент прав")
    begun = Handover.objects.get(client=forest)
    assert (begun.giver, begun.receiver, begun.batch.reason) == (cast.anna, cast.boris, "asked")
    (told,) = matching_of(cast.anna, forest.pk).asks
    assert (told.state, told.decision, told.handover_id) == ("replaced", "Клиент прав", begun.pk)
    assert holder(forest.pk, "am") == cast.anna, "she hands over first"
    states = Fact.objects.filter(kind="client.replacement").order_by("id")
    assert list(states.values_list("state", flat=True)) == ["open", "replaced"]


def test_a_handover_that_cannot_begin_decides_nothing(cast, forest):
    row = asked(cast, forest)
    for receiver in (cast.anna, cast.gleb):
        with pytest.raises(BadInput):
            replace_manager(by=cast.vera, ask_id=row.pk, receiver=receiver, reason="Да")
    set_client_limit(clients=0, by=cast.vera, user=cast.boris)
    with pytest.raises(Refusal):
        replace_manager(by=cast.vera, ask_id=row.pk, receiver=cast.boris, reason="Да")
    assert ReplacementAsk.objects.get().state == "open"
    assert not Handover.objects.exists()


def test_the_manager_stays_only_with_a_reason_and_with_what_the_client_was_told(cast, forest):
    row = asked(cast, forest)
    for said in ({"reason": "", "told": "Да"}, {"reason": "Да", "told": " "}):
        with pytest.raises(BadInput):
            keep_manager(by=cast.vera, ask_id=row.pk, **said)
    with pytest.raises(Refusal):
        keep_manager(by=cast.anna, ask_id=row.pk, reason="Сама", told="Сама")
    keep_manager(by=cast.vera, ask_id=row.pk, reason="Недоразумение", told="Звонок в девять")
    with pytest.raises(Refusal):
        keep_manager(by=cast.zakhar, ask_id=row.pk, reason="Ещё", told="Раз")
    assert open_asks() == ()
    asked(cast, forest, reason="Опять")
    assert ReplacementAsk.objects.count() == 2


def test_demands_stand_beside_strengths_and_room_and_nobody_is_chosen(cast, forest):
    set_demand(
        by=cast.anna, client_id=forest.pk, version=0, risk=1, creativity=3, strictness=3, note="Сам"
    )
    set_strengths(user=cast.boris, kinds=["creative", "order"], by=cast.vera)
    set_client_limit(clients=0, by=cast.vera, user=cast.boris)
    found = matching_of(cast.vera, forest.pk, with_managers=True)
    boris, anna = found.suitors
    assert boris.fit.answers == ("creativity", "strictness")
    assert (boris.fit.lacks, boris.is_full, boris.holds) == ((), True, False)
    assert anna.fit.lacks == ("creativity", "strictness")
    assert anna.holds
    assert holder(forest.pk, "am") == cast.anna


def test_two_who_say_what_a_client_demands_lose_nothing(cast, forest):
    said = {"risk": 2, "creativity": None, "strictness": None}
    set_demand(by=cast.anna, client_id=forest.pk, version=0, **said)
    set_demand(by=cast.vera, client_id=forest.pk, version=1, **{**said, "risk": 3})
    with pytest.raises(Conflict):
        set_demand(by=cast.anna, client_id=forest.pk, version=1, **said)
    with pytest.raises(BadInput):
        set_demand(by=cast.anna, client_id=forest.pk, version=2, **{**said, "risk": 7})
    row = Demand.objects.get()
    assert (row.risk, row.set_by) == (3, cast.vera)


def test_strengths_are_categories_a_head_names_of_managers_alone(cast):
    set_strengths(user=cast.anna, kinds=["bold"], by=cast.vera)
    set_strengths(user=cast.anna, kinds=["order"], by=cast.vera)
    assert [one.kind for one in cast.anna.strengths.all()] == ["order"]
    with pytest.raises(Refusal):
        set_strengths(user=cast.anna, kinds=["bold"], by=cast.anna)
    for user, kinds in ((cast.anna, ["health"]), (cast.gleb, ["bold"])):
        with pytest.raises(BadInput):
            set_strengths(user=user, kinds=kinds, by=cast.vera)


def test_a_save_that_changes_nothing_is_nobodys_word(cast, forest):
    said = {"risk": 2, "creativity": None, "strictness": None}
    set_demand(by=cast.anna, client_id=forest.pk, version=0, **said)
    set_demand(by=cast.vera, client_id=forest.pk, version=1, **said)
    assert Demand.objects.get().set_by == cast.anna
