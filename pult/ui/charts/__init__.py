"""Small pictures of numbers as inline SVG, without Django and without scripts.

Shapes live in a nested `<svg>` that stretches with the page; words stand in the outer one at
percentages, so that letters keep their size at any width. Colours come from CSS classes alone.
Every function returns markup whose text is already escaped.
"""

from pult.ui.charts.band import band_chart, band_table
from pult.ui.charts.small import bar, curve, span, sparkline

__all__ = ["band_chart", "band_table", "bar", "curve", "span", "sparkline"]
