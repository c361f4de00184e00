"""Pictures that fit in a row or a card: a sparkline, a share, a what-if curve."""

from collections.abc import Sequence

from pult.ui.charts.drawing import (
    WIDTH,
    Number,
    Scale,
    area,
    line,
    percent,
    picture,
    runs,
    stretched,
    words,
)


def sparkline(values: Sequence[Number | None], *, title: str, summary: str = "") -> str:
    """A line of values without axes, as tall as a line of text; gaps stay gaps."""
    height = 28
    known = [value for value in values if value is not None]
    if not known:
        return picture("chart--spark", height, title, summary, [words("0", 18, "—")])
    x = Scale(0, max(len(values) - 1, 1), 0, WIDTH)
    y = Scale(min([*known, 0]), max(known), height - 2, 2)
    points = [None if v is None else (x(i), y(v)) for i, v in enumerate(values)]
    fills = [area(run, [(px, height) for px, _ in run], "chart__fill") for run in runs(points)]
    return picture(
        "chart--spark",
        height,
        title,
        summary,
        [stretched(height, [*fills, line(points, "chart__actual")])],
    )


def bar(share: float, *, title: str, tone: str = "accent", mark: float | None = None) -> str:
    """How much of a whole, 0…1, with an optional tick of the plan; more than 1 shows full."""
    height = 8
    filled = min(max(share, 0.0), 1.0) * WIDTH
    parts = [
        f'<rect class="chart__track" width="{WIDTH}" height="{height}"/>',
        f'<rect class="chart__bar chart__bar--{tone}" width="{filled:g}" height="{height}"/>',
    ]
    if mark is not None:
        place = min(max(mark, 0.0), 1.0) * WIDTH
        parts.append(f'<path class="chart__plan" d="M{place:g} 0V{height}"/>')
    return picture("chart--bar", height, title, "", [stretched(height, parts)])


def span(
    start: float, end: float, *, title: str, tone: str = "accent", now: float | None = None
) -> str:
    """From when to when of a stretch of days, 0…1 each; a tick where today is."""
    height = 12
    left, right = (min(max(one, 0.0), 1.0) * WIDTH for one in (start, end))
    parts = [
        f'<rect class="chart__track" width="{WIDTH}" height="{height}"/>',
        f'<rect class="chart__bar chart__bar--{tone}" x="{left:g}" width="{max(right - left, 6):g}"'
        f' height="{height}"/>',
    ]
    if now is not None and 0 <= now <= 1:
        parts.append(f'<path class="chart__plan" d="M{now * WIDTH:g} 0V{height}"/>')
    return picture("chart--span", height, title, "", [stretched(height, parts)])


def curve(
    values: Sequence[tuple[object, Number]],
    current: int | None = None,
    chosen: int | None = None,
    *,
    title: str,
    summary: str = "",
    height: int = 180,
) -> str:
    """What a figure would be at each value of a parameter: (value, figure) pairs, left to right.

    `current` and `chosen` are indexes: the value in force and the one under consideration.
    """
    top, bottom = 26, 24
    if not values:
        return picture("chart--curve", 40, title, summary, [words("0", 24, "—")])
    figures = [figure for _, figure in values]
    slot = WIDTH / len(values)
    y = Scale(min([*figures, 0]), max([*figures, 1]), height - bottom, top)
    centres = [slot * (i + 0.5) for i in range(len(values))]
    ground = y(0)
    columns = []
    labels = []
    for i, (name, figure) in enumerate(values):
        looks = "chosen" if i == chosen else "current" if i == current else "plain"
        upper, depth = min(y(figure), ground), abs(ground - y(figure))
        columns.append(
            f'<rect class="chart__column chart__column--{looks}" x="{centres[i] - slot * 0.36:.2f}"'
            f' y="{upper:g}" width="{slot * 0.72:.2f}" height="{max(depth, 1):g}"/>'
        )
        place = percent(centres[i])
        if looks != "plain":
            labels.append(words(place, upper - 6, figure, "chart__strong", "middle"))
        minor = "chart__minor" if i % 2 and looks == "plain" else ""
        labels.append(words(place, height - 6, name, minor, "middle"))
    shapes = [f'<path class="chart__zero" d="M0 {ground:g}H{WIDTH}"/>', *columns]
    return picture("chart--curve", height, title, summary, [stretched(height, shapes), *labels])
