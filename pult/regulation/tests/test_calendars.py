from datetime import date, time

import pytest

from pult.kernel.calendar import WorkHours, day_index
from pult.kernel.errors import BadInput, Refusal
from pult.kernel.models import Fact
from pult.regulation.calendar_edits import edit_calendar, sign_hours
from pult.regulation.calendars import current_calendar
from pult.regulation.evaluate.tests.shapes import REPLY as QUESTION
from pult.regulation.models import CalendarVersion, Obligation
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import install, tell
from pult.regulation.timers import tick

pytestmark = pytest.mark.django_db
EARLY = WorkHours(time(9), time(17), time(12), time(12, 30))
TODAY, TOMORROW = date(2026, 5, 5), date(2026, 5, 6)


@pytest.fixture
def sign(cast, freeze):
    """Hours signed by the head, of the agency unless said otherwise."""
    freeze("2026-05-05 12:00")

    def signed(**more) -> CalendarVersion:
        said = {"since": TOMORROW, "hours": EARLY, "reason": "летний график"}
        return sign_hours(**said | {"by": cast.vera, "role": "head"} | more)

    return signed


def hours_on(day: date, unit: str = "accounts") -> WorkHours:
    return current_calendar(unit).hours_on(day_index(day))


def test_hours_begin_on_their_day_and_not_before(sign):
    sign()
    assert (hours_on(TODAY), hours_on(TOMORROW)) == (WorkHours(), EARLY)
    assert Fact.objects.get(kind="calendar.hours").payload["start"] == "09:00"


def test_a_department_s_own_hours_win_over_the_agency_s_until_it_gives_them_up(sign):
    late = WorkHours(time(12), time(20), time(15), time(16))
    sign(unit="accounts", hours=late)
    sign()
    assert (hours_on(TOMORROW), hours_on(TOMORROW, "context")) == (late, EARLY)
    sign(unit="accounts", hours=None)
    assert hours_on(TOMORROW) == EARLY


def test_hours_are_signed_by_a_head_for_the_future_with_a_reason(sign):
    with pytest.raises(Refusal):
        sign(role="am")
    for wrong in ({"since": date(2026, 5, 4)}, {"reason": " "}, {"hours": None}):
        with pytest.raises(BadInput):
            sign(**wrong)
    assert not CalendarVersion.objects.exists()


def test_a_department_s_day_off_is_its_own_and_can_be_taken_back(sign, cast):
    said = {"day": TOMORROW, "reason": "выезд", "by": cast.vera, "role": "head"}
    edit_calendar(**said, kind="off", unit="accounts")
    day = day_index(TOMORROW)
    assert not current_calendar("accounts").is_workday(day)
    assert current_calendar("context").is_workday(day)
    edit_calendar(**said, kind="", unit="accounts")
    assert current_calendar("accounts").is_workday(day)


def question_asked(freeze) -> Obligation:
    freeze("2026-05-05 18:30")
    install(QUESTION)
    tell("question.asked", question=31)
    return Obligation.objects.get()


def test_new_hours_move_the_deadlines_ahead_of_them(sign, freeze):
    before = question_asked(freeze).due
    sign()
    tick(sweep=sweep)
    after = Obligation.objects.get()
    assert after.due == before - 120
    assert after.calendar_version == CalendarVersion.objects.get().number


def test_another_department_s_hours_move_no_deadline(sign, freeze):
    before = question_asked(freeze).due
    sign(unit="context")
    tick(sweep=sweep)
    assert Obligation.objects.get().due == before
