"""A toolbar whose state is the address of the page."""

from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.ui.markup import attributes, fill, icon


def filters(
    request: HttpRequest | None, content: Any, target: str = "", id: str = ""
) -> SafeString:
    """A GET form; with `target`, htmx sends it as it changes and swaps that element."""
    sort = request.GET.get("sort", "") if request else ""
    kept = fill('<input type="hidden" name="sort" value="{}">', sort) if sort else ""
    live = {
        "hx-get": request.path if request else "",
        "hx-target": target,
        "hx-swap": "outerHTML",
        "hx-push-url": "true",
        "hx-trigger": "change, submit, input delay:250ms from:find input[type=search]",
    }
    looks = {"class": "toolbar", "method": "get", "role": "search", "id": id or None}
    return fill(
        '<form{}>{}{}{}<noscript><button class="btn">{}</button></noscript></form>',
        attributes({**looks, **(live if target else {})}),
        _fold(),
        content,
        kept,
        _("Show"),
    )


def _fold() -> SafeString:
    """The button that unfolds the filters on a phone; scripts show it if it helps."""
    return fill(
        '<filter-fold class="toolbar__fold" hidden><button type="button" class="btn"'
        ' aria-expanded="false">{}<span>{}</span><span class="count count--accent"></span>'
        "</button></filter-fold>",
        icon("sliders-horizontal"),
        _("Filters"),
    )
