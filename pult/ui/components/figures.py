"""Charts with their words: a picture, its caption, and the same numbers as a table."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.ui import formats
from pult.ui.charts import band_chart, band_table
from pult.ui.markup import fill, join


def band_figure(
    dates: Sequence[date],
    actual: Sequence[int | None],
    q10: Sequence[int | None],
    q50: Sequence[int | None],
    q90: Sequence[int | None],
    marks: Sequence[tuple[date, Any]] = (),
    title: str = "",
    summary: str = "",
) -> SafeString:
    """Balances in kopecks by day as a band chart, a legend and a table of the same figures."""
    drawn = band_chart(
        dates,
        actual,
        q10,
        q50,
        q90,
        [(at, str(word)) for at, word in marks],
        title=str(title or _("Balance and forecast")),
        summary=str(summary),
        money=lambda value: formats.short_money(int(value)),
        day=lambda at: date_format(at, "j E"),
    )
    legend = join(
        fill('<li class="legend__item legend__item--{}">{}</li>', name, words)
        for name, words in (
            ("actual", _("balance")),
            ("median", _("forecast, median")),
            ("band", _("8 cases of 10")),
        )
    )
    return fill(
        '<figure class="figure">{}<figcaption><ul class="legend">{}</ul>{}</figcaption></figure>',
        SafeString(drawn),
        legend,
        _numbers(band_table(dates, actual, q10, q50, q90)),
    )


def _numbers(lines: list[tuple[date, Any, Any, Any, Any]]) -> SafeString:
    heads = (_("Day"), _("Balance"), _("10%"), _("Median"), _("90%"))
    body = join(
        fill(
            '<tr><th scope="row">{}</th>{}</tr>',
            date_format(at, "j E Y"),
            join(fill('<td class="number">{}</td>', formats.money(value)) for value in values),
        )
        for at, *values in lines
    )
    return fill(
        '<details class="numbers"><summary>{}</summary><div class="table-wrap" tabindex="0">'
        '<table class="table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details>',
        _("The same in numbers"),
        join(fill('<th scope="col">{}</th>', head) for head in heads),
        body,
    )
