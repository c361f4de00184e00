"""Who is not at work is told in the same words wherever a colleague is named."""

from datetime import date

import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_assignment, make_client
from pult.people.actions import close_doors, give_notice, set_absence, set_duty, set_schedule

pytestmark = pytest.mark.django_db
MORNINGS = [(11 * 60, 15 * 60)] * 5 + [None, None]


@pytest.fixture
def pages(cast, freeze, pack):
    """The pages a head meets colleagues on, and the client whose manager is to be chosen."""
    freeze("2026-05-12 09:00")
    client = make_client("Лес", am=cast.anna)
    lead = make_client("Ромашка", status="lead")
    make_assignment(lead, cast.gleb, "sales")
    return {
        "people": reverse("people"),
        "directory": reverse("directory"),
        "person": reverse("person", args=[cast.boris.pk]),
        "day_people": reverse("day_people"),
        "client_manager": reverse("client_manager", args=[client.pk]),
        "handover_new": reverse("handover_new"),
        "search": "/search/?q=Борис",
    }


@pytest.mark.parametrize("name", ["person", "day_people", "client_manager", "search"])
def test_the_hours_of_a_colleague_are_told(cast, login, pages, name):
    set_schedule(user=cast.boris, week=MORNINGS, by=cast.vera)
    set_duty(day=date(2026, 5, 12), user=cast.anna, by=cast.vera)
    page = login(cast.vera).get(pages[name])
    assert f"вне своих часов до 11:00, дежурит {cast.anna.full_name}" in page.text


@pytest.mark.parametrize(
    "name",
    ["person", "day_people", "client_manager", "handover_new", "search"],
)
def test_a_leave_is_told(cast, login, pages, name):
    set_absence(
        user=cast.boris,
        category="leave",
        since=date(2026, 5, 12),
        until=date(2026, 5, 15),
        substitute=cast.anna,
        by=cast.vera,
    )
    page = login(cast.vera).get(pages[name])
    assert f"нет до 15.05.2026, замещает {cast.anna.full_name}" in page.text


def test_the_day_of_whoever_is_on_leave_or_shut_out_does_not_just_go_on(cast, login, pages):
    leave = {"since": date(2026, 5, 12), "until": date(2026, 5, 15)}
    set_absence(user=cast.boris, category="leave", **leave, by=cast.vera)
    close_doors(user=cast.anna, by=cast.vera)
    page = login(cast.vera).get(pages["day_people"]).context["page"]
    told = {one.name: one.missing.words for one in page.closed if one.missing}
    assert told == {cast.boris.full_name: "нет до 15.05.2026", cast.anna.full_name: "вход закрыт"}
    assert {name for _pk, name, _gone in page.away} == told.keys()


def test_a_word_said_yesterday_is_told_with_its_day(cast, login, pages, freeze):
    give_notice(user=cast.anna, kind="away", day=date(2026, 5, 13), by=cast.anna)
    freeze("2026-05-13 10:00")
    assert "сказано 12 мая в 09:00" in login(cast.vera).get(pages["day_people"]).text
