"""People are narrowed, sorted, taken as a file, and said to be here, away or out of their hours."""

from datetime import date

import pytest
from django.urls import reverse

from pult.kernel.models import Fact
from pult.people.actions import set_absence, set_department
from pult.people.models import Department, Schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(login, cast):
    def names(who=cast.anna, **query):
        page = login(who).get(reverse("people"), query).context["page"]
        return [one.person.name for one in page.people]

    return names


@pytest.fixture
def away(cast, freeze):
    freeze("2026-03-10 12:00")
    told = {"since": date(2026, 3, 10), "until": date(2026, 3, 12)}
    set_absence(user=cast.boris, by=cast.vera, category="sick", **told)


def test_people_are_narrowed_by_role_department_and_state(cast, listed, away):
    seo = Department.objects.get_or_create(code="seo")[0]
    set_department(user=cast.darya, department=seo, by=cast.vera)
    assert listed(role="head") == [cast.vera.full_name]
    assert listed(department="seo") == [cast.darya.full_name]
    assert listed(state="away") == [cast.boris.full_name]
    assert cast.boris.full_name not in listed(state="here")
    assert len(listed(role="nobody")) == len(listed())


def test_a_column_sorts_both_ways(listed):
    by_name = listed(sort="name")
    assert listed(sort="-name") == by_name[::-1]
    assert listed(sort="zzz") == by_name


def test_somebody_out_of_their_own_hours_is_said_to_be(cast, login, listed, freeze):
    freeze("2026-03-10 20:00")
    week = [[600, 1020]] * 5 + [None, None]
    Schedule.objects.create(user=cast.anna, since=date(2026, 1, 1), week=week)
    assert listed(state="off") == [cast.anna.full_name]
    assert "вне своих часов" in login(cast.boris).get(reverse("people")).text
    freeze("2026-03-10 12:00")
    assert listed(state="off") == []


def test_whoever_notes_absences_reads_the_category_and_others_the_day_alone(cast, login, away):
    for who, told in ((cast.vera, True), (cast.boris, True), (cast.anna, False)):
        text = login(who).get(reverse("people")).text
        assert ("Больничный до 12 марта" in text) == told
        assert "до 12 марта" in text


def test_the_narrowed_list_is_taken_as_a_file_and_that_is_remembered(cast, login, away):
    anna = login(cast.anna)
    answer = anna.get(reverse("people_table", args=["csv"]), {"state": "away"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(cast.boris.full_name)
    assert "Больничный" not in lines[1]
    assert Fact.objects.get(kind="export_made").key == "people"
    assert anna.get(reverse("people_table", args=["xlsx"])).content[:2] == b"PK"
    assert anna.get(reverse("people_table", args=["pdf"])).status_code == 404
