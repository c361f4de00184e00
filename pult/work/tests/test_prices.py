"""What a contractor's task costs, and acts of what was accepted."""

from datetime import date

import pytest

from pult.clients.tests.factories import make_client, make_own_entity
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.models import Fact
from pult.people.actions import hire
from pult.people.models import User
from pult.work.actions import accept_task, hand_in, make_act, prices, set_price, take_task
from pult.work.models import ContractorAct, Task, TaskPrice
from pult.work.queries import task_card
from pult.work.queries.prices import act_of, acts_of, contractors, own_prices, to_count
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db
MARCH = {"first": date(2026, 3, 1), "last": date(2026, 3, 31)}


@pytest.fixture
def nina(cast, freeze):
    freeze("2026-03-10 12:00")
    person = hire(
        email="nina@agency.example", full_name="Нина Липова", roles=["contractor"], by=None
    )
    return User.objects.get(pk=person.pk)


@pytest.fixture
def task(cast, nina):
    row = make_task(make_client("Лес", am=cast.anna), cast.anna)
    Task.objects.filter(pk=row.pk).update(assignee=nina)
    return row


def accepted(cast, nina, task):
    take_task(by=nina, task_id=task.pk)
    hand_in(by=nina, task_id=task.pk)
    accept_task(by=cast.anna, task_id=task.pk)


def counted(cast, nina, tasks, **more):
    told = {"entity_id": make_own_entity().pk, "task_ids": [one.pk for one in tasks], **MARCH}
    return make_act(by=cast.zhanna, contractor=nina, **{**told, **more})


def test_a_price_is_seen_by_the_contractor_and_whoever_answers_and_by_nobody_else(cast, nina, task):
    set_price(by=cast.anna, task_id=task.pk, amount=12_500_00, terms="Два макета")
    for reader in (nina, cast.anna, cast.egor, cast.vera):
        assert task_card(reader, task.pk).price == 12_500_00
    assert task_card(cast.darya, task.pk).price is None
    assert own_prices(nina) == {task.pk: 12_500_00}
    fact = Fact.objects.get(kind="task.price")
    assert (fact.value, fact.root_id) == (12_500_00, task.client_id)


def test_only_who_answers_agrees_on_the_price_of_a_contractors_work(cast, nina, task):
    for by in (nina, cast.darya):
        with pytest.raises(Refusal):
            set_price(by=by, task_id=task.pk, amount=1)
    with pytest.raises(NotVisible):
        set_price(by=cast.boris, task_id=task.pk, amount=1)
    with pytest.raises(BadInput):
        set_price(by=cast.anna, task_id=task.pk, amount=0)
    Task.objects.filter(pk=task.pk).update(assignee=cast.darya)
    with pytest.raises(Refusal):
        set_price(by=cast.anna, task_id=task.pk, amount=1)
    assert not TaskPrice.objects.exists()


def test_two_who_agree_on_a_price_lose_nothing_and_another_doer_has_none(cast, nina, task):
    set_price(by=cast.anna, task_id=task.pk, amount=100)
    set_price(by=cast.vera, task_id=task.pk, amount=200, version=1)
    with pytest.raises(Conflict):
        set_price(by=cast.anna, task_id=task.pk, amount=300, version=1)
    assert TaskPrice.objects.get().amount == 200
    Task.objects.filter(pk=task.pk).update(assignee=cast.darya)
    assert task_card(cast.anna, task.pk).price is None
    assert own_prices(nina) == {}


def test_an_act_counts_accepted_work_of_its_days_once(cast, nina, task):
    set_price(by=cast.anna, task_id=task.pk, amount=12_500_00)
    with pytest.raises(BadInput):
        counted(cast, nina, [task])  # not accepted yet
    accepted(cast, nina, task)
    assert [line.task_id for line in to_count(nina, **MARCH)] == [task.pk]
    act = counted(cast, nina, [task])
    assert (str(act), act.total) == ("1/2026", 12_500_00)
    assert [(one.title, one.amount) for one in act.lines.all()] == [("Новая кампания", 12_500_00)]
    assert to_count(nina, **MARCH) == ()
    with pytest.raises(BadInput):
        counted(cast, nina, [task])
    with pytest.raises(Refusal):
        set_price(by=cast.anna, task_id=task.pk, amount=1, version=1)
    (item,) = contractors()
    assert (item.name, item.waiting, item.acted) == ("Нина Липова", 0, 12_500_00)


def test_a_wrong_act_is_voided_by_another_and_never_edited(cast, nina, task):
    set_price(by=cast.anna, task_id=task.pk, amount=100)
    accepted(cast, nina, task)
    old = counted(cast, nina, [task])
    with pytest.raises(BadInput):
        counted(cast, nina, [task], replaces=old.pk)  # no reason
    new = counted(cast, nina, [task], replaces=old.pk, reason="Не то юрлицо")
    old.refresh_from_db()
    assert (old.voided_by, old.void_reason, old.total) == (new, "Не то юрлицо", 100)
    with pytest.raises(Refusal):
        counted(cast, nina, [task], replaces=old.pk, reason="Ещё раз")
    assert [one.replaced_by for one in acts_of(nina)] == ["", "2/2026"]
    assert ContractorAct.objects.filter(voided_by=None).count() == 1


def test_an_act_is_made_by_the_accountant_and_read_by_its_contractor(cast, nina, task):
    set_price(by=cast.anna, task_id=task.pk, amount=100)
    accepted(cast, nina, task)
    told = {"contractor": nina, "task_ids": [task.pk], "entity_id": make_own_entity().pk, **MARCH}
    for by in (cast.anna, nina, cast.egor):
        with pytest.raises(Refusal):
            make_act(by=by, **told)
    act = make_act(by=cast.vera, **told)
    assert act_of(nina, act.pk) == act
    assert act_of(cast.zhanna, act.pk) == act
    for stranger in (cast.anna, cast.darya):
        with pytest.raises(NotVisible):
            act_of(stranger, act.pk)


def test_days_of_an_act_run_forward_and_belong_to_it(cast, nina, task):
    set_price(by=cast.anna, task_id=task.pk, amount=100)
    accepted(cast, nina, task)
    for days in (
        {"first": date(2026, 3, 31), "last": date(2026, 3, 1)},
        {"first": date(2026, 2, 1), "last": date(2026, 2, 28)},
        {"first": date(1999, 1, 1), "last": date(2026, 3, 31)},
    ):
        with pytest.raises(BadInput):
            counted(cast, nina, [task], **days)
    assert not ContractorAct.objects.exists()


def test_a_price_waits_for_an_act_that_is_being_counted(cast, nina, task, monkeypatch):
    held, take = [], prices.acting

    def noted(*roots):
        held.append(roots)
        return take(*roots)

    monkeypatch.setattr(prices, "acting", noted)
    set_price(by=cast.anna, task_id=task.pk, amount=12_500_00)
    accepted(cast, nina, task)
    counted(cast, nina, [task])
    of_price, of_act = held
    assert set(of_price) & set(of_act) == {0}
