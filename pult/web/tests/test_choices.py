"""A choice an address names and the list does not offer: told, and left out."""

import pytest
from django.urls import reverse

from pult.web.pages.my_day.tests.world import build

pytestmark = pytest.mark.django_db
TOLD = "Такого выбора в этом списке нет"


@pytest.fixture
def world(cast, freeze):
    freeze("2026-05-05 12:00")
    return build(cast)


def address_of(name, world):
    places = [world.forest.pk] if name == "client_obligations" else []
    return reverse(name, args=places)


def shown(answer):
    """What stands in the list, in its order."""
    page = answer.context["page"]
    if hasattr(page, "lines"):
        return [line.row.id for line in page.lines]
    if hasattr(page, "bands"):
        return [(band.id, [item.id for item in band.items]) for band in page.bands]
    named = ("rows", "people", "count", "inside", "after")
    found = [getattr(page, name) for name in named if hasattr(page, name)]
    assert found
    return found


@pytest.mark.parametrize(
    ("name", "unknown"),
    [
        ("clients", "sort=zzz"),
        ("clients", "status=zzz"),
        ("clients", "tool=zzz"),
        ("clients", "money=zzz"),
        ("clients", "am=zzz"),
        ("clients", "colour=red"),
        ("client_obligations", "show=zzz"),
        ("client_obligations", "sort=zzz"),
        ("client_obligations", "clause=zzz"),
        ("my_day", "view=zzz"),
        ("my_day", "whole=zzz"),
        ("people", "former=zzz"),
        ("regulation", "kind=zzz"),
        ("before_break", "whole=zzz"),
        ("settlement", "state=zzz"),
    ],
)
def test_an_unknown_choice_is_named_and_the_list_is_shown_without_it(world, login, name, unknown):
    person = login(world.cast.zhanna if name == "settlement" else world.cast.vera)
    address = address_of(name, world)
    answer = person.get(f"{address}?{unknown}")
    assert answer.status_code == 200
    assert f"{TOLD}, он показан без: {unknown}" in answer.text
    assert shown(answer) == shown(person.get(address))


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("clients", "sort=-budget&status=client&tool=context&money=debt&q=лес&page=1&peek=1"),
        ("clients", "am={vera}&status="),
        ("client_obligations", "show=all&sort=-due&clause=5.3&page=2"),
        ("my_day", "view=person&person={anna}"),
        ("my_day", "view=mine&whole=debts"),
        ("people", "former=1&q=анна"),
        ("regulation", "q=счёт"),
        ("before_break", "whole=1"),
    ],
)
def test_what_a_list_offers_is_no_reason_for_a_word(world, login, name, known):
    ids = {"vera": world.cast.vera.pk, "anna": world.cast.anna.pk}
    answer = login(world.cast.vera).get(f"{address_of(name, world)}?{known.format(**ids)}")
    assert (answer.status_code, TOLD in answer.text) == (200, False)


def test_a_choice_a_role_does_not_have_is_told_and_left_out(world, login):
    darya = login(world.cast.darya)
    for asked in ("sort=-budget", "money=debt"):
        assert TOLD in darya.get(f"{reverse('clients')}?{asked}").text
    assert TOLD in login(world.cast.anna).get(f"{reverse('my_day')}?view=department").text


def test_what_an_address_says_is_shown_as_text_and_in_short(world, login):
    sent = {"sort": "<script>" + "z" * 300}
    text = login(world.cast.vera).get(reverse("clients"), sent).text
    notice = text[text.index(TOLD) :].split("</")[0]
    assert "&lt;script&gt;" in notice
    assert len(notice) < 200


def test_a_script_that_asks_for_a_part_is_not_told_again(world, login):
    said = {"HX-Request": "true", "HX-Target": "clients"}
    answer = login(world.cast.vera).get(f"{reverse('clients')}?sort=zzz", headers=said)
    assert TOLD not in answer.text
