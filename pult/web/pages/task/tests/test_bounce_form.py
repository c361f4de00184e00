"""The form by which a doer gives a task back."""

import pytest

from pult.clients.tests.factories import make_client
from pult.ui import formats
from pult.work.models import Bounce, Task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(cast, pack):
    return make_task(make_client("Ромашка", am=cast.anna), cast.anna, "optimisation")


def form_of(login, cast, task):
    return login(cast.darya).get(f"/tasks/{task.pk}/").context["page"].bounce


def test_the_likely_clauses_of_the_form_stand_first_and_the_rest_are_looked_for(cast, login, task):
    form = form_of(login, cast, task)
    likely = [code for code, _title in form.likely]
    assert likely[0] == "М4.0"
    assert "9.7" in likely
    assert len(likely) < 10
    others = {code for code, _title in form.others}
    assert "10.1" in others
    assert not others & set(likely)


def test_what_the_request_left_empty_is_ticked_already(cast, login, task):
    Task.objects.filter(pk=task.pk).update(measure="", values={"campaign": "Поиск"})
    ticked = {one.code for one in form_of(login, cast, task).missing if one.is_ticked}
    assert "measure" in ticked
    assert "problem" in ticked
    assert not {"campaign", "title", "plan_cost"} & ticked


@pytest.mark.parametrize("typed", ["10.1", "10.1 Отчёт", "отчёт по договорённости"])
def test_a_clause_that_was_looked_for_goes_before_the_choice(cast, login, task, typed):
    sent = {"version": task.version, "clause": "М4.0", "other": typed, "note": "Не тот отчёт"}
    answer = login(cast.darya).post(f"/tasks/{task.pk}/acts/bounce/", sent)
    assert answer.status_code == 303
    assert Bounce.objects.get().clause == "10.1"


def test_a_refused_bounce_keeps_its_ticks(cast, login, task):
    sent = {"version": task.version, "clause": "9.7", "other": "нет такого", "field": ["due"]}
    answer = login(cast.darya).post(f"/tasks/{task.pk}/acts/bounce/", sent)
    assert answer.status_code == 422
    form = answer.context["page"].bounce
    assert (form.clause, form.other) == ("9.7", "нет такого")
    assert [one.code for one in (*form.missing, *form.unclear) if one.is_ticked] == ["due"]


def test_what_is_filled_in_is_never_called_missing_and_its_sums_are_read(cast, login, task):
    values = {"campaign": "Поиск", "problem": "Дорого", "plan_cost": 40_000_50}
    Task.objects.filter(pk=task.pk).update(values=values)
    page = login(cast.darya).get(f"/tasks/{task.pk}/")
    form = page.context["page"].bounce
    assert [one.code for one in form.missing] == ["actual_cost"]
    assert {"plan_cost", "campaign", "title"} <= {one.code for one in form.unclear}
    assert formats.money(40_000_50) in page.text


def test_marks_are_switches_that_say_whether_they_are_on(cast, login, task):
    Task.objects.filter(pk=task.pk).update(urgent=True)
    text = login(cast.anna).get(f"/tasks/{task.pk}/").text
    assert text.count('role="switch"') == 4
    assert text.count('aria-checked="true"') == 1
