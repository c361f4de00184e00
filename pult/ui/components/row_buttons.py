"""The buttons of a row of the day, as one component: a page has dozens of them."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.ui.components.controls import button, menu, post_button
from pult.ui.markup import EMPTY, fill, icon, join
from pult.ui.parts import RowButtons

DIALOG = {
    "hx_target": "#act",
    "hx_swap": "innerHTML",
    "data_dialog": "act-dialog",
}


def row_buttons(buttons: RowButtons, token: str) -> SafeString:
    """What does the row, what puts it off, and a menu of what else may be said about it.

    Forms open in the page's dialog `act-dialog`, whose body is `act`.
    """
    later, later_href = buttons.later
    return join(
        [
            _button(buttons.label, buttons.href, buttons.icon, "e", dialog=buttons.dialog),
            _button(later, later_href, "", "h", dialog=True, tone="quiet"),
            menu(_menu(buttons, token), _("More"), f"more-{buttons.id}"),
        ],
        "\n",
    )


def _button(
    label: Any, href: str, icon_name: str, key: str, *, dialog: bool, tone: str = ""
) -> SafeString:
    extra = {"hx_get": href, **DIALOG} if dialog else {}
    return button(label, href=href, icon_name=icon_name, key=key, tone=tone, **extra)


def _menu(buttons: RowButtons, token: str) -> SafeString:
    links = [
        fill(
            '<a href="{}" hx-get="{}" hx-target="#act" hx-swap="innerHTML"'
            ' data-dialog="act-dialog">{}{}</a>',
            href,
            href,
            icon(icon_name),
            label,
        )
        for label, href, icon_name in buttons.menu
    ]
    if not buttons.post:
        return join(links) or EMPTY
    label, url, icon_name = buttons.post
    links.insert(1, post_button(label, url, token, icon_name=icon_name, field_next=buttons.back))
    return join(links)
