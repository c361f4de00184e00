"""When the money runs out: what was, the median of what will be, and the band around it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pult.ui.charts.drawing import (
    WIDTH,
    Number,
    Point,
    Scale,
    area,
    line,
    percent,
    picture,
    stretched,
    text,
    ticks,
    words,
)

HEIGHT, TOP, BOTTOM = 260, 44, 28
Series = Sequence[Number | None]
Mark = tuple[date, str]


def band_chart(
    dates: Sequence[date],
    actual: Series,
    q10: Series,
    q50: Series,
    q90: Series,
    marks: Sequence[Mark] = (),
    *,
    title: str,
    summary: str = "",
    money: Callable[[Number], str] = str,
    day: Callable[[date], str] = str,
) -> str:
    """Draw balances by day: `actual` until today, then the 10–90 % band and its median.

    All series are as long as `dates`, with None where a value is not known. Values are of any
    one unit; `money` and `day` write them. `marks` are days that matter, each with a word.
    Raises ValueError when the lengths differ.
    """
    series = (actual, q10, q50, q90)
    if any(len(values) != len(dates) for values in series):
        raise ValueError("Every series of a band chart is as long as its dates.")
    known = [value for values in series for value in values if value is not None]
    if not dates or not known:
        return picture("chart--band", 40, title, summary, [words("0", 24, "—")])
    low, high = min([*known, 0]), max([*known, 1])
    x = Scale(dates[0].toordinal(), dates[-1].toordinal(), 0, WIDTH)
    y = Scale(low, high, HEIGHT - BOTTOM, TOP)

    def points(values: Series) -> list[Point | None]:
        return [
            None if value is None else (x(at.toordinal()), y(value))
            for at, value in zip(dates, values, strict=True)
        ]

    shapes = [
        *(_grid(y(level), level == 0) for level in ticks(low, high)),
        _band(points(q90), points(q10)),
        line(_joined(points(actual), points(q50)), "chart__median"),
        line(points(actual), "chart__actual"),
    ]
    labels = [
        words("100%", y(level) - 4, money(level), "chart__level", "end")
        for level in ticks(low, high)
    ]
    inside = [(at, word) for at, word in marks if dates[0] <= at <= dates[-1]]
    return picture(
        "chart--band",
        HEIGHT,
        title,
        summary,
        [
            stretched(HEIGHT, shapes),
            *labels,
            *_days(dates, x, day),
            *_marks(inside, x),
        ],
    )


def _grid(y: float, zero: bool) -> str:
    looks = "chart__zero" if zero else "chart__grid"
    return f'<path class="{looks}" d="M0 {y:g}H{WIDTH}"/>'


def _band(upper: list[Point | None], lower: list[Point | None]) -> str:
    pairs = [(u, v) for u, v in zip(upper, lower, strict=True) if u is not None and v is not None]
    return area([u for u, _ in pairs], [v for _, v in pairs], "chart__band")


def _joined(actual: list[Point | None], median: list[Point | None]) -> list[Point | None]:
    """The median starts from the last known balance, so that the line has no gap."""
    last = max((i for i, point in enumerate(actual) if point is not None), default=None)
    if last is None or median[last] is not None:
        return median
    return [*median[:last], actual[last], *median[last + 1 :]]


def _days(dates: Sequence[date], x: Scale, day: Callable[[date], str]) -> list[str]:
    """Up to five days under the chart; every other one gives way on a narrow page."""
    count = min(5, len(dates))
    places = sorted({round(k * (len(dates) - 1) / max(count - 1, 1)) for k in range(count)})
    shown = []
    for order, index in enumerate(places):
        anchor = "start" if index == 0 else "end" if index == len(dates) - 1 else "middle"
        minor = "chart__minor" if order % 2 else ""
        place = percent(x(dates[index].toordinal()))
        shown.append(words(place, HEIGHT - 8, day(dates[index]), minor, anchor))
    return shown


def _marks(marks: Sequence[Mark], x: Scale) -> list[str]:
    """Flags on two floors, so that neighbours do not cover each other."""
    drawn = []
    for order, (at, word) in enumerate(sorted(marks)):
        place = x(at.toordinal())
        anchor = "end" if place > WIDTH / 2 else "start"
        floor = 14 if order % 2 == 0 else 30
        shift = -6 if anchor == "end" else 6
        drawn.append(
            f'<g class="chart__mark"><line x1="{percent(place)}" x2="{percent(place)}"'
            f' y1="{floor - 10}" y2="{HEIGHT - BOTTOM}"/>'
            f'<text class="chart__text chart__flag" x="{percent(place)}" dx="{shift}" y="{floor}"'
            f' text-anchor="{anchor}">{text(word)}</text></g>'
        )
    return drawn


def band_table(
    dates: Sequence[date], actual: Series, q10: Series, q50: Series, q90: Series
) -> list[tuple[date, Any, Any, Any, Any]]:
    """The same figures as rows: about twenty of them, the first and the last always among them."""
    step = max(1, len(dates) // 20)
    last = len(dates) - 1
    return [
        (dates[i], actual[i], q10[i], q50[i], q90[i])
        for i in range(len(dates))
        if i % step == 0 or i == last
    ]
