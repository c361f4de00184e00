"""Lists: the row of an obligation, tables, toolbars, tabs, pagers, timelines."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pult.ui.components.controls import why_button
from pult.ui.components.marks import clause_chips, when
from pult.ui.markup import EMPTY, attributes, classes, fill, icon, join
from pult.ui.parts import Tab
from pult.ui.states import state_of


def rows(content: Any, label: Any, id: str = "") -> SafeString:
    """A list of `row`s the keyboard can walk: `j k Enter Space e h ?`."""
    return fill(
        '<hotkey-list{}><ul class="rows" aria-label="{}">{}</ul></hotkey-list>',
        attributes({"id": id or None}),
        label,
        content,
    )


def row(
    actions: Any,
    *,
    now: datetime,
    what: Any,
    state: str = "open",
    client: Any = "",
    client_href: str = "",
    href: str = "",
    clauses: Any = (),
    due: datetime | date | int | None = None,
    provisional: bool = False,
    note: Any = "",
    amount: Any = "",
    why: str = "",
    peek: str = "",
    id: str = "",
) -> SafeString:
    """One act wanted of somebody: state, client, what, by which clauses, by when, the buttons.

    `href` opens it, `peek` (`"client-12"`) is its name in the address of the side panel, `why`
    the address of the day count. `provisional` says that the calendar may still move the date.
    """
    look = state_of(state)
    links = {"data-open": True, "data-peek": peek or None}
    what_html = (
        fill('<a class="row__what"{}>{}</a>', attributes({"href": href, **links}), what)
        if href
        else fill('<span class="row__what">{}</span>', what)
    )
    client_html = (
        fill('<a class="row__client" href="{}" title="{}">{}</a>', client_href, client, client)
        if client_href
        else fill('<span class="row__client" title="{}">{}</span>', client, client)
    )
    return fill(
        '<li class="row row--{}"{}>'
        '<span class="row__mark" title="{}">{}</span>'
        '{}<span class="row__text">{}{}</span>{}'
        '<span class="row__due">{}{}</span>'
        '<span class="row__foot"><span class="row__clauses">{}</span>'
        '<span class="row__actions">{}{}</span></span></li>',
        look.tone,
        attributes({"id": id or None, "data-row": True, "tabindex": "-1"}),
        look.label,
        icon(look.icon, label=str(look.label)),
        client_html if client else EMPTY,
        what_html,
        fill('<span class="row__note">{}</span>', note) if note else EMPTY,
        fill('<span class="row__amount">{}</span>', amount) if amount else EMPTY,
        when(due, now, look.tone) if due is not None else EMPTY,
        _provisional() if provisional else EMPTY,
        clause_chips(clauses),
        actions,
        why_button(why) if why else EMPTY,
    )


def _provisional() -> SafeString:
    words = _("Next year's calendar is not published yet: the date may move")
    return fill(' <span class="provisional" title="{}">{}</span>', words, _("provisional"))


def table(
    content: Any, caption: Any = "", id: str = "", cards: bool = False, walk: bool = False
) -> SafeString:
    """A table that scrolls sideways alone and keeps its head in sight.

    With `cards` a phone shows each line as a card; cells name their column in `data-label`. With
    `walk` the keyboard walks its lines as those of `rows`: `j k`, Enter opens the first link.
    """
    frame = "hotkey-list" if walk else "div"
    return fill(
        '<{} class="table-wrap" tabindex="0" role="region" aria-label="{}"{}>'
        '<table class="{}"><caption class="sr-only">{}</caption>{}</table></{}>',
        frame,
        caption,
        attributes({"id": id or None}),
        classes("table", "table--cards" if cards else ""),
        caption,
        content,
        frame,
    )


def sort_header(
    query: QueryDict, label: Any, sort: str = "", number: bool = False, target: str = ""
) -> SafeString:
    """A column's head; with `sort`, a link that sorts by it and turns round when pressed again.

    The order lives in the address: `?sort=name`, `?sort=-name`.
    """
    looks = {"scope": "col", "class": "number" if number else None}
    if not sort:
        return fill("<th{}>{}</th>", attributes(looks), label)
    current = query.get("sort", "")
    descends = current == f"-{sort}"
    active = descends or current == sort
    turned = sort if descends or not active else f"-{sort}"
    looks["aria-sort"] = ("descending" if descends else "ascending") if active else None
    arrow = ("arrow-down" if descends else "arrow-up") if active else "arrow-up-down"
    href = changed(query, sort=turned, page=None)
    return fill(
        '<th{}><a class="sort"{}>{}{}</a></th>',
        attributes(looks),
        attributes({"href": href, **enhanced(href, target)}),
        label,
        icon(arrow, size=12),
    )


def changed(query: QueryDict, **changes: Any) -> str:
    """The query string with these names set, or dropped where the value is None."""
    fresh = query.copy()
    for name, value in changes.items():
        if value is None:
            fresh.pop(name, None)
        else:
            fresh[name] = value
    return f"?{fresh.urlencode()}"


def enhanced(href: str, target: str) -> dict[str, Any]:
    """htmx attributes for a link that may swap `target` instead of loading a page."""
    if not target:
        return {}
    return {
        "hx-get": href,
        "hx-target": target,
        "hx-swap": "outerHTML",
        "hx-push-url": "true",
    }


def pager(
    query: QueryDict, number: int, pages: int, total: int | None = None, target: str = ""
) -> SafeString:
    """Previous and next with the place between them; nothing to see when there is one page.

    With `target` a screen reader is told how many were found once the list has been swapped.
    """
    said = _found(total) if target and total is not None else EMPTY
    if pages <= 1:
        return said

    def step(page: int, label: Any, arrow: str, rel: str) -> SafeString:
        if not 1 <= page <= pages:
            return fill('<span class="btn btn--quiet" aria-disabled="true">{}</span>', icon(arrow))
        href = changed(query, page=page)
        looks = {"class": "btn btn--quiet", "href": href, "rel": rel, "aria-label": label}
        return fill("<a{}>{}</a>", attributes({**looks, **enhanced(href, target)}), icon(arrow))

    place = _("%(number)s of %(pages)s") % {"number": number, "pages": pages}
    return fill(
        '{}<nav class="pager" aria-label="{}">{}<span class="pager__place">{}{}</span>{}</nav>',
        said,
        _("Pages"),
        step(number - 1, _("Previous page"), "chevron-left", "prev"),
        place,
        _(", %(total)s in all") % {"total": total} if total is not None else EMPTY,
        step(number + 1, _("Next page"), "chevron-right", "next"),
    )


def _found(total: int) -> SafeString:
    words = ngettext("%(n)d found", "%(n)d found", total) % {"n": total}
    return fill('<span hidden data-announce="{}"></span>', words)


def tabs(items: Iterable[Tab], label: Any = "", target: str = "") -> SafeString:
    """Views of one thing, each with its own address."""
    links = join(
        fill(
            "<a{}>{}{}</a>",
            attributes(
                {
                    "class": "tab",
                    "href": tab.href,
                    "aria-current": "page" if tab.current else None,
                    **enhanced(tab.href, target),
                }
            ),
            tab.label,
            fill('<span class="count">{}</span>', tab.count) if tab.count is not None else EMPTY,
        )
        for tab in items
    )
    return fill('<nav class="tabs" aria-label="{}">{}</nav>', label or _("Views"), links)


def crumbs(items: Iterable[tuple[Any, str]]) -> SafeString:
    """Where this page stands: (label, address) pairs, the last one is here."""
    links = join(
        fill('<li><a href="{}">{}</a></li>', href, label)
        if href
        else fill('<li aria-current="page">{}</li>', label)
        for label, href in items
    )
    return fill('<nav class="crumbs" aria-label="{}"><ol>{}</ol></nav>', _("Path"), links)


def steps(labels: Iterable[Any], current: int) -> SafeString:
    """A job of several screens; `current` counts from 1."""
    shown = join(
        fill(
            "<li{}>{}<span>{}</span></li>",
            attributes(
                {
                    "class": "step step--done" if number < current else "step",
                    "aria-current": "step" if number == current else None,
                }
            ),
            icon("check", label=_("done"), size=14)
            if number < current
            else fill('<span class="step__number">{}</span>', number),
            label,
        )
        for number, label in enumerate(labels, start=1)
    )
    return fill('<ol class="steps">{}</ol>', shown)


def timeline(content: Any, label: Any = "") -> SafeString:
    return fill('<ol class="timeline" aria-label="{}">{}</ol>', label or _("Timeline"), content)


def timeline_item(
    content: Any,
    *,
    now: datetime,
    title: Any,
    at: datetime | date | int | None = None,
    icon_name: str = "circle-dot",
    tone: str = "plain",
    who: Any = "",
) -> SafeString:
    """Something that happened: when, what, who did it, and what there is to say about it."""
    return fill(
        '<li class="{}"><span class="moment__mark">{}</span><div class="moment__body">'
        '<div class="moment__head"><span class="moment__title">{}</span>{}{}</div>{}</div></li>',
        classes("moment", f"moment--{tone}"),
        icon(icon_name, size=14),
        title,
        fill('<span class="moment__who">{}</span>', who) if who else EMPTY,
        when(at, now) if at is not None else EMPTY,
        fill('<div class="moment__text">{}</div>', content) if str(content).strip() else "",
    )
