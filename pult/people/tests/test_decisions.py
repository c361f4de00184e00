"""М1.3, М2.3: a head decides about a day; the person sees it and nothing follows."""

from datetime import date

import pytest

from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.models import Fact
from pult.people.actions import decide_day, grant_role, note_lateness, take_back_decision
from pult.people.queries import decided_between, said_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 12)
WORDS = {"about": "late", "decision": "talk", "reason": "silent"}


@pytest.fixture(autouse=True)
def morning(freeze):
    freeze("2026-05-12 12:00")


def test_a_decision_is_a_fact_of_codes_and_needs_no_notice(cast):
    fact = decide_day(user=cast.anna, by=cast.vera, **WORDS)
    assert (fact.state, fact.key, fact.role) == ("talk", "2026-05-12", "head")
    assert fact.payload == {"about": "late", "reason_code": "silent"}


def test_a_second_decision_replaces_the_first_on_the_same_matter_alone(cast):
    decide_day(user=cast.anna, by=cast.vera, **WORDS)
    decide_day(user=cast.anna, by=cast.vera, about="client", decision="remark", reason="waited")
    decide_day(user=cast.anna, by=cast.zakhar, about="late", decision="excused", reason="force")
    decided = decided_between(TODAY, TODAY)
    assert {(one.about, one.fact.state) for one in decided} == {
        ("late", "excused"),
        ("client", "remark"),
    }


def test_the_person_reads_decisions_of_a_month_and_nobody_elses(cast, freeze):
    decide_day(user=cast.anna, by=cast.vera, day=date(2026, 5, 8), **WORDS)
    decide_day(user=cast.boris, by=cast.vera, **WORDS)
    note_lateness(user=cast.anna, minutes=25, by=cast.anna)
    late, decided = said_of(cast.anna, TODAY)
    assert [one.minutes for one in late] == [25]
    assert [(one.person_id, one.day) for one in decided] == [(cast.anna.pk, date(2026, 5, 8))]
    assert said_of(cast.anna, date(2026, 6, 30)) == ((), ())


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"about": "health"}, "about"),
        ({"decision": "fine"}, "decision"),
        ({"reason": "грипп"}, "reason"),
        ({"day": date(2026, 5, 13)}, "day"),
        ({"day": date(2026, 4, 11)}, "day"),
    ],
)
def test_what_is_not_offered_names_the_field(cast, changed, field):
    with pytest.raises(BadInput) as bad:
        decide_day(user=cast.anna, by=cast.vera, **(WORDS | changed))
    assert bad.value.field == field
    assert not Fact.objects.filter(kind="person.decision").exists()


def test_managers_decide_about_nobody_and_heads_not_about_themselves(cast):
    with pytest.raises(Refusal):
        decide_day(user=cast.boris, by=cast.anna, **WORDS)
    with pytest.raises(Refusal) as own:
        decide_day(user=cast.vera, by=cast.vera, **WORDS)
    assert own.value.clause == "М1.3"
    grant_role(user=cast.darya, role="contractor", since=TODAY, by=cast.zakhar)
    with pytest.raises(Refusal):
        decide_day(user=cast.darya, by=cast.vera, **WORDS)


def test_a_decision_is_taken_back_by_a_head_it_is_not_about(cast):
    fact = decide_day(user=cast.egor, by=cast.vera, **WORDS)
    with pytest.raises(NotVisible):
        take_back_decision(by=cast.egor, fact_id=fact.pk)
    with pytest.raises(Refusal):
        take_back_decision(by=cast.anna, fact_id=fact.pk)
    take_back_decision(by=cast.zakhar, fact_id=fact.pk)
    assert decided_between(TODAY, TODAY) == []
    with pytest.raises(NotVisible):
        take_back_decision(by=cast.zakhar, fact_id=fact.pk)
