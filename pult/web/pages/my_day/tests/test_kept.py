"""A row is drawn once and kept; every look says what is true now, to whoever is looking."""

from datetime import date

import pytest
from django.test.utils import override_script_prefix

from pult.clients.models import Client, ServiceLine
from pult.people.models import Absence
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import tell
from pult.regulation.timers import tick
from pult.web.pages.my_day.tests.world import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast, freeze):
    freeze("2026-05-05 12:00")
    return build(cast)


def item_of(browser, row, address="/"):
    bands = browser.get(address).context["page"].bands
    items = (item for band in bands for item in band.items)
    return next(one for one in items if one.id == row.pk)


def test_a_look_that_nothing_happened_before_draws_nothing_anew(world, login):
    anna, row = login(world.cast.anna), world.row("5.3")
    assert item_of(anna, row) is item_of(anna, row)


def test_a_renamed_client_and_line_are_read_by_their_new_names(world, login):
    anna, row = login(world.cast.anna), world.row("5.3")
    before = item_of(anna, row)
    assert (before.client, "Поиск" in str(before.note)) == ("Лесная мебель", True)
    Client.objects.filter(pk=world.forest.pk).update(name="Лесной дом")
    ServiceLine.objects.filter(pk=world.line.pk).update(name="Медийка")
    after = item_of(anna, row)
    assert (after.client, "Медийка" in str(after.note)) == ("Лесной дом", True)
    assert "Лесной дом" in anna.get("/").text


def test_a_row_that_became_overdue_burns(world, login, freeze):
    anna, row = login(world.cast.anna), world.row("5.3")
    assert item_of(anna, row).state != "overdue"
    freeze("2026-05-07 12:00")
    tell("spend.loaded", root=world.forest.pk, line=world.line.pk, day="2026-05-06")
    tick(sweep=sweep)
    assert item_of(anna, row).state == "overdue"


def test_each_reader_has_their_own_language_holder_and_way_back(world, login):
    row = world.row("5.3")
    anna = item_of(login(world.cast.anna), row)
    vera = item_of(login(world.cast.vera), row)
    assert "Анна" not in str(anna.note)
    assert "Анна" in str(vera.note)
    narrowed = item_of(login(world.cast.vera), row, "/?view=department")
    assert vera.buttons.back == "/"
    assert narrowed.buttons.back == "/?view=department"
    assert "view%3Ddepartment" in narrowed.buttons.later[1]
    excuses = [len(one.buttons.menu) for one in (anna, vera)]
    assert excuses == [1, 2]
    world.cast.anna.language = "en"
    world.cast.anna.save()
    told = item_of(login(world.cast.anna), row)
    assert told.what != anna.what
    assert told.buttons.later[0] == "Later"


def test_whoever_stands_in_reads_for_whom_and_the_holder_does_not(world, login):
    row = world.row("5.3")
    before = item_of(login(world.cast.anna), row).note
    Absence.objects.create(
        user=world.cast.anna,
        category="leave",
        since=date(2026, 5, 5),
        until=date(2026, 5, 8),
        substitute=world.cast.boris,
    )
    assert "Анна" in str(item_of(login(world.cast.boris), row).note)
    assert item_of(login(world.cast.anna), row).note == before


def test_addresses_follow_the_prefix_pult_is_served_under(world, login):
    anna, row = login(world.cast.anna), world.row("5.3")
    assert item_of(anna, row).why.startswith("/obligations/")
    with override_script_prefix("/desk/"):
        assert item_of(anna, row).why.startswith("/desk/obligations/")
    assert item_of(anna, row).why.startswith("/obligations/")
