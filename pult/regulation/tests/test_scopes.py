from datetime import date

import pytest

from pult.kernel.errors import BadInput, Refusal
from pult.regulation.evaluate.tests.shapes import REPLY
from pult.regulation.models import Obligation
from pult.regulation.parameters import (
    BOUNDS,
    amounts,
    in_force,
    number,
    sign_parameter,
    withdraw,
)
from pult.regulation.retro import retro_changes
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import install, tell
from pult.regulation.timers import tick

pytestmark = pytest.mark.django_db
CLIENT = ("client", 1)
TODAY, TOMORROW = date(2026, 5, 5), date(2026, 5, 6)


@pytest.fixture
def sign(cast, freeze):
    """A number of hours to answer in, signed by the head; the card itself says two."""
    freeze("2026-05-05 11:00")
    install(REPLY)

    def signed(value, day=TODAY, scope=("agency", 0), **more):
        said = {"name": "reply", "value": value, "effective_from": day, "scope": scope}
        signer = {"by": cast.vera, "role": "head", **more}
        return sign_parameter(**said, reason="проба", **signer)

    return signed


def hours_given(question: int) -> int:
    """Business hours between a question asked at eleven and its deadline."""
    tick(sweep=sweep)
    tell("question.asked", question=question)
    row = Obligation.objects.get(row_key=Obligation.objects.latest("id").row_key)
    return (row.due - row.opened_at) // 60


def test_a_client_s_number_that_is_taken_back_leaves_the_agency_s(sign, cast, freeze):
    sign(1)
    own = sign(3, TOMORROW, CLIENT)
    withdraw(value_id=own.pk, reason="рано", by=cast.vera, role="head")
    freeze("2026-05-06 11:00")
    assert hours_given(31) == 1


def test_what_the_scope_had_before_stays_when_a_later_number_is_taken_back(sign, cast, freeze):
    sign(1, scope=CLIENT)
    own = sign(4, TOMORROW, CLIENT)
    withdraw(value_id=own.pk, reason="рано", by=cast.vera, role="head")
    freeze("2026-05-06 11:00")
    assert hours_given(31) == 1


def test_a_client_follows_the_agency_again_and_its_later_changes(sign, freeze):
    sign(1, scope=CLIENT)
    sign(None, TOMORROW, CLIENT)
    sign(3, date(2026, 5, 7))
    assert hours_given(31) == 1
    freeze("2026-05-06 11:00")
    assert hours_given(32) == 2
    freeze("2026-05-07 11:00")
    assert hours_given(33) == 4  # lunch lies between
    assert sweep().drift == 0


def test_the_agency_follows_the_card_again(sign, freeze):
    sign(1)
    sign(None, TOMORROW)
    freeze("2026-05-06 11:00")
    assert hours_given(31) == 2
    value = next(item for item in in_force() if item.name == "reply")
    assert (value.value, value.since) == (2, None)
    assert number("reply", 5) == 5


def test_the_same_number_is_not_signed_twice_for_one_scope_and_day(sign):
    sign(3)
    with pytest.raises(Refusal) as refused:
        sign(3)
    assert refused.value.as_dict()["cure"]
    sign(3, scope=CLIENT)
    sign(3, day=TOMORROW)
    back = sign(4)
    assert sign(3).pk > back.pk  # the newest word about a day was another


def test_a_scope_without_a_subject_is_refused(sign):
    for wrong in (("client", 0), ("agency", 7), ("galaxy", 1)):
        with pytest.raises(BadInput):
            sign(1, scope=wrong)


def test_the_preview_of_a_decision_about_the_past_is_what_then_happens(sign, freeze):
    tell("question.asked", question=31)
    freeze("2026-05-06 12:00")
    tell("question.answered", question=31, at="2026-05-05 12:30")
    tick(sweep=sweep)
    told = retro_changes(name="reply", value=1, effective_from=TODAY)
    assert (told.rows, told.appear) == (1, 0)
    assert retro_changes(name="reply", value=1, effective_from=TODAY, scope=("client", 2)).rows == 0
    sign(1, retro=True)
    tick(sweep=sweep)
    row = Obligation.objects.get()
    (changed,) = told.changed
    assert (row.state, row.due) == (changed.state, int(changed.due.timestamp()) // 60)


@pytest.mark.parametrize("value", [2001, 999_999, 99_999_999_999, -1])
def test_more_hours_than_a_year_has_are_refused(sign, value):
    with pytest.raises(BadInput):
        sign(value)


def test_every_number_of_the_pack_is_one_that_may_be_signed():
    for name, amount in amounts().items():
        least, most = BOUNDS[amount.unit]
        assert least <= amount.value <= most, name


def test_nobody_signs_in_a_role_they_do_not_hold(sign, cast):
    for by in (cast.anna, cast.zakhar):
        with pytest.raises(Refusal):
            sign(1, by=by)
    sign(1, by=cast.zakhar, role="director")
