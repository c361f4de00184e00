"""Goals, needs and wishes: noted, said better, settled, opened again."""

from datetime import date

import pytest

from pult.clients import actions
from pult.clients.models import Aim, FieldChange
from pult.clients.queries import client_aims, client_goals
from pult.clients.tests.factories import make_client
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(cast, freeze):
    freeze("2026-03-10 12:00")
    return make_client(am=cast.anna)


def wish(cast, firm, **told):
    told = {"kind": "wish", "text": "Отчёт на двух страницах", "due_on": date(2026, 3, 20), **told}
    return actions.add_aim(by=cast.anna, client_id=firm.pk, **told)


def test_a_goal_is_dated_and_found_by_whoever_proposes(cast, firm):
    goal = actions.add_aim(
        by=cast.anna, client_id=firm.pk, kind="campaign", text="200 заявок", due_on=date(2026, 6, 1)
    )
    wish(cast, firm)
    assert [(g.id, g.set_on) for g in client_goals(cast.anna, firm.pk)] == [
        (goal.pk, date(2026, 3, 10))
    ]
    fact = Fact.objects.get(kind="goal.noted")
    assert (fact.refs, fact.day) == ({"client": firm.pk, "aim": goal.pk}, date(2026, 6, 1))


def test_a_wish_needs_its_day_and_words(cast, firm):
    with pytest.raises(BadInput) as problem:
        wish(cast, firm, due_on=None)
    assert problem.value.field == "due_on"
    with pytest.raises(BadInput) as problem:
        wish(cast, firm, text=" ")
    assert problem.value.field == "text"
    with pytest.raises(BadInput):
        wish(cast, firm, due_on=date(2026, 3, 9))
    assert not Aim.objects.exists()


def test_a_wish_past_its_day_is_late_until_it_is_settled(cast, firm, freeze):
    aim = wish(cast, firm)
    freeze("2026-03-21 12:00")
    assert client_aims(cast.anna, firm.pk)[0].is_late
    actions.close_aim(by=cast.anna, aim_id=aim.pk, version=1, state="done", resolution="Сделали")
    assert not client_aims(cast.anna, firm.pk)[0].is_late
    assert Fact.objects.get(kind="wish.closed").payload == {"outcome": "done"}


def test_what_was_settled_by_mistake_is_open_again_and_its_fact_is_taken_back(cast, firm):
    aim = wish(cast, firm)
    actions.close_aim(by=cast.anna, aim_id=aim.pk, version=1, state="dropped", resolution="Нет")
    actions.reopen_aim(by=cast.anna, aim_id=aim.pk, version=2)
    aim.refresh_from_db()
    assert (aim.state, aim.closed_on, aim.resolution) == ("open", None, "")
    assert Fact.objects.filter(kind="void").count() == 1
    assert FieldChange.objects.filter(field="resolution", old="Нет").exists()


def test_a_settled_aim_is_not_edited_and_needs_its_resolution(cast, firm):
    aim = wish(cast, firm)
    with pytest.raises(BadInput):
        actions.close_aim(by=cast.anna, aim_id=aim.pk, version=1, state="done", resolution=" ")
    actions.close_aim(by=cast.anna, aim_id=aim.pk, version=1, state="done", resolution="Да")
    with pytest.raises(Refusal):
        actions.edit_aim(by=cast.anna, aim_id=aim.pk, version=2, text="Другое")


def test_a_wish_does_not_lose_its_day_by_an_edit(cast, firm):
    aim = wish(cast, firm)
    with pytest.raises(BadInput):
        actions.edit_aim(by=cast.anna, aim_id=aim.pk, version=1, due_on=None)
    actions.edit_aim(by=cast.anna, aim_id=aim.pk, version=1, due_on=date(2026, 3, 25))
    days = [fact.day for fact in Fact.objects.filter(kind="wish.noted").order_by("pk")]
    assert days == [date(2026, 3, 20), date(2026, 3, 25)]


def test_two_who_edit_a_goal_lose_nothing(cast, firm):
    aim = wish(cast, firm)
    actions.edit_aim(by=cast.vera, aim_id=aim.pk, version=1, text="Отчёт на странице")
    with pytest.raises(Conflict) as problem:
        actions.edit_aim(by=cast.anna, aim_id=aim.pk, version=1, text="Отчёт")
    assert "Отчёт на странице" in str(problem.value.message)


def test_a_foreign_aim_does_not_exist_and_an_executor_notes_none(cast, firm):
    aim = wish(cast, firm)
    with pytest.raises(NotVisible):
        actions.edit_aim(by=cast.boris, aim_id=aim.pk, version=1, text="Х")
    with pytest.raises(Refusal):
        actions.add_aim(by=cast.darya, client_id=firm.pk, kind="need", text="Х")
