"""Spend of any platform, by a mapping."""

import gzip

import pytest
from django.utils import translation

from pult.integrations.spend import missing_fields, open_spend, propose_mapping, reading
from pult.integrations.table import TableProblem, read_table

CSV = """Статистика по кампаниям;;;;;
Дата;Кампания;Показы;Клики;Расход, ₽ (с НДС);Конверсии
01.02.2026;Поиск;1 520;31;2 480,50 ₽;2
02.02.2026;Поиск;10;-;0,125;—
Итого;;1 530;31;2 480,63;2
"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-8-sig"])
def test_a_table_of_a_platform_is_read_by_the_guess(encoding):
    text = CSV if encoding != "cp1251" else CSV.replace("₽", "руб.")
    found = open_spend(text.encode(encoding))
    rows = list(found.rows())
    assert found.problems == []
    assert (found.source, found.with_vat, found.count) == ("table", True, 2)
    assert [
        (r.day.day, r.campaign_id, r.impressions, r.clicks, r.cost_kopecks, r.conversions)
        for r in rows
    ] == [(1, "Поиск", 1520, 31, 248050, 2), (2, "Поиск", 10, 0, 13, None)]


def test_vat_is_asked_for_when_the_title_is_silent():
    assert open_spend(b"Date,Campaign,Cost\n2026-02-01,a,1\n").with_vat is None
    assert open_spend("Дата;Кампания;Расход без НДС\n01.02.2026;a;1\n".encode()).with_vat is False
    assert open_spend(b"Date,Campaign,Cost\n2026-02-01,a,1\n", with_vat=True).with_vat is True


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        ("30.02.2026;Поиск;1;1;5;1", "day", "date"),
        (";Поиск;1;1;5;1", "day", "required"),
        ("01.02.2026;;1;1;5;1", "campaign_name", "required"),
        ("01.02.2026;Поиск;1,5;1;5;1", "impressions", "amount"),
        ("01.02.2026;Поиск;1;1;много;1", "cost", "amount"),
        ("01.02.2026;Поиск;1;1;5;1;9", "", "columns"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_is_read(row, field, code):
    found = open_spend((CSV + row + "\n").encode())
    assert len(list(found.rows())) == 2
    assert [(p.line, p.field, p.code) for p in found.problems] == [(6, field, code)]


def test_a_mapping_given_by_a_person_is_followed():
    data = "Когда;Что;Сколько\n2026-02-01;Поиск;5\n".encode()
    with pytest.raises(TableProblem) as refusal:
        open_spend(data)
    assert "cost" in str(refusal.value)
    assert missing_fields(propose_mapping(read_table(data))) == ["day", "cost", "campaign_name"]
    (row,) = open_spend(data, mapping={"day": 0, "campaign_name": 1, "cost": 2}).rows()
    assert row.cost_kopecks == 500


@pytest.mark.parametrize("data", [b"", b"  \n", gzip.compress(b"", mtime=0), b"\x1f\x8bxx"])
def test_what_is_no_spend_is_refused(data):
    with pytest.raises(TableProblem):
        open_spend(data)


def test_a_gzip_that_unpacks_past_the_limit_of_a_file_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 1 << 20)
    bomb = gzip.compress(b"1" * (2 << 20))
    assert len(bomb) < 4_000
    with pytest.raises(TableProblem, match=" 1 "):
        open_spend(bomb)
    assert reading.unpack(gzip.compress(b"1" * (1 << 20)))


def test_two_columns_of_one_title_are_not_chosen_between():
    data = "Дата;Кампания;Расход;расход:\n01.11.2026;Поиск;5;7\n".encode()
    with pytest.raises(TableProblem, match="Расход"):
        open_spend(data)
    chosen = open_spend(data, mapping={"day": 0, "campaign_name": 1, "cost": 3})
    assert [row.cost_kopecks for row in chosen.rows()] == [7_00]
    unread = "Дата;Кампания;Расход;Прочее;Прочее\n01.11.2026;Поиск;5;7;8\n".encode()
    assert [row.cost_kopecks for row in open_spend(unread).rows()] == [5_00]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "30.02.2026;;x;1;много;1",
            [
                "There is no such day as “30.02.2026”",
                "Кампания: the row names no campaign",
                "Показы: “x” is not a count",
                "Расход, ₽ (с НДС): “много” is not a sum",
            ],
        ),
        (";Поиск;1;1,5;1;y", ["the row has no day", "Клики: “1,5” is not a count",
                              "Конверсии: “y” is not a count"]),
    ],
)  # fmt: skip
@translation.override("en")
def test_every_wrong_cell_of_a_row_is_named_at_once(row, said):
    found = open_spend((CSV + row + "\n").encode())
    assert len(list(found.rows())) == 2
    (problem,) = found.problems
    assert str(problem.reason).split("; ") == said
