from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from pult.kernel import clock
from pult.kernel.errors import BadInput
from pult.regulation.calendar_edits import edit_calendar
from pult.regulation.calendars import local_day
from pult.regulation.evaluate.table import State
from pult.regulation.evaluate.tests.shapes import LEAD as LEAD_WITH_FEED
from pult.regulation.evaluate.tests.shapes import REPLY
from pult.regulation.models import Obligation
from pult.regulation.parameters import sign_parameter
from pult.regulation.providers import Providers, provide
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import install, tell
from pult.regulation.timers import tick
from pult.regulation.whatif import preview, values_around
from pult.regulation.why import why

pytestmark = pytest.mark.django_db
LEAD = replace(LEAD_WITH_FEED, feed=None, feed_limit=None, role="am")


def test_the_panel_counts_the_days_back_through_the_may_holidays(freeze):
    freeze("2026-05-04 12:00")
    install(LEAD)
    fact = tell("line.funds_end", line=7, key="june", day="2026-05-18")
    row = Obligation.objects.get()
    told = why(row.pk)
    assert clock.to_minute(told.due) == row.due
    assert told.trigger.id == fact.pk
    assert told.number.value == 7
    assert told.number.since is None
    assert sum(day.counted for day in told.days) == 7
    holiday = next(day for day in told.days if day.date == date(2026, 5, 9))
    assert (holiday.counted, holiday.reason) == (False, "holiday")
    assert told.edition.clause == "5.3"
    assert told.sentence


def test_the_panel_names_who_signed_the_number_and_why_the_calendar_changed(freeze, cast):
    freeze("2026-05-04 12:00")
    install(LEAD)
    sign_parameter(
        name="invoice.lead",
        value=10,
        effective_from=date(2026, 5, 4),
        reason="платят долго",
        by=cast.vera,
        role="head",
    )
    tell("line.funds_end", line=7, key="june", day="2026-06-22")
    edit_calendar(
        day=date(2026, 6, 10), kind="off", reason="выездной день", by=cast.vera, role="head"
    )
    tick(sweep=sweep)
    row = Obligation.objects.get()
    told = why(row.pk)
    assert clock.to_minute(told.due) == row.due
    assert (told.number.value, told.number.reason) == (10, "платят долго")
    assert told.number.author == str(cast.vera)
    assert [(step.number, step.reason) for step in told.calendars] == [
        (0, ""),
        (1, "выездной день"),
    ]
    off = next(day for day in told.days if day.date == date(2026, 6, 10))
    assert (off.counted, off.reason, off.name) == (False, "decided", "выездной день")


def history(freeze) -> None:
    freeze("2026-03-02 12:00")
    install(LEAD, REPLY)
    for root in (1, 2, 3):
        tell("line.funds_end", root=root, line=root, key="march", day="2026-03-24")
    freeze("2026-03-12 12:00")
    tell("invoice.sent", root=1, line=1)
    freeze("2026-03-13 19:01")
    tick(sweep=sweep)


def test_the_curve_shows_the_present_number_and_what_a_greater_one_would_cost(freeze):
    history(freeze)
    assert Obligation.objects.filter(state=State.OVERDUE).count() == 2
    told = preview("5.3", "invoice.lead", 10)
    breaches = {point.value: point.breaches for point in told.points}
    assert told.current == 7
    assert breaches[7] == 2
    assert breaches[10] == 3
    assert breaches[0] == 0
    assert list(breaches.values()) == sorted(breaches.values())


def test_the_change_is_told_by_manager_and_by_the_rows_that_would_turn_overdue(freeze):
    freeze("2026-03-02 12:00")
    install(LEAD)
    for root in (1, 2):
        tell("line.funds_end", root=root, line=root, key="march", day="2026-03-24")
    freeze("2026-03-12 12:00")
    provide(holders=lambda role, at, roots: {1: 5, 2: 6})
    told = preview("5.3", "invoice.lead", 10)
    provide(holders=Providers().holders)
    assert {item.user_id: item.change.breaches_gained for item in told.managers} == {5: 1, 6: 1}
    assert [row.root_id for row in told.turned] == [1, 2]


def test_a_value_of_no_number_is_refused(freeze):
    freeze("2026-03-02 12:00")
    install(LEAD)
    with pytest.raises(BadInput):
        preview("5.3", "reply", 10)


@pytest.mark.parametrize(("current", "proposed"), [(7, 10), (0, 1), (25, 40), (1, 1)])
def test_the_curve_has_both_numbers_and_at_most_twenty_one_values(current, proposed):
    values = values_around(current, proposed)
    assert {0, current, proposed} <= set(values)
    assert len(values) <= 21
    assert values == sorted(values)


@pytest.mark.parametrize(
    ("current", "proposed"),
    [(8, 8), (8, 5), (8, 23), (23, 23), (25, 40), (60, 75), (7, 9999), (0, 0)],
)
def test_the_curve_goes_by_one_step_and_leaves_no_number_out(current, proposed):
    values = values_around(current, proposed)
    assert {current, proposed} <= set(values)
    assert len({after - before for before, after in pairwise(values)}) == 1
    if max(current, proposed) <= 20:
        assert values == list(range(21))


def test_what_happened_is_told_beside_what_the_number_in_force_would_have_done(freeze, cast):
    history(freeze)
    sign_parameter(
        name="invoice.lead",
        value=10,
        effective_from=date(2026, 3, 13),
        reason="платят долго",
        by=cast.vera,
        role="head",
    )
    freeze("2026-03-13 12:00")
    told = preview("5.3", "invoice.lead", 10)
    by_value = {point.value: point.breaches for point in told.points}
    assert told.current == 10
    assert told.happened == by_value[7] != by_value[10]
    assert local_day(told.since) >= date(2026, 2, 1)


def test_the_sums_by_manager_are_the_headline_and_none_at_the_number_in_force(freeze, cast):
    history(freeze)
    sign_parameter(
        name="invoice.lead",
        value=10,
        effective_from=date(2026, 3, 13),
        reason="платят долго",
        by=cast.vera,
        role="head",
    )
    assert preview("5.3", "invoice.lead", 10).managers == ()
    told = preview("5.3", "invoice.lead", 0)
    breaches = {point.value: point.breaches for point in told.points}
    changes = [item.change for item in told.managers]
    gained = sum(one.breaches_gained - one.breaches_lost for one in changes)
    assert gained == breaches[0] - breaches[10] != 0
    assert sum(item.rows for item in told.managers) == 3
