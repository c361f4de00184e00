"""Forms of tasks: heads change them, version by version."""

import pytest

from pult.clients.tests.factories import make_client
from pult.kernel import clock
from pult.people.models import Department
from pult.work.actions import assign_task
from pult.work.models import TemplateEdition
from pult.work.queries import form_item
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


def sent(**more):
    return {
        "version": "0",
        "title": "Поиск",
        "about": "",
        "kind": "context",
        "hours": "12",
        "departments": ["context"],
        "is_active": "on",
        "code": ["campaign", "", ""],
        "label": ["Кампания", "Где", ""],
        "type": ["text", "choice", "text"],
        "answers": ["", "both = Везде\nТолько город", ""],
        "required": ["0"],
        "checklist": "Метки\n\nЦели",
        **more,
    }


def test_a_head_changes_a_form_and_tasks_keep_theirs(cast, pack, login, within_budget):
    task = make_task(make_client("Ромашка", am=cast.anna), cast.anna)
    egor = login(cast.egor)
    assert (
        "Изменение в контекстной рекламе" in within_budget(egor, "task_forms", "/tasks/forms/").text
    )
    assert 'value="campaign"' in within_budget(egor, "task_form", "/tasks/forms/context/").text
    assert egor.post("/tasks/forms/context/", sent()).status_code == 303
    form = form_item("context")
    assert (form.version, form.term, form.checklist) == (1, 720, ("Метки", "Цели"))
    assert [one.code for one in form.fields] == ["campaign", "field_2"]
    assert form.fields[1].options == (("both", "Везде"), ("Только город", "Только город"))
    assert "Цель и цена обращения" in login(cast.anna).get(f"/tasks/{task.pk}/").text


def test_the_answers_of_a_choice_are_kept_by_code(cast, pack, login):
    login(cast.egor).post("/tasks/forms/context/", sent())
    values = {"campaign": "Бренд", "field_2": "Везде"}
    task = make_task(make_client("Ромашка", am=cast.anna), cast.anna, values=values)
    assert task.values["field_2"] == "both"
    assert "Везде" in login(cast.anna).get(f"/tasks/{task.pk}/").text


def test_of_two_heads_the_slower_is_told_and_keeps_what_was_typed(cast, pack, login):
    egor = login(cast.egor)
    egor.post("/tasks/forms/context/", sent())
    answer = egor.post("/tasks/forms/context/", sent(title="Моя форма"))
    assert answer.status_code == 409
    assert 'value="Моя форма"' in answer.text
    assert TemplateEdition.objects.count() == 1


def test_a_new_form_gets_a_code_of_its_own(cast, pack, login):
    given = sent(title="Наружная реклама")
    del given["version"]
    assert login(cast.vera).post("/tasks/forms/new/", given).status_code == 303
    assert TemplateEdition.objects.get().code.startswith("own_")
    assert login(cast.anna).get("/tasks/forms/new/").status_code == 403
    assert login(cast.egor).get("/tasks/forms/nothing/").status_code == 404


def test_what_is_wrong_in_a_form_is_named(cast, pack, login):
    egor = login(cast.egor)
    assert egor.post("/tasks/forms/context/", sent(departments=[])).status_code == 422
    assert egor.post("/tasks/forms/context/", sent(hours="много")).status_code == 422
    assert egor.post("/tasks/forms/context/", sent(answers=["", "", ""])).status_code == 422


def test_a_department_nobody_has_said_how_to_ask_is_a_gap(cast, pack, login):
    egor = login(cast.egor)
    assert egor.get("/tasks/forms/").context["page"].undefined == ()
    put_away = sent(departments=["accounting"], is_active="")
    for form in ("invoice_docs", "appendix"):
        assert egor.post(f"/tasks/forms/{form}/", put_away).status_code == 303
    page = egor.get("/tasks/forms/")
    assert page.context["page"].undefined == (Department.Code.ACCOUNTING.label,)
    assert "Никто не сказал, что нужно этим отделам" in page.text


def test_a_checklist_goes_with_its_version_and_each_point_keeps_who_did_it_and_when(
    cast, pack, login, freeze
):
    freeze("2026-03-02 12:00")
    ivy = make_client("Ромашка", am=cast.anna)
    before = make_task(ivy, cast.anna)
    login(cast.egor).post("/tasks/forms/context/", sent())
    task = make_task(ivy, cast.anna, values={"campaign": "Бренд"})
    assert [one.text for one in task.checklist.all()] == ["Метки", "Цели"]
    assert not before.checklist.filter(text="Метки").exists()
    point = task.checklist.get(text="Цели")
    assign_task(by=cast.egor, task_id=task.pk, user_id=cast.darya.pk)
    ticked = {"item": point.pk, "done": "yes"}
    answer = login(cast.darya).post(f"/tasks/{task.pk}/acts/tick/", ticked)
    assert answer.status_code == 303
    point.refresh_from_db()
    assert (point.done_by, point.done_at) == (cast.darya, clock.now())
