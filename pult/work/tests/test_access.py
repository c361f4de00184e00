"""Who sees a task, and who may do what with it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pult.clients.access import client_for
from pult.clients.tests.factories import make_assignment, make_client, make_user
from pult.kernel import clock
from pult.kernel.errors import NotVisible, Refusal
from pult.people.models import Absence, Department
from pult.work import actions
from pult.work.access import clients_seen, leads, task_for, tasks_of
from pult.work.models import Task
from pult.work.queries import TaskFilters, lists, task_card, task_list
from pult.work.tests.factories import make_task

EVERYBODY = ("anna", "boris", "vera", "gleb", "darya", "egor", "zhanna", "zakhar")


def seen_by(cast, task):
    found = set()
    for name in EVERYBODY:
        person = getattr(cast, name)
        listed = tasks_of(person).filter(pk=task.pk).exists()
        rows = task_list(person, TaskFilters(view="all", state="open")).rows
        assert (task.pk in {row.id for row in rows}) == listed, name
        try:
            task_for(person, task.pk)
        except NotVisible:
            assert not listed, name
        else:
            assert listed, name
            found.add(name)
    return found


def test_the_department_the_manager_and_the_heads_see_a_task(cast, task):
    assert seen_by(cast, task) == {"anna", "vera", "darya", "egor", "zakhar"}


def test_a_task_of_another_department_is_not_the_specialists(cast, romashka):
    banner = make_task(romashka, cast.anna, "design")
    assert "darya" not in seen_by(cast, banner)
    actions.assign_task(by=cast.vera, task_id=banner.pk, user_id=cast.darya.pk)
    assert "darya" in seen_by(cast, banner)


def test_an_auditor_sees_a_task_and_changes_nothing(cast, task):
    actions.add_auditor(by=cast.anna, task_id=task.pk, user_id=cast.boris.pk)
    assert "boris" in seen_by(cast, task)
    for act, told in (
        ("take_task", {}),
        ("cancel_task", {"reason_code": "client"}),
        ("add_item", {"text": "Ещё"}),
        ("bounce_task", {"clause": "М4.0", "note": "Нет"}),
    ):
        with pytest.raises(Refusal):
            getattr(actions, act)(by=cast.boris, task_id=task.pk, **told)


def test_a_specialist_sees_the_task_and_not_the_clients_card(cast, task):
    assert task_card(cast.darya, task.pk).sees_client is False
    with pytest.raises(NotVisible):
        client_for(cast.darya, task.client_id)


def test_the_sums_of_a_form_are_read_by_its_department_and_not_by_onlookers(cast, romashka):
    values = {"campaign": "Поиск", "goal": "Заявки", "budget": 100_000_00}
    task = make_task(romashka, cast.anna, values=values)
    onlooker, freelancer = make_user("Илья Взор", "it"), make_user("Кира Вольная", "contractor")
    actions.add_auditor(by=cast.anna, task_id=task.pk, user_id=onlooker.pk)
    Task.objects.filter(pk=task.pk).update(assignee=freelancer)
    told = {
        who: {field.code: field for field in task_card(who, task.pk).fields}["budget"]
        for who in (cast.anna, cast.darya, cast.egor, onlooker, freelancer)
    }
    for who in (cast.anna, cast.darya, cast.egor):
        assert (told[who].value, told[who].is_hidden) == (100_000_00, False)
    for who in (onlooker, freelancer):
        assert (told[who].value, told[who].is_hidden) == (None, True)


def test_a_stand_in_accepts_for_an_absent_manager(cast, task):
    Absence.objects.create(
        user=cast.anna,
        category="leave",
        since=clock.now().date() - timedelta(days=1),
        until=clock.now().date() + timedelta(days=3),
        substitute=cast.boris,
    )
    assert clients_seen(cast.boris) == [task.client_id]
    actions.take_task(by=cast.darya, task_id=task.pk)
    actions.hand_in(by=cast.darya, task_id=task.pk)
    waiting = task_list(cast.boris, TaskFilters(view="accept"))
    assert [row.id for row in waiting.rows] == [task.pk]
    assert actions.accept_task(by=cast.boris, task_id=task.pk).state == "accepted"


def test_a_person_of_the_client_sees_no_task(cast, task):
    guest = make_user("Ирина Лес", "client")
    make_assignment(task.client, guest, "client")
    with pytest.raises(NotVisible):
        task_for(guest, task.pk)
    assert not tasks_of(guest).exists()


def test_a_number_that_is_no_task_is_not_found(cast):
    for pk in (1, 10**30):
        with pytest.raises(NotVisible):
            task_for(cast.vera, pk)


def test_a_project_is_controlled_by_its_manager_or_else_by_the_account_manager(cast, task):
    assert task_card(cast.anna, task.pk).controller.id == cast.anna.pk
    actions.edit_project(by=cast.anna, project_id=task.project_id, version=1, manager=cast.egor)
    assert task_card(cast.anna, task.pk).controller.id == cast.egor.pk


def test_production_is_led_by_its_heads_and_client_service_by_its_own(cast):
    web = make_user("Ия", "production_head")
    web.department = Department.objects.create(code="web")
    director = make_user("Олег", "production_director")
    assert [leads(web, code) for code in ("web", "context", "accounts")] == [True, False, False]
    assert [leads(director, code) for code in ("web", "context", "accounts")] == [True, True, False]
    assert [leads(cast.vera, code) for code in ("web", "accounts")] == [True, True]
    assert not leads(cast.anna, "context")


NOBODYS = [
    ("take_task", {}),
    ("hand_in", {}),
    ("accept_task", {}),
    ("send_back", {"reason": "Не то"}),
    ("cancel_task", {"reason_code": "client"}),
    ("restore_task", {}),
    ("assign_task", {"user_id": None}),
    ("bounce_task", {"clause": "М4.0", "note": "Нет"}),
    ("mend_task", {"version": 1}),
    ("edit_task", {"version": 1, "title": "Иначе"}),
    ("move_due", {"due": None, "reason_code": "load"}),
    ("ask_move", {"due": None, "reason_code": "load"}),
    ("set_flag", {"flag": "urgent", "on": True}),
    ("add_auditor", {"user_id": 1}),
    ("remove_auditor", {"user_id": 1}),
    ("add_item", {"text": "Ещё"}),
    ("set_dependencies", {"after_ids": []}),
    ("comment_task", {"text": "Слово"}),
    ("attach_file", {"name": "a.txt", "content": b"a"}),
    ("log_time", {"minutes": 5}),
    ("mark_read", {}),
    ("snooze_task", {"until": None}),
    ("repeat_task", {"basis": "calendar", "unit": "week"}),
]


@pytest.mark.parametrize(("act", "told"), NOBODYS, ids=[act for act, _told in NOBODYS])
def test_a_foreign_task_takes_no_act(cast, task, act, told):
    if "due" in told:
        told = {**told, "due": task.due + timedelta(days=1)}
    with pytest.raises(NotVisible):
        getattr(actions, act)(by=cast.boris, task_id=task.pk, **told)


def test_a_task_is_set_only_for_a_client_one_sees(cast):
    with pytest.raises(NotVisible):
        make_task(make_client("Василёк", am=cast.boris), cast.anna)


def test_a_manager_names_no_doer_in_production(cast, task):
    with pytest.raises(Refusal) as refusal:
        actions.assign_task(by=cast.anna, task_id=task.pk, user_id=cast.darya.pk)
    assert refusal.value.clause == "М4.0"


def test_client_service_hands_its_own_work_to_a_colleague(cast, romashka):
    wish = make_task(romashka, cast.anna, "wish")
    actions.assign_task(by=cast.anna, task_id=wish.pk, user_id=cast.boris.pk)
    assert "boris" in seen_by(cast, wish)


def test_only_the_head_judges_a_bounce_and_production_holds_the_talk(cast, task):
    row = actions.bounce_task(by=cast.darya, task_id=task.pk, clause="М4.0", note="Нет цели")
    with pytest.raises(Refusal):
        actions.call_unfounded(by=cast.anna, bounce_id=row.pk)
    with pytest.raises(Refusal):
        actions.hold_talk(by=cast.anna, bounce_id=row.pk, decision="Созвон")
    with pytest.raises(NotVisible):
        actions.call_unfounded(by=cast.boris, bounce_id=row.pk)


def test_forms_are_changed_by_heads(cast):
    told = {"title": "Иначе", "departments": ["context"], "kind": "context", "term": 480}
    with pytest.raises(Refusal):
        actions.edit_template(by=cast.anna, code="context", version=0, **told)
    row = actions.edit_template(by=cast.egor, code="context", version=0, **told)
    assert (row.version, row.title) == (1, "Иначе")


def test_a_list_of_what_one_sees_has_each_task_once_in_order_page_by_page(
    cast, romashka, monkeypatch
):
    monkeypatch.setattr(lists, "PAGE", 2)
    for number in range(5):  # Дарья sees each in several ways: her department's, her own
        due = clock.now() + timedelta(days=9 - number)
        task = make_task(romashka, cast.anna, title=f"{number}", due=due)
        if number % 2:
            actions.take_task(by=cast.darya, task_id=task.pk)
    for sort, wanted in (("due", "43210"), ("-due", "01234"), ("title", "01234")):
        filters = TaskFilters(view="all", state="open", sort=sort)
        pages = [task_list(cast.darya, replace(filters, page=n)) for n in (1, 2, 3)]
        assert {page.total for page in pages} == {5}
        assert "".join(row.title for page in pages for row in page.rows) == wanted
    sorted_by = ("client", "person", "state", "urgent", "created")
    for sort in (*sorted_by, *(f"-{sort}" for sort in sorted_by)):
        found = task_list(cast.darya, TaskFilters(view="all", state="open", sort=sort))
        assert len(found.rows) == 2
