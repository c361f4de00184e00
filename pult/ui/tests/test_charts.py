"""Charts are readable without eyes and hold their shape on odd data."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from pult.ui.charts import band_chart, band_table, bar, curve, sparkline
from pult.ui.charts.drawing import Scale, ticks

DAYS = [date(2026, 5, 1) + timedelta(days=shift) for shift in range(10)]
PAST = [100, 90, 80, 70, 60, None, None, None, None, None]
AHEAD = [None, None, None, None, None, 50, 40, 30, 20, 10]


def draw(**changes):
    given = {
        "dates": DAYS,
        "actual": PAST,
        "q10": AHEAD,
        "q50": AHEAD,
        "q90": AHEAD,
        "marks": [(DAYS[6], "invoice <by>"), (date(2030, 1, 1), "far away")],
        "title": "Balance",
        "summary": "Ends on 10 May",
    }
    return band_chart(**{**given, **changes})


def test_a_band_chart_says_what_it_shows_and_is_well_formed():
    picture = ElementTree.fromstring(draw())
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == "Balance. Ends on 10 May"
    assert picture.find("title").text == "Balance"
    assert picture.find("desc").text == "Ends on 10 May"


def test_a_mark_outside_the_days_is_left_out_and_words_are_escaped():
    drawn = draw()
    assert "invoice &lt;by&gt;" in drawn
    assert "far away" not in drawn


def test_the_forecast_starts_where_the_balance_ends():
    picture = draw(q50=[None] * 5 + [50, 40, 30, 20, 10])
    median = picture.split('class="chart__median" d="M')[1].split("L")[0]
    actual = picture.split('class="chart__actual" d="M')[1].split('"')[0].split("L")[-1]
    assert median == actual


def test_series_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="as long as its dates"):
        draw(q10=[1])


def test_no_data_is_a_dash_and_not_an_error():
    nothing = [None] * 10
    assert "—" in draw(actual=nothing, q10=nothing, q50=nothing, q90=nothing)
    assert "—" in draw(dates=[], actual=[], q10=[], q50=[], q90=[], marks=[])
    assert "—" in sparkline([None, None], title="x")
    assert "—" in curve([], title="x")


def test_one_day_and_a_flat_or_negative_balance_still_draw():
    one = [5]
    ElementTree.fromstring(draw(dates=DAYS[:1], actual=one, q10=one, q50=one, q90=one))
    flat = [0] * 10
    ElementTree.fromstring(draw(actual=flat, q10=flat, q50=flat, q90=flat))
    below = [-value for value in range(10)]
    assert "chart__zero" in draw(actual=below, q10=below, q50=below, q90=below)


def test_no_chart_needs_a_style_or_a_script():
    for drawn in (
        draw(),
        bar(0.5, title="x", mark=0.7),
        sparkline([1, None, 3], title="x"),
        curve([(1, 5), (2, 3)], 0, 1, title="x"),
    ):
        assert "style=" not in drawn
        assert "<script" not in drawn
        ElementTree.fromstring(drawn)


def test_a_share_above_one_is_shown_full():
    assert 'width="1000"' in bar(1.4, title="x").split("chart__bar--accent")[1]


def test_a_curve_names_the_value_in_force_and_the_chosen_one():
    drawn = curve([(7, 12), (10, 3)], current=0, chosen=1, title="x")
    assert "chart__column--current" in drawn
    assert "chart__column--chosen" in drawn
    assert ">12<" in drawn
    assert ">3<" in drawn


def test_a_dip_below_zero_hangs_from_the_ground_line():
    drawn = curve([("a", 4), ("b", -4)], title="x")
    heights = [part.split('"')[0] for part in drawn.split(' height="')[1:]]
    assert all(float(height) > 0 for height in heights if height != "100%")


def test_the_table_keeps_the_first_and_the_last_day():
    rows = band_table(DAYS * 20, PAST * 20, AHEAD * 20, AHEAD * 20, AHEAD * 20)
    assert len(rows) <= 22
    assert rows[0][0] == DAYS[0]
    assert rows[-1][0] == DAYS[-1]


@pytest.mark.parametrize(("low", "high"), [(0, 100), (-35, 20), (0, 0.3), (0, 31_000_000)])
def test_levels_are_round_and_inside(low, high):
    levels = ticks(low, high)
    assert 2 <= len(levels) <= 6
    assert all(low <= level <= high + 1e-9 for level in levels)


def test_a_scale_maps_ends_to_ends():
    scale = Scale(10, 20, 0, 1000)
    assert (scale(10), scale(15), scale(20)) == (0, 500, 1000)
    assert Scale(5, 5, 0, 1000)(5) == 0
