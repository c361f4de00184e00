"""М1.2: lateness as people tell it."""

from datetime import date

import pytest
from django.utils import translation

from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.models import Fact
from pult.people.actions import grant_role, note_lateness, take_back_lateness
from pult.people.models import User
from pult.people.queries import lateness_on

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 12)


@pytest.fixture(autouse=True)
def morning(freeze):
    freeze("2026-05-12 12:00")


@pytest.mark.parametrize(("minutes", "state"), [(15, "noted"), (20, "noted"), (21, "over")])
def test_lateness_is_noted_from_fifteen_minutes_and_over_above_twenty(cast, minutes, state):
    fact = note_lateness(user=cast.anna, minutes=minutes, by=cast.vera)
    assert (fact.state, fact.key, fact.payload) == (state, "2026-05-12", {"minutes": minutes})


@pytest.mark.parametrize(
    ("minutes", "day", "field"),
    [
        (14, TODAY, "minutes"),
        (481, TODAY, "minutes"),
        (25, date(2026, 5, 13), "day"),
        (25, date(2026, 5, 4), "day"),
    ],
)
def test_what_is_not_lateness_names_the_field(cast, minutes, day, field):
    with pytest.raises(BadInput) as bad:
        note_lateness(user=cast.anna, minutes=minutes, by=cast.anna, day=day)
    assert bad.value.field == field


def test_one_says_it_of_oneself_and_a_head_of_anybody(cast):
    note_lateness(user=cast.anna, minutes=18, by=cast.anna)
    with pytest.raises(Refusal):
        note_lateness(user=cast.anna, minutes=40, by=cast.boris)
    note_lateness(user=cast.anna, minutes=22, by=cast.vera)
    assert [one.minutes for one in lateness_on(TODAY)] == [22], "the second word replaces the first"


def test_a_word_is_taken_back_by_whoever_gave_it_or_a_head(cast):
    fact = note_lateness(user=cast.anna, minutes=22, by=cast.vera)
    for stranger in (cast.anna, cast.boris):
        with pytest.raises(NotVisible):
            take_back_lateness(by=stranger, fact_id=fact.pk)
    take_back_lateness(by=cast.vera, fact_id=fact.pk)
    assert lateness_on(TODAY) == []


def test_m1_binds_staff_and_asks_no_contractor(cast):
    grant_role(user=cast.darya, role="contractor", since=TODAY, by=cast.zakhar)
    with pytest.raises(Refusal) as refused:
        note_lateness(user=User.objects.get(pk=cast.darya.pk), minutes=30, by=cast.vera)
    assert refused.value.clause == "М1.2"


def test_one_s_own_word_does_not_replace_the_heads(cast):
    note_lateness(user=cast.anna, minutes=40, by=cast.vera)
    with pytest.raises(Refusal):
        note_lateness(user=cast.anna, minutes=16, by=cast.anna)
    assert [one.minutes for one in lateness_on(TODAY)] == [40]
    with translation.override("ru"):
        note_lateness(user=cast.anna, minutes=30, by=cast.vera)
    assert Fact.objects.get(kind="void").payload["reason"] == "Сказано заново"
