"""What is known of a client: blocks with their day, solvency, plans, character."""

from datetime import date

import pytest

from pult.clients import actions
from pult.clients.models import Block, Plan, Trait
from pult.clients.queries import client_profile, current_plans
from pult.clients.tests.factories import make_assignment, make_client, make_contact
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(cast, freeze):
    freeze("2026-03-10 12:00")
    return make_client(am=cast.anna)


def written(profile, kind):
    return next(block for block in profile.blocks if block.kind == kind)


def test_a_block_keeps_who_made_sure_of_it_and_when(cast, firm, freeze):
    told = {"client_id": firm.pk, "kind": "market"}
    actions.write_block(by=cast.anna, version=0, text="Три сети в городе", **told)
    freeze("2026-09-01 12:00")
    actions.confirm_block(by=cast.vera, version=1, **told)
    block = written(client_profile(cast.anna, firm.pk), "market")
    assert (block.text, block.confirmed_on) == ("Три сети в городе", date(2026, 9, 1))
    assert block.confirmed_by == cast.vera.full_name
    assert Fact.objects.get(kind="client.confirmed").payload == {"fields": ["market"]}


def test_nothing_is_confirmed_before_it_is_written(cast, firm):
    with pytest.raises(BadInput):
        actions.confirm_block(by=cast.anna, client_id=firm.pk, kind="market", version=0)
    with pytest.raises(BadInput):
        actions.write_block(by=cast.anna, client_id=firm.pk, kind="gossip", version=0, text="Х")


def test_two_who_write_one_block_lose_nothing(cast, firm):
    told = {"client_id": firm.pk, "kind": "product"}
    actions.write_block(by=cast.anna, version=0, text="Окна", **told)
    with pytest.raises(Conflict):
        actions.write_block(by=cast.vera, version=0, text="Двери", **told)
    assert Block.objects.get().text == "Окна"


def test_solvency_is_for_those_who_may_judge_it(cast, firm, freeze):
    make_assignment(firm, cast.darya, "executor")
    make_assignment(firm, cast.gleb, "sales")
    actions.judge_solvency(by=cast.zhanna, client_id=firm.pk, grade="weak", figures="Долг 90 дней")
    assert client_profile(cast.anna, firm.pk).solvency[0].grade == "weak"
    assert client_profile(cast.darya, firm.pk).solvency is None
    assert client_profile(cast.gleb, firm.pk).solvency is None
    with pytest.raises(Refusal):
        actions.judge_solvency(by=cast.gleb, client_id=firm.pk, grade="good")
    freeze("2026-09-10 12:00")
    assert client_profile(cast.anna, firm.pk).solvency[0].is_old


def test_habits_and_plans_are_hidden_from_a_specialist(cast, firm):
    make_assignment(firm, cast.darya, "executor")
    seen = client_profile(cast.darya, firm.pk)
    assert {block.kind for block in seen.blocks}.isdisjoint({"payment", "documents"})
    assert seen.plans is None


def test_a_new_plan_takes_the_place_of_the_one_before(cast, firm):
    told = {"client_id": firm.pk, "kind": "account", "review_on": date(2026, 6, 1)}
    old = actions.make_plan(by=cast.anna, text="Первый", **told)
    actions.add_step(by=cast.anna, plan_id=old.pk, text="Встреча", due_on=date(2026, 3, 9))
    assert current_plans(firm.pk)["account"].steps[0].is_late
    actions.make_plan(by=cast.anna, text="Второй", **told)
    assert current_plans(firm.pk)["account"].text == "Второй"
    assert Plan.objects.get(pk=old.pk).closed_on == date(2026, 3, 10)
    with pytest.raises(Refusal):
        actions.edit_plan(by=cast.anna, plan_id=old.pk, version=1, text="Х")


def test_a_step_is_done_once_and_can_be_undone(cast, firm):
    plan = actions.make_plan(
        by=cast.anna, client_id=firm.pk, kind="relation", text="Дружба", review_on=date(2026, 6, 1)
    )
    step = actions.add_step(by=cast.anna, plan_id=plan.pk, text="Обед", due_on=date(2026, 4, 1))
    actions.finish_step(by=cast.anna, step_id=step.pk)
    actions.finish_step(by=cast.vera, step_id=step.pk)
    assert Fact.objects.filter(kind="account_plan.step").count() == 2
    actions.finish_step(by=cast.anna, step_id=step.pk, is_done=False)
    assert current_plans(firm.pk)["relation"].steps[0].done_on is None
    with pytest.raises(NotVisible):
        actions.finish_step(by=cast.boris, step_id=step.pk)


def test_a_trait_has_its_purpose_or_is_not_kept(cast, firm):
    contact = make_contact(firm)
    told = {"by": cast.anna, "contact_id": contact.pk}
    with pytest.raises(BadInput) as problem:
        actions.note_trait(kind="health", text="Болеет", **told)
    assert problem.value.field == "kind"
    trait = actions.note_trait(kind="reach", text="После обеда", **told)
    with pytest.raises(NotVisible):
        actions.drop_trait(by=cast.boris, trait_id=trait.pk)
    actions.drop_trait(by=cast.vera, trait_id=trait.pk)
    assert not Trait.objects.exists()


def test_the_character_of_a_person_finds_nobody(cast, firm):
    from pult.clients.indexing import index_client
    from pult.kernel.search import search

    contact = make_contact(firm)
    actions.note_trait(
        by=cast.anna, contact_id=contact.pk, kind="interest", text="коллекционирует дирижабли"
    )
    index_client(firm)
    assert search("дирижабли") == []
    assert search("Ромашка") != []
