import pytest

from pult.regulation.escalation import escalate
from pult.regulation.evaluate.table import Mode
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import tell
from pult.regulation.timers import tick
from pult.web.pages.my_day.tests.world import build

pytestmark = pytest.mark.django_db


def test_an_overdue_row_comes_up_to_the_head_with_the_manager_s_name(
    cast, freeze, login, within_budget
):
    freeze("2026-05-05 12:00")
    world = build(cast, Mode.ESCALATING)
    freeze("2026-05-07 12:00")
    tick(sweep=sweep)
    assert escalate() > 0
    text = within_budget(login(cast.vera), "escalations", "/escalations/").text
    assert "Лесная мебель" in text
    assert f"ведёт {cast.anna.full_name}" in text
    assert world.forest.name in text


def test_visible_clauses_disturb_nobody(world, login, freeze):
    freeze("2026-05-07 12:00")
    tick(sweep=sweep)
    escalate()
    assert (
        "К вам ничего не поднялось" in login(world.cast.vera).get("/escalations/").content.decode()
    )


def test_an_overdue_row_is_on_the_head_s_page_before_any_notice_and_once_an_act(
    cast, freeze, login
):
    freeze("2026-05-05 12:00")
    world = build(cast, Mode.ESCALATING)
    tell("invoice.due", root=world.forest.pk, invoice=77, key="77", day="2026-04-20")
    freeze("2026-05-09 12:00")  # a holiday: nobody is disturbed
    tick(sweep=sweep)
    assert escalate() == 0
    text = login(cast.vera).get("/escalations/").content.decode()
    assert "Лесная мебель" in text
    assert text.count("Напомнить об оплате") == 1
