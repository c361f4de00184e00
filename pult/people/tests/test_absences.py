from datetime import date

import pytest

from pult.kernel.errors import BadInput, Refusal
from pult.kernel.models import Fact
from pult.people.actions import absences, end_absence, set_absence, set_duty
from pult.people.models import Absence
from pult.people.queries import colleagues, is_away, on_duty, stood_in_for, substitutes_for
from pult.regulation.evaluate.tests.shapes import REPLY
from pult.regulation.models import Obligation
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import install, tell

pytestmark = pytest.mark.django_db
MAY = [date(2026, 5, day) for day in range(1, 32)]


def away(user, first, last, *, substitute=None, by=None):
    return set_absence(
        user=user,
        category="leave",
        since=MAY[first - 1],
        until=MAY[last - 1] if last else None,
        substitute=substitute,
        by=by,
    )


def test_the_work_of_an_absent_person_goes_to_the_substitute(cast):
    away(cast.anna, 4, 8, substitute=cast.boris, by=cast.vera)
    assert substitutes_for(cast.anna, MAY[3]) == [cast.boris]
    assert stood_in_for(cast.boris, MAY[3]) == [cast.anna]
    assert substitutes_for(cast.anna, MAY[8]) == []
    assert stood_in_for(cast.boris, MAY[8]) == []


def test_a_substitute_who_is_away_too_passes_the_work_on(cast):
    away(cast.anna, 4, 8, substitute=cast.boris)
    away(cast.boris, 6, 7, substitute=cast.vera)
    assert substitutes_for(cast.anna, MAY[5]) == [cast.boris, cast.vera]
    assert stood_in_for(cast.vera, MAY[5]) == sorted([cast.anna, cast.boris], key=lambda p: p.pk)
    assert stood_in_for(cast.boris, MAY[5]) == []


def test_substitutes_in_a_circle_are_nobody(cast):
    away(cast.anna, 4, 8, substitute=cast.boris)
    other = away(cast.boris, 4, 8)
    Absence.objects.filter(pk=other.pk).update(substitute=cast.anna)
    assert substitutes_for(cast.anna, MAY[4]) == []
    assert stood_in_for(cast.anna, MAY[4]) == []


def test_an_absence_without_an_end_lasts(cast):
    absence = away(cast.anna, 4, None)
    assert is_away(cast.anna, date(2027, 1, 11))
    end_absence(absence=absence, until=MAY[10], by=cast.vera)
    assert is_away(cast.anna, MAY[10])
    assert not is_away(cast.anna, MAY[11])


def test_an_absence_ended_before_it_began_is_gone(cast):
    absence = away(cast.anna, 4, 8)
    end_absence(absence=absence, until=MAY[2], by=cast.anna)
    assert not Absence.objects.exists()
    assert Fact.objects.filter(kind="absence_ended").count() == 1


def test_overlapping_absences_are_refused_and_touching_ones_are_not(cast):
    away(cast.anna, 4, 8)
    with pytest.raises(Refusal):
        away(cast.anna, 8, 11)
    away(cast.anna, 9, 11)
    assert Absence.objects.count() == 2


@pytest.mark.parametrize(
    ("first", "last", "substitute", "field"),
    [(8, 4, None, "until"), (4, 8, "anna", "substitute")],
)
def test_impossible_absences_name_the_field(cast, first, last, substitute, field):
    person = getattr(cast, substitute) if substitute else None
    with pytest.raises(BadInput) as bad:
        away(cast.anna, first, last, substitute=person)
    assert bad.value.field == field


def test_whoever_is_away_on_one_of_the_days_does_not_stand_in(cast):
    away(cast.boris, 6, 7)
    with pytest.raises(BadInput, match="Борис"):
        away(cast.anna, 4, 8, substitute=cast.boris)
    away(cast.anna, 8, 9, substitute=cast.boris)


