import pytest

from pult.regulation.escalation import escalate
from pult.regulation.evaluate.table import Mode
from pult.regulation.sweep import sweep
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
