"""Cells of an examples table: what they say, and what they build."""

from zoneinfo import ZoneInfo

import pytest

from pult.regulation.evaluate.card import Example
from pult.regulation.evaluate.table import FactRow
from pult.regulation.language.examples.cells import Moment, read_cell, read_moment
from pult.regulation.language.examples.expect import Expected, read_expected
from pult.regulation.language.examples.history import History, history
from pult.regulation.language.examples.run import run_example
from pult.regulation.language.pack import Pack, load_pack
from pult.regulation.language.problems import Unclear
from pult.regulation.pack_path import default_pack

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(default_pack())


def told(pack: Pack, clause: str, **cells: str) -> History:
    """The history of a made-up example; column names with underscores for spaces."""
    named = {name.replace("_", " "): text for name, text in cells.items()}
    example = Example("а", named, "открыто", 1)
    return history(pack.card(clause), [], example, pack.vocabulary, pack.parameters, MOSCOW)


def of(story: History, kind: str) -> list[FactRow]:
    return [row for row in story.facts if row.kind == kind]


def test_a_dash_is_nothing(pack: Pack):
    assert read_cell("—", pack.vocabulary) == ()


def test_several_entries_stand_between_commas(pack: Pack):
    first, second = read_cell("2026-03-02 12:00 #1, 2026-03-03 #2 (бухгалтер)", pack.vocabulary)
    assert (first.number, first.role) == (1, "")
    assert (second.number, second.role) == (2, "accountant")


def test_an_unknown_role_in_brackets_is_named(pack: Pack):
    with pytest.raises(Unclear) as refused:
        read_cell("2026-03-02 (бухалтер)", pack.vocabulary)
    assert refused.value.near[0] == "бухгалтер"


def test_a_day_that_does_not_exist_is_refused():
    with pytest.raises(Unclear):
        read_moment("2026-02-30")


def test_an_instant_is_moscow_time():
    assert read_moment("1970-01-01 03:00").minute(MOSCOW) == 0


def test_an_event_without_an_hour_happens_at_noon(pack: Pack):
    story = told(pack, "5.3", счёт_отправлен="2026-03-10", сейчас="2026-03-11 12:00")
    assert of(story, "invoice.sent")[0].at == Moment(read_moment("2026-03-10").day).minute(MOSCOW)


def test_a_span_of_a_state_begins_at_midnight_and_ends_with_its_last_day(pack: Pack):
    story = told(
        pack, "9.1", у_клиента_каникулы="2026-03-04 по 2026-03-06", сейчас="2026-03-10 12:00"
    )
    on, off = of(story, "client.pause")
    assert (on.state, on.at) == ("on", read_moment("2026-03-04 00:00").minute(MOSCOW))
    assert (off.state, off.at) == ("off", read_moment("2026-03-07 00:00").minute(MOSCOW))


def test_a_late_record_keeps_its_day(pack: Pack):
    cell = "2026-03-10 12:00 (записано 2026-03-17 12:00)"
    (row,) = of(told(pack, "5.3", счёт_отправлен=cell, сейчас="2026-03-18"), "invoice.sent")
    assert row.recorded - row.at == 7 * 24 * 60


def test_a_withdrawn_entry_is_voided_by_a_later_fact(pack: Pack):
    cell = "2026-03-10 12:00 (отозвано 2026-03-11 12:00)"
    first, void = of(told(pack, "5.3", счёт_отправлен=cell, сейчас="2026-03-18"), "invoice.sent")
    assert void.voids == first.id
    assert void.recorded > first.recorded


def test_what_a_table_leaves_out_is_as_usual(pack: Pack):
    story = told(pack, "9.1", двусторонний_контакт="2026-03-02 12:00", сейчас="2026-03-03")
    (status,) = of(story, "client.status")
    assert status.state == "client"
    assert status.at < of(story, "contact.logged")[0].at


def test_marks_count_the_correlated_thing(pack: Pack):
    story = told(
        pack, "12.5", клиент_задал_вопрос="2026-03-02 #1, 2026-03-03 #2", сейчас="2026-03-04"
    )
    first, second = of(story, "question.asked")
    assert second.refs["question"] == first.refs["question"] + 1
    assert second.refs["client"] == first.refs["client"]


def test_expected_rows_are_read_in_order_with_their_days_and_flags():
    assert read_expected("открыто, срок 2026-05-06, скоро; нет строки") == (
        Expected("open", read_moment("2026-05-06"), None, ("warned",)),
        Expected("none"),
    )


@pytest.mark.parametrize(
    "wrong",
    ["исполнено", "открыто, срок 2026-03-11", "просрочено, скоро", "нет строки",
     "просрочено; просрочено"],
)  # fmt: skip
def test_a_wrong_expectation_fails(wrong: str, pack: Pack):
    card = pack.card("5.3")
    cells = {"прогноз окончания средств": "2026-03-20", "расходы загружены": "2026-03-12",
             "счёт отправлен": "—", "сейчас": "2026-03-13 12:00"}  # fmt: skip
    example = Example("а", cells, wrong, 1)
    ran = run_example(card, pack.cards, example, pack.vocabulary, pack.parameters)
    assert not ran.passed
    assert ran.got == "просрочено, срок 2026-03-11"


def test_a_column_of_a_parameter_overrides_its_value(pack: Pack):
    card = pack.card("5.3")
    cells = {"прогноз окончания средств": "2026-03-20", "параметр invoice.lead": "3",
             "расходы загружены": "2026-03-12", "сейчас": "2026-03-13 12:00"}  # fmt: skip
    example = Example("а", cells, "открыто, срок 2026-03-17", 1)
    assert run_example(card, pack.cards, example, pack.vocabulary, pack.parameters).passed
