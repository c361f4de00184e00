"""The demo keeps off real data and is lived once a day."""

import json
from datetime import date

import pytest

from pult.console.commands import demo_
from pult.console.demo import build, cast
from pult.kernel.errors import Refusal
from pult.people.models import User

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 11)


@pytest.fixture
def lived(monkeypatch):
    """How often the agency's life was played; playing it leaves one person of the demo."""
    days = []

    def load(today, samples, progress):
        days.append(today)
        User.objects.create(email=f"anna@{cast.DOMAIN}", full_name="Анна Кравец")

    monkeypatch.setattr(build, "load", load)
    return days


def test_a_real_agency_is_refused(cast):
    with pytest.raises(Refusal):
        build.refuse_real_data()


def test_an_empty_database_and_a_demo_are_not():
    build.refuse_real_data()
    User.objects.create(email=f"anna@{cast.DOMAIN}", full_name="Анна Кравец")
    build.refuse_real_data()
    assert build.is_demo()


def test_one_colleague_from_elsewhere_makes_it_a_real_agency():
    User.objects.create(email=f"anna@{cast.DOMAIN}", full_name="Анна Кравец")
    User.objects.create(email="vera@agency.test", full_name="Вера Лисина")
    with pytest.raises(Refusal):
        build.refuse_real_data()


def test_a_second_start_of_the_day_does_nothing(lived, tmp_path):
    demo_._load(TODAY, tmp_path)
    demo_._load(TODAY, tmp_path)
    assert lived == [TODAY]
    assert json.loads((tmp_path / "demo.json").read_text()) == {"day": "2026-03-11"}
