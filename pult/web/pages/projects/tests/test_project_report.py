"""The report of a project: works, hours, bounces and what the advertising brought (A2-04)."""

from datetime import date

import pytest

from pult.clients.tests.factories import make_assignment, make_client, make_line
from pult.money.models import SpendDay
from pult.work.actions import accept_task, hand_in, log_time, take_task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db
MARCH = "?from=2026-03-01&to=2026-03-31"


@pytest.fixture
def romashka(cast, pack, freeze):
    freeze("2026-03-02 12:00")
    client = make_client("Ромашка", am=cast.anna)
    make_assignment(client, cast.darya, "executor")
    return client


def worked(cast, freeze, client, title, *, days, done):
    """Дарья worked an hour at a task, and handed it in on a day."""
    task = make_task(client, cast.anna, title=title)
    take_task(by=cast.darya, task_id=task.pk)
    log_time(by=cast.darya, task_id=task.pk, minutes=65)
    if done:
        freeze(days)
        hand_in(by=cast.darya, task_id=task.pk)
        accept_task(by=cast.anna, task_id=task.pk)
    return task


@pytest.fixture
def task(cast, freeze, romashka):
    worked(cast, freeze, romashka, "Ещё делают", days="", done=False)
    line = make_line(romashka, "Поиск")
    for day, cost, leads in ((2, 1_000_00, 3), (3, 500_00, 2), (40, 9_000_00, 9)):
        when = date.fromordinal(date(2026, 3, 1).toordinal() + day - 1)
        SpendDay.objects.create(
            source="direct",
            campaign="1",
            day=when,
            line=line,
            cost=cost,
            conversions=leads,
            impressions=76_422,
        )
    return worked(cast, freeze, romashka, "Сдали", days="2026-03-05 12:00", done=True)


def test_a_report_tells_works_hours_and_what_the_lines_brought_a2_04(cast, login, task):
    anna = login(cast.anna)
    answer = anna.get(f"/projects/{task.project_id}/report/{MARCH}")
    page = answer.context["page"]
    assert [item.title for item in page.work.done] == ["Сдали"]
    assert [item.title for item in page.work.open] == ["Ещё делают"]
    assert (page.hours, page.work.in_time, page.work.bounces) == ("2:10", 1, 0)
    (line,) = page.lines
    assert (line.name, line.cost, line.leads, line.per_lead) == ("Поиск", 1_500_00, 5, 300_00)
    assert f'href="/tasks/{task.pk}/"' in answer.text
    assert "2:10" in answer.text
    assert "152 844" in answer.text.replace("\N{NO-BREAK SPACE}", " "), "read in groups of three"


def test_work_handed_in_after_its_deadline_is_late_for_good(cast, login, freeze, romashka):
    task = worked(cast, freeze, romashka, "Поздно", days="2026-03-27 12:00", done=True)
    page = login(cast.vera).get(f"/projects/{task.project_id}/report/{MARCH}").context["page"]
    assert [item.is_late for item in page.work.done] == [True]
    assert page.work.in_time == 0


def test_other_days_have_other_works(cast, login, task):
    anna = login(cast.anna)
    page = anna.get(f"/projects/{task.project_id}/report/?from=2026-04-01&to=2026-04-30")
    report = page.context["page"]
    assert (report.work.done, report.hours) == ((), "0:00")
    assert report.cost == 9_000_00


def test_a_report_is_downloaded_as_a_table_and_only_by_who_sees_it(cast, login, task):
    address = f"/projects/{task.project_id}/report"
    anna = login(cast.anna)
    text = anna.get(f"{address}.csv{MARCH}").content.decode()
    assert "Сдали" in text
    assert "1500" in text
    assert anna.get(f"{address}.xlsx{MARCH}").content.startswith(b"PK")
    assert anna.get(f"{address}.doc{MARCH}").status_code == 404
    assert login(cast.boris).get(f"{address}/{MARCH}").status_code == 404


def test_whoever_sees_the_task_alone_gets_no_figures_of_the_client(cast, login, task, romashka):
    romashka.assignments.filter(role="executor").delete()
    page = login(cast.darya).get(f"/projects/{task.project_id}/report/{MARCH}").context["page"]
    assert page.lines == ()
    assert page.work.done
