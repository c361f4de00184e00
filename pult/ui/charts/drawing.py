"""Scales, paths and escaping shared by the charts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

WIDTH = 1000  # units across the stretching part of every chart

Number = int | float
Point = tuple[float, float]


@dataclass(frozen=True)
class Scale:
    """Maps low…high to start…end, linearly; a flat series lies on the end."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: Number) -> float:
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.0
        return round(self.start + share * (self.end - self.start), 2)


def text(words: object) -> str:
    return escape(str(words), quote=True)


def percent(x: float) -> str:
    return f"{x / WIDTH * 100:.2f}%"


def runs(points: Iterable[Point | None]) -> list[list[Point]]:
    """Cut a series where values are missing."""
    kept: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            kept.append([])
        else:
            kept[-1].append(point)
    return [run for run in kept if run]


def line(points: Iterable[Point | None], looks: str) -> str:
    """A path through the points, broken at gaps; a lonely point becomes a short dash."""
    moves = []
    for run in runs(points):
        if len(run) == 1:
            run = [run[0], (run[0][0] + 0.1, run[0][1])]
        moves.append("M" + "L".join(f"{x:g} {y:g}" for x, y in run))
    return f'<path class="{looks}" d="{"".join(moves)}"/>' if moves else ""


def area(upper: Sequence[Point], lower: Sequence[Point], looks: str) -> str:
    ring = [*upper, *reversed(lower)]
    shape = "L".join(f"{x:g} {y:g}" for x, y in ring)
    return f'<path class="{looks}" d="M{shape}Z"/>' if len(upper) > 1 else ""


def ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round values between low and high: 1, 2 or 5 times a power of ten apart."""
    if high <= low:
        return [low]
    rough = (high - low) / about
    power = 10 ** floor(log10(rough))
    step = next(power * k for k in (1, 2, 5, 10) if power * k >= rough)
    first = ceil(low / step)
    return [k * step for k in range(first, floor(high / step) + 1)]


def picture(looks: str, height: int, title: str, summary: str, parts: Iterable[str]) -> str:
    """The outer `<svg role="img">` whose name and description a screen reader speaks."""
    label = text(f"{title}. {summary}" if summary else title)
    return (
        f'<svg class="chart {looks}" role="img" aria-label="{label}" width="100%"'
        f' height="{height}"><title>{text(title)}</title>'
        + (f"<desc>{text(summary)}</desc>" if summary else "")
        + "".join(parts)
        + "</svg>"
    )


def stretched(height: int, parts: Iterable[str], y: int = 0) -> str:
    """The part that fills the width whatever it is; strokes keep their thickness by CSS."""
    return (
        f'<svg x="0" y="{y}" width="100%" height="{height}" viewBox="0 0 {WIDTH} {height}"'
        f' preserveAspectRatio="none" aria-hidden="true">{"".join(parts)}</svg>'
    )


def words(x: str, y: float, content: object, looks: str = "", anchor: str = "start") -> str:
    return (
        f'<text class="chart__text {looks}" x="{x}" y="{y:g}" text-anchor="{anchor}">'
        f"{text(content)}</text>"
    )
