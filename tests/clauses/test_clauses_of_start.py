"""From the order of papers to the first launch: 5.5, 5.6, 8.1 and the expectations before it."""

from datetime import date

import pytest

from pult.clients.actions import add_contract, set_budget, set_trusted, start_line
from pult.clients.actions import first_call as calls
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.facts import standing
from pult.kernel.models import Fact
from pult.money.actions.deals import cancel_deal, edit_deal, make_deal
from pult.money.models import Deal
from pult.work.actions import (
    cancel_task,
    hand_in,
    repeat_task,
    restore_task,
    send_back,
    take_task,
)
from pult.work.models import Task
from pult.work.recurring import set_due
from pult.work.tests.factories import make_task
from tests.clauses.test_clauses_of_money import paid
from tests.clauses.test_clauses_of_work import LAUNCH

pytestmark = pytest.mark.django_db
PAPERS = {"payer": "ООО «Ромашка»", "period": "апрель", "total": 122_000_00, "budget": 90_000_00}
DEAL = {"number": "7", "total": 122_000_00, "ad_budget": 90_000_00, "tech_cost": 2_000_00}
PICTURE = {"goal": "Заявки", "days": 60, "cost": 90_000_00, "look": "Тридцать заявок в месяц"}


def order(scene, **more) -> Task:
    return make_task(
        scene.client,
        scene.cast.anna,
        template="appendix",
        values=PAPERS,
        line_id=scene.line.pk,
        **more,
    )


def launch(scene) -> Task:
    told = {"template": "launch", "line_id": scene.line.pk, "values": LAUNCH}
    return make_task(scene.client, scene.cast.anna, **told)


def agree(scene, *, answer: bool | None = True, **picture) -> None:
    """The first call's record, sent to the client and answered."""
    told = {"by": scene.cast.anna, "client_id": scene.client.pk}
    version = calls.open_call(**told).version
    version = calls.edit_call(**told, version=version, **PICTURE | picture).version
    if answer is not None:
        version = calls.send_summary(**told, version=version, text="Так?").version
        calls.note_answer(**told, version=version, confirmed=answer, proof="Письмо", on=None)


def test_papers_are_ordered_nine_working_days_before_the_money_ends_5_5(scene):
    scene.had(80_000_00, date(2026, 1, 1))
    scene.spend(date(2026, 3, 1))
    asked = dict.fromkeys(("5.3", "5.5"))
    for clause in asked:
        [(state, asked[clause])] = scene.rows(clause)
        assert state in ("open", "forecast", "overdue")
    assert asked["5.5"] < asked["5.3"]
    order(scene)
    assert scene.states("5.5") in (["met"], ["late"])
    assert scene.states("5.3") not in (["met"], ["late"])


def test_a_ready_appendix_asks_for_its_deal_within_a_working_day_5_6(scene):
    task = order(scene)
    assert task.department == "accounting"
    take_task(by=scene.cast.zhanna, task_id=task.pk)
    assert scene.states("5.6") == []
    hand_in(by=scene.cast.zhanna, task_id=task.pk)
    assert scene.rows("5.6") == [("open", date(2026, 3, 3))]
    make_deal(by=scene.cast.anna, client_id=scene.client.pk, task_id=task.pk, **DEAL)
    assert scene.states("5.6") == ["met"]
    assert Deal.objects.get().fee == 30_000_00


def test_an_appendix_handed_in_again_asks_for_no_second_deal_5_6(scene):
    task = order(scene)
    take_task(by=scene.cast.zhanna, task_id=task.pk)
    hand_in(by=scene.cast.zhanna, task_id=task.pk)
    send_back(by=scene.cast.anna, task_id=task.pk, reason="Не та сумма")
    hand_in(by=scene.cast.zhanna, task_id=task.pk)
    assert scene.states("5.6") == ["open"]


