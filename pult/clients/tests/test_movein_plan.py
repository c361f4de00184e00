"""The pure part of the move-in: reading cells, gathering rows, planning against known clients."""

from datetime import date

import pytest

from pult.clients.logic.movein import (
    Known,
    KnownClient,
    Person,
    plan,
    read_rows,
    signature,
)
from pult.kernel.search import tokens

ANNA = Person(1, "Анна Берёзова", "anna@agency.example")


def read(columns, *rows, checks=None):
    mapping = {name: place for place, name in enumerate(columns)}
    return read_rows(columns, enumerate(rows, 2), mapping, checks)


def planned(columns, *rows, known=(), decisions=None, people=(ANNA,)):
    reading = read(columns, *rows)
    assert reading.problems == []
    plans, problems = plan(reading.rows, Known(tuple(known), people), tokens, decisions)
    assert problems == []
    return plans


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("period_from", "05.03.2026", date(2026, 3, 5)),
        ("period_from", "2026-03-05 00:00:00", date(2026, 3, 5)),
        ("budget", "150 000,50 ₽", 150_000_50),
        ("balance", "-100", -100_00),
        ("tool", "Яндекс.Директ", "context"),
        ("platform", "ВКонтакте", "vk"),
        ("platform", "Авито", "авито"),
        ("status", "В работе", "client"),
        ("decides", "да", True),
        ("email", "Irina@Site.RU", "irina@site.ru"),
        ("site", "https://www.Site.ru/about", "site.ru"),
        ("inn", "77 00 000016", "7700000016"),
    ],
)
def test_a_cell_becomes_a_value(field, cell, value):
    (row,) = read(["client", field], ["Ромашка", cell]).rows
    assert row.values[field] == value


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("period_from", "31.02.2026", "date"),
        ("period_from", "05.03.²", "date"),
        ("budget", "много", "amount"),
        ("budget", "-5", "negative"),
        ("tool", "гадание", "tool"),
        ("status", "друг", "status"),
        ("email", "ирина@", "email"),
        ("phone", "нет", "phone"),
        ("birthday", "31.04", "birthday"),
        ("decides", "возможно", "yes_no"),
        ("site", "не сайт", "site"),
        ("site", "..", "site"),
        ("site", '"><script>', "site"),
        ("site", ".".join(["a" * 45] * 5), "too_long"),
        ("client", "я" * 201, "too_long"),
    ],
)
def test_a_cell_that_does_not_fit_is_named_by_line_and_column(field, cell, code):
    columns = ["client", field] if field != "client" else ["client"]
    row = ["Ромашка", cell] if field != "client" else [cell]
    reading = read(columns, row)
    (problem,) = reading.problems
    assert (problem.line, problem.field, problem.column, problem.code) == (2, field, field, code)
    assert reading.rows == []


def test_a_row_in_error_is_left_out_and_the_rest_is_offered():
    reading = read(["client", "budget"], ["А", "много"], ["Б", "100"])
    assert [row.line for row in reading.rows] == [3]
    assert [problem.line for problem in reading.problems] == [2]


def test_a_period_does_not_end_before_it_begins():
    (problem,) = read(
        ["client", "period_from", "period_to"], ["А", "05.03.2026", "04.03.2026"]
    ).problems
    assert (problem.field, problem.code) == ("period_to", "ends_before_it_starts")


def test_checks_of_numbers_give_their_hint():
    checks = {"inn": lambda number: "похоже на 7700000016" if number[-1] != "6" else None}
    reading = read(["client", "inn"], ["А", "7700000017"], ["Б", "7700000016"], checks=checks)
    (problem,) = reading.problems
    assert (problem.code, problem.hint) == ("inn", "похоже на 7700000016")
    assert len(reading.rows) == 1


def test_rows_of_one_client_are_gathered_with_merged_cells():
    (made,) = planned(
        ["client", "contact", "line", "tool"],
        ["ООО «Ромашка»", "Ирина", "Поиск", "контекст"],
        ["", "Олег", "РСЯ", "контекст"],
        ["Ромашка", "Ирина", "Поиск", "контекст"],
    )
    assert made.lines == [2, 3, 4]
    assert [c["name"] for c in made.add["contacts"]] == ["Ирина", "Олег"]
    assert [line["name"] for line in made.add["lines"]] == ["Поиск", "РСЯ"]


