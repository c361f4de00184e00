"""A day nobody signed closes by itself late in the evening, whenever the worker gets to it."""

from datetime import date

import pytest

from pult.kernel.models import Job
from pult.people.actions import day as actions
from pult.people.actions import days_lapse
from pult.people.daily import _lapse
from pult.people.models import DayClose

pytestmark = pytest.mark.django_db


def test_a_run_made_up_for_at_night_closes_the_day_before_and_not_the_one_begun(cast, freeze):
    freeze("2026-03-03 04:20")
    _lapse(Job())
    assert set(DayClose.objects.values_list("day", flat=True)) == {date(2026, 3, 2)}
    freeze("2026-03-03 23:41")
    _lapse(Job())
    assert DayClose.objects.filter(day=date(2026, 3, 3)).count() == 2


def test_whoever_signs_while_others_are_closed_stops_nobody(cast, freeze, monkeypatch):
    """Борис signs between the look at the people and his own turn."""
    freeze("2026-03-03 23:41")
    day, look = date(2026, 3, 3), actions.left_for

    def meanwhile(user, *rest):
        if user == cast.anna:
            DayClose.objects.create(user=cast.boris, day=day, left=0)
        return look(user, *rest)

    monkeypatch.setattr(actions, "left_for", meanwhile)
    assert days_lapse([cast.anna, cast.boris], day) == 1
    assert DayClose.objects.filter(day=day).count() == 2
