import json
from datetime import date
from pathlib import Path

import pytest

from pult.regulation.models import CardEdition, Obligation

pytestmark = pytest.mark.django_db
BUDGETS = json.loads((Path(__file__).parents[5] / "tests" / "budgets.json").read_text())


def why(client, row):
    return client.get(f"/obligations/{row.pk}/why/").content.decode()


def test_the_may_holidays_are_named_in_words_one_can_repeat(world, login):
    text = why(login(world.cast.anna), world.row("5.3"))
    assert "18 мая 2026" in text
    assert "7 рабочих дней" in text
    assert "День Победы" in text
    assert "Поэтому срок — среда, 6 мая 2026, 19:00" in text


def test_the_strip_numbers_the_days_that_count(world, login):
    text = why(login(world.cast.anna), world.row("5.3"))
    cells = [part.split(">")[0] for part in text.split("<td class=")[1:]]
    counted = [cell for cell in cells if "strip__day--counted" in cell]
    assert len(counted) == 7
    assert "6 мая" in next(cell for cell in cells if "strip__day--due" in cell)
    assert "18 мая" in next(cell for cell in cells if "strip__day--start" in cell)


def test_a_person_reads_words_and_the_hash_waits_under_details(world, login):
    text = why(login(world.cast.anna), world.row("5.3"))
    edition = CardEdition.objects.get(clause="5.3").edition[:8]
    read, details = text.split("Подробности")
    assert "первая редакция, как пришла с Пультом" in read
    assert "производственный календарь, как опубликован" in read
    assert "версия 0" not in text
    assert "известно с" in read
    assert edition in details
    assert edition not in read


def test_a_signed_edition_names_its_day_and_whoever_signed_it(world, login):
    row = world.row("5.3")
    CardEdition.objects.filter(clause="5.3").update(
        signed_as="head", signed_by=world.cast.vera, effective_from=date(2026, 2, 2)
    )
    text = why(login(world.cast.anna), row)
    assert f"редакция от 2 февраля 2026, подпись: {world.cast.vera.full_name}" in text


def test_a_rhythm_says_how_many_in_which_week_and_marks_the_due_day(world, login):
    row = Obligation.objects.filter(clause="9.1", root_id=world.forest.pk).last()
    text = why(login(world.cast.vera), row)
    assert "двусторонних контактов в неделю — 2, сделано" in text
    assert "Период: " in text
    cells = [part.split(">")[0] for part in text.split("<td class=")[1:]]
    assert len(cells) == 7
    assert "Пятница" in next(cell for cell in cells if "strip__day--due" in cell)


def test_the_panel_fits_its_budget(world, login, django_assert_max_num_queries):
    anna, row = login(world.cast.anna), world.row("5.3")
    why(anna, row)
    with django_assert_max_num_queries(BUDGETS["why"]):
        why(anna, row)


@pytest.mark.parametrize("clause", ["5.3", "12.1", "12.3", "9.1", "5.1"])
def test_every_kind_of_row_can_be_explained(world, login, clause):
    row = Obligation.objects.filter(clause=clause, root_id=world.forest.pk).last()
    assert "Поэтому срок" in why(login(world.cast.vera), row)
