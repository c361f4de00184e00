"""The demo keeps off real data and is lived once a day."""

import json
from datetime import date

import pytest

from pult.clients.tests.factories import make_client, make_own_account
from pult.console.commands import demo_
from pult.console.demo import build, cast
from pult.console.seed.load import seed_agency
from pult.kernel.errors import Refusal
from pult.kernel.facts import record
from pult.kernel.models import Fact
from pult.money.actions.statements import import_statement
from pult.money.tests.factories import Document, Parsed
from pult.people.models import User
from pult.regulation.models import CardEdition

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


def opened():
    """The demo's mark and its first person."""
    record(build.MARK, root_id=0, refs={}, by=None)
    User.objects.create(email=f"anna@{cast.DOMAIN}", full_name="Анна Кравец")


def test_a_real_agency_is_refused(cast):
    with pytest.raises(Refusal):
        build.refuse_real_data()


def test_an_empty_database_and_a_demo_are_not():
    build.refuse_real_data()
    opened()
    build.refuse_real_data()
    assert build.is_demo()


def test_people_with_the_demos_addresses_are_no_mark_of_a_demo():
    User.objects.create(email=f"anna@{cast.DOMAIN}", full_name="Анна Кравец")
    with pytest.raises(Refusal):
        build.refuse_real_data()


@pytest.mark.parametrize(
    "enter",
    [
        lambda: make_client("Ромашка"),
        lambda: make_own_account(),
        lambda: import_statement(by=None, statement=Parsed([Document()]), name="f", sha256="a"),
        lambda: record("invitation_accepted", root_id=0, refs={"person": 1}, by=None),
    ],
    ids=["client", "own account", "document", "fact"],
)
def test_anything_entered_keeps_the_demo_and_the_seed_off(enter):
    enter()
    before = Fact.objects.count()
    with pytest.raises(Refusal):
        build.refuse_real_data()
    with pytest.raises(Refusal):
        seed_agency(clients=2, facts=10, seed=1, today=TODAY)
    assert Fact.objects.count() == before
    assert not User.objects.exists()
    assert not CardEdition.objects.exists()


def test_one_colleague_from_elsewhere_makes_it_a_real_agency():
    opened()
    User.objects.create(email="vera@agency.test", full_name="Вера Лисина")
    with pytest.raises(Refusal):
        build.refuse_real_data()


def test_a_second_start_of_the_day_does_nothing(lived, tmp_path):
    demo_._load(TODAY, tmp_path)
    demo_._load(TODAY, tmp_path)
    assert lived == [TODAY]
    assert json.loads((tmp_path / "demo.json").read_text()) == {"day": "2026-03-11"}