def test_several_payers_are_one_client():
    (made,) = planned(
        ["client", "entity", "inn"],
        ["Ромашка", "ООО «Луг»", "7700000016"],
        ["Ромашка", "ИП Лесная", "770000000156"],
        ["", "", "7700000016"],
    )
    assert [e["name"] for e in made.add["entities"]] == ["ООО «Луг»", "ИП Лесная"]


def test_one_person_in_several_rows_is_one_person():
    (made,) = planned(
        ["client", "contact", "phone", "email"],
        ["Ромашка", "Ирина Лес", "+7 495 100-00-00", ""],
        ["Ромашка", "ирина лес", "", "i@site.ru"],
    )
    (person,) = made.add["contacts"]
    assert (person["phone"], person["email"]) == ("+7 495 100-00-00", "i@site.ru")


def test_a_payer_without_a_reason_code_is_the_one_with_it():
    (made,) = planned(
        ["client", "entity", "inn", "kpp"],
        ["Ромашка", "ООО «Луг»", "7700000016", "770001001"],
        ["Ромашка", "ООО «Луг»", "7700000016", ""],
    )
    assert len(made.add["entities"]) == 1


def test_a_row_that_names_nobody_is_an_error():
    reading = read(["client", "contact"], ["", "Ирина"])
    _plans, problems = plan(reading.rows, Known(), tokens)
    assert [(p.line, p.code) for p in problems] == [(2, "no_client")]


def test_several_campaigns_of_a_line_are_one_line():
    (made,) = planned(
        ["client", "line", "tool", "platform", "login", "campaign", "budget"],
        ["Ромашка", "Поиск", "контекст", "Директ", "romashka", "11", "100"],
        ["Ромашка", "Поиск", "контекст", "Директ", "romashka", "12", "100"],
    )
    (line,) = made.add["lines"]
    assert (line["campaigns"], line["budget"]) == (["11", "12"], 100_00)
    assert [feed["campaign_id"] for feed in made.add["feeds"]] == ["11", "12"]


def test_the_manager_is_known_by_mailbox_or_by_name():
    for cell in ("ANNA@agency.example", "Берёзова Анна", "Березова"):
        (made,) = planned(["client", "am"], ["Ромашка", cell])
        assert made.am == 1, cell


@pytest.mark.parametrize(("cell", "code"), [("Пётр", "am_unknown"), ("Анна", "am_many")])
def test_a_manager_nobody_or_two_can_be_is_an_error(cell, code):
    reading = read(["client", "am"], ["Ромашка", cell])
    people = (ANNA, Person(2, "Анна Сухова", "a2@agency.example"))
    plans, (problem,) = plan(reading.rows, Known((), people), tokens)
    assert plans == []
    assert (problem.line, problem.field, problem.code) == (2, "am", code)


def test_every_row_with_a_manager_nobody_knows_is_an_error_whatever_else_is_wrong_with_it():
    reading = read(
        ["client", "am", "phone"],
        ["Ромашка", "Пётр", "нет"],
        ["Василёк", "Пётр", ""],
        ["Мак", "Анна", ""],
        ["Мак", "Берёзов Антон", ""],
        ["Клевер", "Анна", ""],
    )
    rows = sorted([*reading.rows, *reading.left_out], key=lambda row: row.line)
    left_out = {row.line for row in reading.left_out}
    plans, problems = plan(rows, Known((), (ANNA,)), tokens, left_out=left_out)
    assert [made.name for made in plans] == ["Клевер"]
    assert [(p.line, p.code, p.hint) for p in problems] == [
        (line, "am_unknown", "Анна Берёзова") for line in (2, 3, 5)
    ]
    assert [p.code for p in plan(reading.rows, Known(), tokens)[1]] == ["am_nobody"] * 4


def known(pk=7, name="Ромашка", inn="", **more):
    entities = ({"id": 1, "name": name, "inn": inn, "kpp": "", "ogrn": "", "address": ""},)
    return KnownClient(pk, name, entities=entities if inn else (), **more)


