"""What stands around a task: words, files, forms, projects, lists."""

from datetime import date, timedelta

import pytest

from pult.clients.actions import set_status
from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, NotVisible, Refusal
from pult.kernel.models import Fact
from pult.people.actions import hire, set_schedule, set_shift
from pult.work.access import task_for
from pult.work.actions import (
    bounce_task,
    call_unfounded,
    cancel_task,
    comment_task,
    edit_comment,
    edit_task,
    edit_template,
    end_project,
    erase_comment,
    mark_read,
    restore_task,
    snooze_task,
    take_task,
)
from pult.work.queries import (
    TaskFilters,
    board,
    bounce_tally,
    report,
    task_card,
    task_list,
    workload,
)
from pult.work.queries.report import work_report
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


def test_comments_are_mended_and_erased_by_who_wrote_them(cast, task):
    row = comment_task(by=cast.anna, task_id=task.pk, text="Срок?", attached=[("a.txt", b"a")])
    with pytest.raises(Refusal):
        edit_comment(by=cast.darya, comment_id=row.pk, version=1, text="Нет")
    edit_comment(by=cast.anna, comment_id=row.pk, version=1, text="Срок какой?")
    said = task_card(cast.darya, task.pk).comments[0]
    assert (said.text, said.is_new, [file.name for file in said.files]) == (
        "Срок какой?",
        True,
        ["a.txt"],
    )
    mark_read(by=cast.darya, task_id=task.pk)
    assert not task_card(cast.darya, task.pk).comments[0].is_new
    erase_comment(by=cast.vera, comment_id=row.pk)
    said = task_card(cast.darya, task.pk).comments[0]
    assert (said.text, said.is_erased, said.files) == ("", True, ())


def test_who_is_called_by_name_sees_the_task_from_then_on(cast, task):
    with pytest.raises(NotVisible):
        task_for(cast.boris, task.pk)
    comment_task(by=cast.anna, task_id=task.pk, text="Борис?", mention_ids=[cast.boris.pk])
    assert task_for(cast.boris, task.pk) == task


def test_facts_carry_no_words_of_people(cast, task):
    comment_task(by=cast.anna, task_id=task.pk, text="Секретное слово")
    bounce_task(by=cast.darya, task_id=task.pk, clause="М4.0", note="Секретное слово")
    told = str(list(Fact.objects.values_list("payload", "key", "state")))
    assert "Секретное" not in told
    assert task.title not in told


def test_a_new_version_of_a_form_leaves_older_tasks_as_they_are(cast, romashka, task):
    fields = [{"code": "why", "label": "Зачем", "type": "text", "required": True}]
    edit_template(
        by=cast.egor,
        code="context",
        version=0,
        title="Реклама",
        departments=["context"],
        kind="context",
        term=960,
        fields=fields,
    )
    with pytest.raises(BadInput):
        make_task(romashka, cast.anna)
    fresh = make_task(romashka, cast.anna, values={"why": "Акция"})
    assert fresh.template_version == 1
    assert task_card(cast.anna, task.pk).fields[0].code == "campaign"
    edit_task(by=cast.anna, task_id=task.pk, version=task.version, values={"goal": "Звонки"})
    with pytest.raises(Conflict):
        edit_template(
            by=cast.vera,
            code="context",
            version=0,
            title="Иначе",
            departments=["context"],
            kind="context",
            term=960,
        )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"campaign": "Поиск", "goal": "Заявки", "page": "example"}, "value_page"),
        ({"campaign": "Поиск", "goal": "Заявки", "budget": -1}, "value_budget"),
        ({"campaign": "x" * 5000, "goal": "Заявки"}, "value_campaign"),
    ],
)
def test_a_value_that_does_not_fit_names_its_field(cast, romashka, values, field):
    with pytest.raises(BadInput) as problem:
        make_task(romashka, cast.anna, values=values)
    assert problem.value.field == field