def test_a_deal_taken_back_is_asked_for_again_5_6(scene):
    task = order(scene)
    take_task(by=scene.cast.zhanna, task_id=task.pk)
    hand_in(by=scene.cast.zhanna, task_id=task.pk)
    told = {"by": scene.cast.anna, "client_id": scene.client.pk, "task_id": task.pk}
    deal = make_deal(**told, **DEAL)
    with pytest.raises(Refusal):
        make_deal(**told, **DEAL | {"number": "8"})
    cancel_deal(by=scene.cast.anna, deal_id=deal.pk)
    assert scene.states("5.6") == ["open"]
    scene.at("2026-03-05 12:00")
    make_deal(**told, **DEAL)
    assert scene.states("5.6") == ["late"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"tech_cost": 32_000_01}, "total"),
        ({"total": 0}, "total"),
        ({"number": " "}, "number"),
        ({"ad_budget": -1}, "ad_budget"),
    ],
)
def test_a_deal_that_cannot_be_is_refused(scene, wrong, field):
    with pytest.raises(BadInput) as problem:
        make_deal(by=scene.cast.anna, client_id=scene.client.pk, **DEAL | wrong)
    assert problem.value.field == field


def test_a_deal_is_corrected_and_its_number_is_the_clients_only_one(scene):
    told = {"by": scene.cast.anna, "client_id": scene.client.pk}
    first = make_deal(**told, **DEAL)
    with pytest.raises(BadInput):
        make_deal(**told, **DEAL)
    deal = edit_deal(by=scene.cast.zhanna, deal_id=first.pk, version=1, tech_cost=0)
    assert deal.fee == 32_000_00
    with pytest.raises(BadInput):
        edit_deal(by=scene.cast.anna, deal_id=first.pk, version=2, total=1)


def test_paid_work_is_prepared_within_four_working_hours_8_1(scene):
    agree(scene)
    paid(scene, scene.invoice())
    assert scene.states("8.1") == ["open"]
    task = launch(scene)
    assert task.assignee is None, "a department gets it, not a person"
    assert scene.states("8.1") == ["open"]
    take_task(by=scene.cast.darya, task_id=task.pk)
    assert scene.states("8.1") == ["met"]


def test_preparation_nobody_began_is_overdue_8_1(scene):
    paid(scene, scene.invoice())
    scene.at("2026-03-05 12:00")
    assert scene.states("8.1") == ["overdue"]
    start_line(by=scene.cast.anna, line_id=scene.line.pk)
    assert scene.states("8.1") == ["late"]


def test_a_line_that_runs_is_not_prepared_again_8_1(scene):
    paid(scene, scene.invoice())
    scene.at("2026-03-02 12:00")
    start_line(by=scene.cast.anna, line_id=scene.line.pk)
    scene.at("2026-03-10 12:00")
    paid(scene, scene.invoice(), number="2")
    assert scene.states("8.1") == ["met"]


@pytest.mark.parametrize(
    "told",
    [
        None,
        {"answer": None},
        {"answer": False},
        {"look": ""},
        {"days": None},
        {"cost": 1_000_00},
    ],
    ids=["nothing", "not asked", "denied", "no look", "no term", "beyond the plan"],
)
def test_a_launch_is_not_ordered_before_the_client_confirmed_the_picture_a1_28(scene, told):
    if told is not None:
        agree(scene, **told)
    with pytest.raises(Refusal) as refusal:
        launch(scene)
    assert refusal.value.clause == "П.28"
    assert not Task.objects.exists()


def test_a_confirmed_picture_opens_the_launch_and_another_one_shuts_it_a1_28(scene):
    agree(scene)
    launch(scene)
    assert scene.states("П.28") == ["allowed"]
    told = {"by": scene.cast.anna, "client_id": scene.client.pk}
    call = calls.open_call(**told)
    calls.edit_call(**told, version=call.version, days=90)
    with pytest.raises(Refusal) as refusal:
        launch(scene)
    assert refusal.value.clause == "П.28"
    call.refresh_from_db()
    assert (call.answer, call.proof) == ("", "")


