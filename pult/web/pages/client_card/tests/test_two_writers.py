"""Two people at one text: the second is shown the other's words beside their own; none are lost."""

import pytest
from django.urls import reverse

from pult.clients.models import Block
from pult.clients.tests import factories as make
from pult.web.pages.client.again import both_of

KIND = "market"


@pytest.fixture
def forest(cast):
    return make.make_client("Лесная мебель", am=cast.anna)


def _write(person, forest, version, text):
    address = reverse("client_block", args=[forest.pk, KIND])
    return person.post(address, {"version": version, "text": text})


def test_saving_a_text_twice_keeps_what_both_wrote(login, cast, forest):
    anna = login(cast.anna)
    assert _write(anna, forest, 0, "Рынок растёт").status_code == 303
    assert _write(anna, forest, 1, "Рынок растёт\nАнна: два конкурента").status_code == 303
    vera = login(cast.vera)
    late = _write(vera, forest, 1, "Рынок растёт\nВера: цены ниже")
    page = late.context["page"]
    assert late.status_code == 409
    assert [one.text for one in page.theirs] == ["Рынок растёт\nАнна: два конкурента"]
    assert not page.is_conflict
    assert "Откройте заново" not in late.text
    again = {name: page.form[name].value() for name in page.form.fields}
    assert _write(vera, forest, **again).status_code == 303
    kept = Block.objects.get(client=forest.pk, kind=KIND).text
    assert kept == "Рынок растёт\nАнна: два конкурента\nВера: цены ниже"


def test_a_part_both_began_to_write_keeps_both(login, cast, forest):
    assert _write(login(cast.anna), forest, 0, "Анна").status_code == 303
    late = _write(login(cast.vera), forest, 0, "Вера")
    assert late.context["page"].form["text"].value() == "Анна\nВера"


def test_what_the_second_then_takes_out_stays_out(login, cast, forest):
    _write(login(cast.anna), forest, 0, "Анна")
    vera = login(cast.vera)
    assert _write(vera, forest, 0, "Вера").status_code == 409
    assert _write(vera, forest, 1, "Вера").status_code == 303
    assert Block.objects.get(client=forest.pk, kind=KIND).text == "Вера"


def test_a_line_both_changed_keeps_ones_own_with_theirs_beside(login, cast, forest):
    seen = {"version": 1, "name": "Лесная мебель", "about": "", "worked_since": "", "folder": ""}
    edit = reverse("client_edit", args=[forest.pk])
    assert (
        login(cast.anna).post(edit, {**seen, "name": "Лес", "relationship": "client"}).status_code
        == 303
    )
    late = login(cast.vera).post(edit, {**seen, "name": "Бор", "relationship": "client"})
    assert [one.text for one in late.context["page"].theirs] == ["Лес"]
    assert late.context["page"].form["name"].value() == "Бор"


def test_two_versions_of_a_text_lose_no_line():
    assert both_of("а", "а\nб", "а\nв") == "а\nб\nв"
    assert both_of("", "б", "в") == "б\nв"
    assert both_of("а", "б", "а") == "б"