def contact(**more):
    row = {"id": 5, "name": "Ирина", "position": "", "phone": "", "phone_key": "", "email": ""}
    return {**row, "decides": False, "birthday_day": None, "birthday_month": None, **more}


def test_the_same_tax_number_is_the_same_client():
    (made,) = planned(
        ["client", "inn"], ["Совсем другое имя", "7700000016"], known=[known(inn="7700000016")]
    )
    assert (made.action, made.client_id) == ("same", 7)


def test_the_same_name_is_the_same_client_unless_its_number_differs():
    (made,) = planned(["client", "about"], ["ООО РОМАШКА", "цветы"], known=[known()])
    assert (made.action, made.client_id, made.card) == ("update", 7, {"about": "цветы"})
    (made,) = planned(
        ["client", "inn"], ["Ромашка", "770000000156"], known=[known(inn="7700000016")]
    )
    assert (made.action, made.matches[0].why) == ("ask", "name")


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [("phone", "8 495 100 00 00", "phone"), ("email", "i@site.ru", "email")],
)
def test_a_shared_phone_or_mailbox_is_asked_about(column, cell, why):
    there = known(name="Василёк", contacts=(contact(phone_key="74951000000", email="i@site.ru"),))
    (made,) = planned(["client", "contact", column], ["Ромашка", "Ирина", cell], known=[there])
    assert (made.action, made.client_id) == ("ask", None)
    assert [(m.client_id, m.why) for m in made.matches] == [(7, why)]


def test_a_similar_name_is_asked_about_and_the_answer_is_kept():
    there = known(name="Ромашковый луг Тверь")
    row = ["Ромашковые луга, Тверь и область"]
    (made,) = planned(["client"], row, known=[there])
    if made.action == "ask":
        assert made.matches[0].why == "similar"
    for decision, action in (("create", "create"), ("skip", "skip"), (7, "same")):
        (answered,) = planned(["client"], row, known=[there], decisions={made.key: decision})
        assert answered.action == action, decision


def test_a_different_name_is_a_new_client():
    (made,) = planned(["client"], ["Василёк"], known=[known()])
    assert (made.action, made.matches) == ("create", [])


def test_what_is_there_is_kept_and_what_is_empty_is_filled():
    there = known(about="цветы", am=9, contacts=(contact(email="i@site.ru"),))
    (made,) = planned(
        ["client", "about", "am", "contact", "email", "phone"],
        ["Ромашка", "сады", "Анна Берёзова", "Ирина", "i@site.ru", "+7 495 100-00-00"],
        known=[there],
    )
    assert made.kept == ["about", "am"]
    assert made.card == {}
    assert made.am is None
    (fill,) = made.fill["contacts"]
    assert fill["id"] == 5
    assert fill["phone_key"] == "74951000000"
    assert "email" not in fill


def test_the_signature_forgives_case_and_sees_order():
    assert signature(["Клиент", "ИНН"]) == signature(["клиент", "инн"])
    assert signature(["Клиент", "ИНН"]) != signature(["ИНН", "Клиент"])


def test_letters_nobody_can_see_fill_no_cell():
    (row,) = read(["client", "brand", "about"], ["Рома\u200bшка\n и Ко", "\u200b", "-"]).rows
    assert row.values["client"] == "Ромашка и Ко"
    assert not row.values.get("brand")


@pytest.mark.parametrize("wrong", [["Мак", "нет"], ["м" * 300, ""]])
def test_rows_under_a_row_left_out_are_not_taken_for_those_of_the_client_above(wrong):
    reading = read(["client", "phone", "contact"], ["Ромашка", "", "Ирина"], wrong, ["", "", "Зоя"])
    rows = sorted([*reading.rows, *reading.left_out], key=lambda row: row.line)
    left_out = {row.line for row in reading.left_out}
    first, second = plan(rows, Known(), tokens, left_out=left_out)[0]
    assert [person["name"] for person in first.add["contacts"]] == ["Ирина"]
    assert [person["name"] for person in second.add["contacts"]] == ["Зоя"]
    assert second.name == wrong[0]
