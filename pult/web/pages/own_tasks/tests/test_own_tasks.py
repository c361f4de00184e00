"""Where a contractor comes in."""

import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_client
from pult.people.actions import hire
from pult.work.models import Task
from pult.work.tests.factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def nina(cast):
    """Нина runs ads as a contractor."""
    return hire(email="nina@agency.example", full_name="Нина", roles=["contractor"], by=None)


def test_a_contractor_comes_in_at_own_tasks_and_sees_nobody_else_s(
    cast, login, nina, within_budget
):
    forest = make_client("Лес", am=cast.anna)
    own = make_task(forest, cast.anna, title="Баннеры к маю")
    make_task(forest, cast.anna, title="Чужая задача")
    Task.objects.filter(pk=own.pk).update(assignee=nina)
    browser = login(nina)
    first = browser.get("/")
    assert (first.status_code, first["Location"]) == (302, reverse("own_tasks"))
    page = within_budget(browser, "own_tasks", reverse("own_tasks"))
    assert f'href="{reverse("task", args=[own.pk])}"' in page.text
    assert "Чужая задача" not in page.text
    assert 'id="palette"' not in page.text, "no search for whom it is shut"


def test_what_is_closed_moves_down_and_without_tasks_the_page_says_so(cast, login, nina):
    browser = login(nina)
    assert "Сейчас вас ни о чём не просят" in browser.get(reverse("own_tasks")).text
    own = make_task(make_client("Лес", am=cast.anna), cast.anna)
    at = own.created_at
    Task.objects.filter(pk=own.pk).update(assignee=nina, state="accepted", closed_at=at)
    shown = browser.get(reverse("own_tasks")).context["page"]
    assert (shown.going, [line.row.id for line in shown.closed]) == ((), [own.pk])