def test_expectations_settled_with_the_client_open_the_launch_a1_28(scene):
    agree(scene, cost=1_000_00)
    told = {"by": scene.cast.anna, "client_id": scene.client.pk}
    version = calls.open_call(**told).version
    calls.settle_gaps(**told, version=version, note="Начнём с малого бюджета")
    launch(scene)
    assert scene.states("П.28") == ["allowed"]


def test_the_head_trusts_a_client_or_makes_an_exception_a1_28(scene):
    with pytest.raises(Refusal):
        launch(scene)
    set_trusted(
        by=scene.cast.vera,
        client_id=scene.client.pk,
        reason_code="history",
        limit=100_000_00,
        until=date(2026, 6, 1),
    )
    launch(scene)
    assert scene.states("П.28")[-1] == "allowed"


def test_no_series_nor_a_restored_task_orders_a_launch_round_the_expectations_a1_28(scene):
    agree(scene)
    task = launch(scene)
    told = {"basis": "calendar", "unit": "day", "first_on": date(2026, 3, 3)}
    series = repeat_task(by=scene.cast.anna, task_id=task.pk, **told)
    cancel_task(by=scene.cast.anna, task_id=task.pk, reason_code="client")
    agree(scene, answer=None, cost=95_000_00)
    with pytest.raises(Refusal) as refused:
        launch(scene)
    assert refused.value.clause == "П.28"
    with pytest.raises(Refusal) as refused:
        restore_task(by=scene.cast.anna, task_id=task.pk)
    assert refused.value.clause == "П.28"
    scene.at("2026-03-03 06:30")
    assert set_due(date(2026, 3, 3)).refused == (series.pk,)
    assert Fact.objects.filter(kind="prep.ordered").count() == 1
    agree(scene, cost=95_000_00)
    restore_task(by=scene.cast.anna, task_id=task.pk)
    assert set_due(date(2026, 3, 3)).set == 1


def test_expectations_are_weighed_anew_when_the_plan_or_a_contract_changes_a1_29(scene):
    agree(scene)
    launch(scene)
    told = {"by": scene.cast.anna, "line_id": scene.line.pk}
    set_budget(**told, monthly=200_000_00, since=date(2026, 3, 2))
    assert standing(scene.client.pk, "expectations.gap").state == "open"
    with pytest.raises(Refusal) as refused:
        launch(scene)
    assert refused.value.clause == "П.28"
    set_budget(**told, monthly=90_000_00, since=date(2026, 3, 2))
    assert standing(scene.client.pk, "expectations.gap").state == "none"
    add_contract(
        by=scene.cast.anna,
        client_id=scene.client.pk,
        number="7",
        signed_on=date(2026, 3, 2),
        ends_on=date(2026, 12, 31),
    )
    assert standing(scene.client.pk, "expectations.gap").state == "open"


def test_a_corrected_sum_stands_in_the_fact_of_the_deal_5_6(scene):
    task = order(scene)
    take_task(by=scene.cast.zhanna, task_id=task.pk)
    hand_in(by=scene.cast.zhanna, task_id=task.pk)
    told = {"by": scene.cast.anna, "client_id": scene.client.pk, "task_id": task.pk}
    deal = make_deal(**told, **DEAL)
    scene.at("2026-03-05 12:00")
    edit_deal(by=scene.cast.zhanna, deal_id=deal.pk, version=1, total=150_000_00)
    (fact,) = Fact.objects.filter(kind="deal.made", voided_by=None)
    assert (fact.value, fact.valid_at) == (150_000_00, deal.at)
    assert scene.states("5.6") == ["met"]
    cancel_deal(by=scene.cast.anna, deal_id=deal.pk)
    assert not Fact.objects.filter(kind="deal.made", voided_by=None).exists()
