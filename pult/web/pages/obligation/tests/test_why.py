import json
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from pult.regulation.calendar_edits import edit_calendar
from pult.regulation.models import CardEdition, Obligation
from pult.regulation.parameters import sign_parameter
from pult.regulation.sweep import sweep
from pult.regulation.tests.world import tell
from pult.regulation.timers import tick
from pult.web.pages.obligation.why_words import _lower

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


def test_the_plain_words_name_the_number_in_force_for_the_row(world, login, freeze):
    freeze("2026-05-06 12:00")
    sign_parameter(
        name="invoice.lead",
        value=8,
        effective_from=date(2026, 5, 6),
        reason="Платят дольше",
        by=world.cast.vera,
        role="head",
    )
    tell("line.funds_end", root=world.clinic.pk, line=77, key="june", day="2026-06-18")
    text = why(login(world.cast.anna), world.row("5.3", world.clinic))
    said, words = text.split("Простыми словами")
    assert "8 рабочих дней" in said
    assert "8 рабочих дней" in words.split("</dd>")[0]
    old = why(login(world.cast.anna), world.row("5.3")).split("Простыми словами")[1]
    assert "7 рабочих дней" in old.split("</dd>")[0]


def test_a_day_that_moved_is_known_since_it_came_to_be_this_day(world, login, freeze):
    def predicted(at, day):
        freeze(at)
        tell("line.funds_end", root=world.forest.pk, line=world.line.pk, key="may", day=day)
        text = why(login(world.cast.anna), world.row("5.3"))
        return text, text.split("известно с")[1].split("</span>")[0]

    text, since = predicted("2026-05-06 10:10", "2026-05-20")
    assert "10:10" in since
    assert "День сдвинулся с 18 мая 2026 на 20 мая 2026" in text
    _text, since = predicted("2026-05-06 10:20", "2026-05-20")
    assert "10:10" in since
    text, since = predicted("2026-05-06 10:30", "2026-05-18")
    assert "10:30" in since
    assert "День сдвинулся" not in text


def test_edits_of_the_calendar_are_told_where_they_moved_the_date(world, login, freeze):
    tell("line.funds_end", root=world.clinic.pk, line=77, key="june", day="2026-06-18")

    def edit(kind):
        said = {"reason": f"Приказ о дне «{kind}»", "by": world.cast.vera, "role": "head"}
        edit_calendar(day=date(2026, 6, 15), kind=kind, **said)
        tick(sweep=sweep)
        row = world.row("5.3", world.clinic)
        return login(world.cast.anna).get(f"/obligations/{row.pk}/why/").context["page"].calendars

    assert [words for words, _due in edit("off")][1:] == ["после правки: Приказ о дне «off»"]
    assert len(edit("")) == 1
    assert len(edit("work")) == 1


def test_an_english_reader_sees_weekdays_and_months_with_a_capital(world, login):
    anna = login(world.cast.anna)
    anna.cookies["django_language"] = "en"
    page = anna.get(f"/obligations/{world.row('5.3').pk}/why/").context["page"]
    with override("en"):
        assert _lower("Wednesday, 6 May 2026") == "Wednesday, 6 May 2026"
        assert {day.month for week in page.weeks for day in week if day} == {"May"}
    with override("ru"):
        assert _lower("Среда, 6 мая 2026") == "среда, 6 мая 2026"