def test_a_project_with_open_tasks_does_not_end(cast, task):
    with pytest.raises(Refusal):
        end_project(by=cast.anna, project_id=task.project_id)
    cancel_task(by=cast.anna, task_id=task.pk, reason_code="client")
    assert end_project(by=cast.anna, project_id=task.project_id).ended_on
    with pytest.raises(Refusal):
        restore_task(by=cast.anna, task_id=task.pk)


def test_a_list_takes_six_queries_and_a_board_eight(cast, romashka, django_assert_max_num_queries):
    for _ in range(3):
        make_task(romashka, cast.anna)
    for person in (cast.anna, cast.vera, cast.darya, cast.egor):
        for view in ("mine", "queue", "set", "accept", "watch", "all"):
            with django_assert_max_num_queries(6):
                task_list(person, TaskFilters(view=view))
        with django_assert_max_num_queries(8):
            board(person, TaskFilters(view="all"))


def test_a_snoozed_task_is_out_of_ones_own_list_alone(cast, task):
    take_task(by=cast.darya, task_id=task.pk)
    snooze_task(by=cast.darya, task_id=task.pk, until=clock.now().date() + timedelta(days=2))
    assert task_list(cast.darya, TaskFilters()).total == 0
    assert task_list(cast.darya, TaskFilters(snoozed=True)).total == 1
    assert task_list(cast.anna, TaskFilters(view="set")).total == 1


def test_bounces_are_counted_by_clause_and_by_person(cast, romashka, task):
    first = bounce_task(by=cast.darya, task_id=task.pk, clause="М4.0", note="Нет цели")
    call_unfounded(by=cast.vera, bounce_id=first.pk)
    other = make_task(romashka, cast.anna)
    bounce_task(by=cast.darya, task_id=other.pk, clause="13.6", note="Нет причины")
    told = bounce_tally(cast.vera, clock.now() - timedelta(days=1))
    assert [(row.code, row.count, row.unfounded) for row in told.by_clause] == [
        ("13.6", 1, 0),
        ("М4.0", 1, 1),
    ]
    assert [(row.id, row.count) for row in told.by_author] == [(cast.anna.pk, 2)]
    assert [(row.id, row.unfounded) for row in told.by_bouncer] == [(cast.darya.pk, 1)]
    assert bounce_tally(cast.boris, clock.now() - timedelta(days=1)).by_clause == ()


def test_nothing_is_asked_for_a_client_who_has_left(cast, romashka):
    set_status(by=cast.vera, client_id=romashka.pk, version=1, status="ended", reason_code="client")
    with pytest.raises(Refusal):
        make_task(romashka, cast.anna)


def test_a_day_of_work_holds_ones_own_hours(cast, romashka, freeze):
    freeze("2026-03-02 12:00")
    monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)
    set_schedule(user=cast.darya, week=[(11 * 60, 15 * 60)] * 5 + [None, None], by=cast.egor)
    set_shift(user=cast.darya, day=tuesday, hours=None, by=cast.egor)
    hire(
        email="kira@agency.example",
        full_name="Кира Лисина",
        roles=["executor"],
        department=cast.darya.department,
        by=None,
    )
    rows = {row.name: row.days for row in workload(cast.egor, monday, 2)}
    assert [day.capacity for day in rows["Дарья Ершова"]] == [3 * 60, 0]  # less the lunch
    assert [day.capacity for day in rows["Кира Лисина"]] == [7 * 60, 7 * 60]


def test_a_report_longer_than_is_shown_says_that_it_counts_what_is_shown(
    cast, romashka, monkeypatch
):
    tasks = [make_task(romashka, cast.anna) for _n in range(3)]
    days = tasks[0].created_at.date(), tasks[0].created_at.date()
    whole = work_report(cast.anna, tasks[0].project_id, *days)
    assert (len(whole.open), whole.has_more) == (3, False)
    monkeypatch.setattr(report, "SHOWN", 2)
    cut = work_report(cast.anna, tasks[0].project_id, *days)
    assert (len(cut.open), cut.has_more) == (2, True)
