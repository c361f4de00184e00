"""`{% load pult %}`: every component of the interface. README.md of `pult.ui` shows each call.

This module only registers; the components themselves live in `pult.ui.components`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.safestring import SafeString

from pult.kernel import clock
from pult.ui import assets, charts, formats, markup
from pult.ui.components import boxes, controls, day_list, lists, marks, toolbars
from pult.ui.components.figures import band_figure
from pult.ui.frame import Frame, frame_of
from pult.ui.markup import sealed
from pult.ui.render import render_still

register = template.Library()
tag = register.simple_tag
block = register.simple_block_tag


@tag(takes_context=True)
def frame(context: template.Context) -> Frame:
    """The frame of this page, whatever view drew it: `{% frame as frame %}`."""
    return context.get("frame") or frame_of(context.get("request"))


@register.filter
def here(frame: Frame, request: HttpRequest) -> str:
    """The address of the menu's item this page belongs to; the longest wins."""
    path = request.path if request else ""
    found = (item.href for item in frame.nav if item.leads_to(path))
    return max(found, key=len, default="")


@tag(takes_context=True)
def still(context: template.Context, template_name: str, **told: Any) -> SafeString:
    """A part of every page that depends on nothing but the language and what it is told here.
    Forms in it get the token of this page."""
    return sealed(render_still(template_name, **told), _token(context))


@tag(takes_context=True)
def refusal(context: template.Context, error: Any) -> SafeString:
    """A refusal in a box; its reader is not named as the one who can help."""
    request = context.get("request")
    return boxes.refusal(error, reader=getattr(request, "user", None))


@tag(takes_context=True)
def token(context: template.Context) -> str:
    """The page's token against forged forms, for what sends forms without a `<form>`."""
    return _token(context)


tag(marks.printed)


tag(assets.stylesheets)
tag(assets.scripts)


@tag
def icon(name: str, label: str = "", size: int = 16) -> SafeString:
    return markup.icon(name, label, size)


tag(marks.state_badge, name="state")
tag(marks.clause_chips, name="clauses")
tag(marks.kbd)
tag(marks.avatar)
tag(marks.progress)


@tag
def badge(label: Any, tone: str = "plain", icon: str = "", title: Any = "") -> SafeString:
    return marks.badge(label, tone, icon, title)


@tag
def stat(label: Any, value: Any, note: Any = "", tone: str = "plain", icon: str = "") -> SafeString:
    return marks.stat(label, value, note, tone, icon)


@tag
def when(value: Any, tone: str = "") -> SafeString:
    return marks.when(value, clock.now(), tone)


@tag
def local_time(value: Any, relative: bool = False) -> SafeString:
    return marks.local_time(value, clock.now(), relative)


@tag
def button(label: Any, icon: str = "", **looks: Any) -> SafeString:
    return controls.button(label, icon_name=icon, **looks)


@tag(takes_context=True)
def post_button(
    context: template.Context, label: Any, url: str, icon: str = "", **looks: Any
) -> SafeString:
    return controls.post_button(label, url, _token(context), icon_name=icon, **looks)


def _token(context: template.Context) -> str:
    """One masked token for all the forms of a page: each masking costs a hundred random bytes."""
    request = context.get("request")
    if request is None:
        return context.get("form_token", "")
    known = getattr(request, "_pult_token", "")
    if not known:
        known = request._pult_token = get_token(request)
    return known


tag(controls.why_button)
tag(controls.choice)
tag(controls.form_errors)
tag(controls.bound_field, name="field")


@tag
def control(name: str, label: Any, icon: str = "", **looks: Any) -> SafeString:
    return controls.control(name, label, icon_name=icon, **looks)


@block
def menu(content: Any, label: Any, id: str, icon: str = "ellipsis") -> SafeString:
    return controls.menu(content, label, id, icon)


@block(takes_context=True)
def filters(context: template.Context, content: Any, target: str = "", id: str = "") -> SafeString:
    return toolbars.filters(context.get("request"), content, target, id)


block(lists.rows)
block(lists.table)
tag(lists.tabs)
tag(lists.crumbs)
tag(lists.steps)
block(lists.timeline)


@block
def row(content: Any, what: Any, **looks: Any) -> SafeString:
    return lists.row(content, what=what, now=clock.now(), **looks)


@tag(takes_context=True)
def day_rows(context: template.Context, items: Iterable[Any]) -> SafeString:
    return day_list.day_rows(items, clock.now(), _token(context))


@block
def timeline_item(content: Any, title: Any, icon: str = "circle-dot", **looks: Any) -> SafeString:
    return lists.timeline_item(content, title=title, now=clock.now(), icon_name=icon, **looks)


@tag(takes_context=True)
def th(
    context: template.Context, label: Any, sort: str = "", number: bool = False, target: str = ""
) -> SafeString:
    return lists.sort_header(context["request"].GET, label, sort, number, target)


@tag(takes_context=True)
def pager(
    context: template.Context,
    number: int,
    pages: int,
    total: int | None = None,
    target: str = "",
) -> SafeString:
    return lists.pager(context["request"].GET, number, pages, total, target)


block(boxes.page_head)
block(boxes.dialog)
block(boxes.toast)
block(boxes.terms)
block(boxes.term)
block(boxes.stats)
tag(boxes.ways_out)
tag(boxes.file_drop)


@block
def panel(content: Any, title: Any, icon: str = "", **looks: Any) -> SafeString:
    return boxes.panel(content, title, icon_name=icon, **looks)


@block
def empty(content: Any, title: Any, icon: str = "coffee") -> SafeString:
    return boxes.empty(content, title, icon)


@block
def callout(
    content: Any, title: Any = "", tone: str = "plain", icon: str = "", role: str = ""
) -> SafeString:
    return boxes.callout(content, title=title, tone=tone, icon_name=icon, role=role)


@tag
def hit(
    title: Any, href: str, kind: Any = "", detail: Any = "", icon: str = "", key: str = ""
) -> SafeString:
    return boxes.hit(title, href, kind, detail, icon, key)


tag(band_figure, name="band_chart")


@tag
def sparkline(values: Any, title: str, summary: str = "") -> SafeString:
    return SafeString(charts.sparkline(values, title=title, summary=summary))


@tag
def bar(share: float, title: str, tone: str = "accent", mark: float | None = None) -> SafeString:
    return SafeString(charts.bar(share, title=title, tone=tone, mark=mark))


@tag
def curve(
    values: Any,
    title: str,
    current: int | None = None,
    chosen: int | None = None,
    summary: str = "",
) -> SafeString:
    return SafeString(charts.curve(values, current, chosen, title=title, summary=summary))


@register.filter
def money(kopecks: int | None, how: str = "") -> str:
    """`{{ sum|money }}`, `{{ sum|money:"exact" }}`, `{{ sum|money:"short" }}`."""
    if how == "short":
        return formats.short_money(kopecks)
    return formats.money(kopecks, exact=how == "exact")


@register.filter
def number(value: int | None) -> str:
    return formats.number(value)


@register.filter
def deadline(value: Any) -> str:
    return formats.deadline(value, clock.now())


@register.filter
def exact_date(value: Any) -> str:
    return formats.exact(value)


@register.filter
def ago(value: datetime | int | None) -> str:
    return formats.ago(value, clock.now())