def test_a_colleague_of_the_same_role_or_a_head_stands_in_and_nobody_else(cast):
    with pytest.raises(BadInput) as bad:
        away(cast.anna, 4, 8, substitute=cast.zhanna)
    assert bad.value.field == "substitute"
    names = [name for _id, name in colleagues(besides=cast.anna)]
    assert cast.boris.full_name in names
    assert cast.vera.full_name in names
    assert cast.zhanna.full_name not in names
    away(cast.anna, 4, 8, substitute=cast.vera)


def test_people_note_their_own_days_and_heads_anybodys(cast):
    away(cast.boris, 4, 8, by=cast.boris)
    with pytest.raises(Refusal):
        away(cast.anna, 4, 8, by=cast.boris)
    away(cast.anna, 4, 8, by=cast.vera)
    assert Fact.objects.filter(kind="absence_noted").count() == 2


def test_a_day_off_is_one_day_and_the_work_goes_to_whoever_stands_in(cast):
    day_off = {"user": cast.anna, "category": "day_off", "until": None}
    noted = set_absence(**day_off, since=MAY[14], substitute=cast.boris, by=cast.anna)
    assert noted.until == MAY[14]
    assert stood_in_for(cast.boris, MAY[14]) == [cast.anna]
    assert stood_in_for(cast.boris, MAY[15]) == []


def test_the_duty_person_of_a_day_is_the_one_named_last(cast):
    set_duty(day=MAY[0], user=cast.anna, by=cast.vera)
    set_duty(day=MAY[0], user=cast.boris, by=cast.vera)
    assert on_duty(MAY[0]) == cast.boris
    assert on_duty(MAY[1]) is None


def test_a_person_s_day_off_moves_no_deadline(cast, freeze):
    freeze("2026-05-05 18:30")
    install(REPLY)
    tell("question.asked", question=31)
    before = Obligation.objects.get().due
    set_absence(user=cast.anna, category="day_off", since=MAY[5], until=None, by=cast.anna)
    assert sweep().drift == 0
    assert Obligation.objects.get().due == before


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1999, 12, 31), date(2206, 3, 1)])
def test_a_day_nobody_means_is_refused_whoever_asks(cast, day):
    for field, days in (("since", (day, None)), ("until", (date(2026, 3, 2), day))):
        with pytest.raises(BadInput) as refused:
            set_absence(
                user=cast.anna, category="leave", since=days[0], until=days[1], by=cast.anna
            )
        assert refused.value.field == field
    with pytest.raises(BadInput):
        set_duty(day=day, user=cast.anna, by=cast.vera)
    assert not Absence.objects.exists()


def test_an_absence_cancelled_meanwhile_is_not_made_longer(cast, meanwhile):
    absence = away(cast.anna, 4, 8)
    first = Absence.objects.get(pk=absence.pk)
    meanwhile(absences, lambda: end_absence(absence=first, until=MAY[2], by=cast.vera))
    with pytest.raises(Refusal):
        end_absence(absence=absence, until=MAY[11], by=cast.anna)
    assert Fact.objects.filter(kind="absence_ended").count() == 1


def test_an_absence_is_not_made_longer_over_the_days_the_substitute_is_away(cast):
    absence = away(cast.anna, 4, 8, substitute=cast.boris)
    away(cast.boris, 5, 6)
    away(cast.boris, 11, 12)
    with pytest.raises(BadInput, match="Борис"):
        end_absence(absence=absence, until=MAY[10], by=cast.anna)
    end_absence(absence=absence, until=MAY[9], by=cast.anna)
    assert Absence.objects.get(pk=absence.pk).until == MAY[9]


def test_a_substitute_noted_away_meanwhile_does_not_stand_in(cast, meanwhile):
    meanwhile(absences, lambda: away(cast.boris, 6, 7))
    with pytest.raises(BadInput, match="Борис"):
        away(cast.anna, 4, 8, substitute=cast.boris)
    assert not Absence.objects.filter(user=cast.anna).exists()
