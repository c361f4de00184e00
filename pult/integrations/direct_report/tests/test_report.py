"""Reports of Direct: the API's, those people save, and those cut short."""

import gzip
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from pult.integrations.direct_report import report, write_report
from pult.integrations.spend import SpendRow, open_spend
from pult.integrations.table import TableProblem

PLAIN = """"май (2026-02-01 - 2026-02-15)"
Date\tCampaignId\tCampaignName\tImpressions\tClicks\tCost\tConversions
2026-02-01\t101\tПоиск | Тверь\t1520\t31\t2480.50\t2
2026-02-01\t102\t"РСЯ ""тёплый"" дом"\t20410\t55\t1310.00\t--
Total rows: 2
"""


def read(text, **options):
    found = open_spend(text.encode() if isinstance(text, str) else text, **options)
    return found, list(found.rows())


def test_a_report_is_read_with_its_name_quotes_and_dashes():
    found, rows = read(PLAIN)
    assert (found.source, found.name, found.problems, found.warnings) == (
        "direct",
        "май (2026-02-01 - 2026-02-15)",
        [],
        [],
    )
    assert rows == [
        SpendRow(3, date(2026, 2, 1), "101", "Поиск | Тверь", "", 1520, 31, 248050, 2),
        SpendRow(4, date(2026, 2, 1), "102", 'РСЯ "тёплый" дом', "", 20410, 55, 131000, None),
    ]
    assert (found.count, found.with_vat) == (2, None)


def test_rows_may_be_streamed_twice_without_doubling_the_count():
    found, rows = read(PLAIN)
    assert list(found.rows()) == rows
    assert found.count == 2


def test_header_and_summary_may_be_absent():
    lines = PLAIN.splitlines(keepends=True)
    found, rows = read("".join(lines[1:4]))
    assert (len(rows), found.problems) == (2, [])
    assert len(found.warnings) == 1
    with pytest.raises(TableProblem):
        report("".join(lines[2:]).encode())


def test_gzip_bom_and_crlf_are_read():
    _, plain = read(PLAIN)
    for data in (
        gzip.compress(PLAIN.encode()),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.encode("utf-16"),
    ):
        found, rows = read(data)
        assert rows == plain
        assert found.problems == []


def test_micros_are_known_by_their_look():
    text = PLAIN.replace("2480.50", "2480500000").replace("1310.00", "5000")
    _, rows = read(text)
    assert [row.cost_kopecks for row in rows] == [248050, 1]
    _, rows = read(text.replace("2480500000", "2480"))
    assert [row.cost_kopecks for row in rows] == [248000, 500000]
    found, rows = read(text.replace("2480500000", "2480"), micros=True)
    assert [row.cost_kopecks for row in rows] == [0, 1]
    assert found.warnings == []


def test_whole_roubles_are_taken_with_a_warning():
    found, rows = read(PLAIN.replace("2480.50", "2480").replace("1310.00", "1310"))
    assert [row.cost_kopecks for row in rows] == [248000, 131000]
    assert len(found.warnings) == 1


def test_conversions_of_goals_are_added_up():
    text = PLAIN.replace("\tConversions\n", "\tConversions_1_LSC\tConversions_2_LSC\n")
    text = text.replace("\t2\n", "\t2\t3\n").replace("\t--\n", "\t--\t--\n")
    _, rows = read(text)
    assert [row.conversions for row in rows] == [5, None]


@pytest.mark.parametrize(
    ("old", "new", "field", "code"),
    [
        ("2026-02-01\t101", "2026-02-30\t101", "Date", "date"),
        ("2026-02-01\t101", "2026-W05-1\t101", "Date", "date"),
        ("2026-02-01\t101", "2026-02-01\t--", "CampaignId", "required"),
        ("2480.50", "2480.505", "Cost", "amount"),
        ("2480.50", "-1.00", "Cost", "amount"),
        ("2480.50", "1e3", "Cost", "amount"),
        ("\t1520\t", "\t1 520\t", "Impressions", "amount"),
        ("\t31\t", "\t", "", "columns"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_is_read(old, new, field, code):
    found, rows = read(PLAIN.replace(old, new))
    assert [(p.line, p.field, p.code) for p in found.problems] == [(3, field, code)]
    assert [row.campaign_id for row in rows] == ["102"]


def test_a_report_cut_anywhere_gives_itself_away():
    data = PLAIN.encode()
    start = data.index(b"2026-02-01\t101")
    for end in range(start, len(data) - 1):
        found, _rows = read(data[:end])
        assert found.problems or found.warnings, f"cut at {end}"


def test_a_summary_that_counts_more_rows_is_a_problem():
    found, _ = read(PLAIN.replace("Total rows: 2", "Total rows: 3"))
    assert [(p.line, p.code) for p in found.problems] == [(5, "total")]


def test_a_torn_archive_is_refused():
    with pytest.raises(TableProblem):
        open_spend(gzip.compress(PLAIN.encode())[:-20])


ROWS = st.builds(
    SpendRow,
    line=st.just(0),
    day=st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    campaign_id=st.integers(1, 10**9).map(str),
    campaign_name=st.text(st.sampled_from('абвё "|АB1'), max_size=20).map(
        lambda text: " ".join(text.split())
    ),
    login=st.sampled_from(["", "les-agency"]),
    impressions=st.integers(0, 10**9),
    clicks=st.integers(0, 10**6),
    cost_kopecks=st.integers(0, 10**12),
    conversions=st.none() | st.integers(0, 10**6),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ROWS, max_size=8), st.booleans(), st.booleans())
def test_what_is_written_is_read_back(rows, micros, header):
    data = b"".join(write_report(rows, micros=micros, header=header))
    found = open_spend(data, micros=micros)
    read_back = list(found.rows())
    for row in read_back:
        row.line = 0
    assert found.problems == []
    assert read_back == rows


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 300), st.binary(max_size=10))
def test_a_damaged_report_is_read_or_refused(place, noise):
    data = PLAIN.encode()
    try:
        found = open_spend(data[:place] + noise + data[place + len(noise) :])
        rows = list(found.rows())
    except TableProblem:
        return
    assert all(row.cost_kopecks >= 0 for row in rows)


@pytest.mark.parametrize("column", ["Cost", "Clicks", "CampaignId"])
def test_a_column_that_stands_twice_is_refused_by_its_name(column):
    header, row = f"Date\tCampaignId\tClicks\tCost\t{column}", "2026-11-01\t123\t1\t1\t1000000"
    with pytest.raises(TableProblem, match=column) as refused:
        open_spend(f"{header}\n{row}\nTotal rows: 1\n".encode())
    assert (refused.value.line, refused.value.field) == (1, column)


@translation.override("en")
def test_every_wrong_field_of_a_row_is_named_at_once():
    found, rows = read(PLAIN.replace("2026-02-01\t101", "2026-02-30\t--").replace("2480.50", "x"))
    assert [row.campaign_id for row in rows] == ["102"]
    (problem,) = found.problems
    assert (problem.field, problem.code) == ("Date", "date")
    assert str(problem.reason).split("; ") == [
        "“2026-02-30” is not a date",
        "CampaignId: the row names no campaign",
        "Cost: “x” is not a sum",
    ]
