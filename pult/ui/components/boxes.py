"""Boxes that hold other things: panels, dialogs, empty states, callouts, lists of terms."""

from collections.abc import Iterable
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pult.kernel.errors import Way
from pult.kernel.roles import Role
from pult.ui.components.marks import clause_chips
from pult.ui.field_words import field_words
from pult.ui.markup import EMPTY, attributes, classes, fill, icon, join


def page_head(content: Any, title: Any, sub: Any = "", over: Any = "") -> SafeString:
    """The head of a page: what this is, a line about it, what can be done with it."""
    return fill(
        '<header class="page-head"><div class="page-head__text">{}<h1>{}</h1>{}</div>'
        '<div class="page-head__actions">{}</div></header>',
        fill('<div class="page-head__over">{}</div>', over) if over else EMPTY,
        title,
        fill('<p class="page-head__sub">{}</p>', sub) if sub else EMPTY,
        content,
    )


def panel(
    content: Any,
    title: Any,
    *,
    id: str = "",
    count: int | None = None,
    tone: str = "plain",
    icon_name: str = "",
    sub: Any = "",
    actions: Any = "",
    flush: bool = False,
) -> SafeString:
    """A titled part of a page. `flush` lets a list or a table touch the edges."""
    return fill(
        '<section class="{}"{}><header class="panel__head">{}<h2>{}</h2>{}{}'
        '<div class="panel__actions">{}</div></header><div class="panel__body">{}</div></section>',
        classes("panel", f"panel--{tone}", "panel--flush" if flush else ""),
        attributes({"id": id or None}),
        icon(icon_name, size=18) if icon_name else EMPTY,
        title,
        fill('<span class="count">{}</span>', count) if count is not None else EMPTY,
        fill('<span class="panel__sub">{}</span>', sub) if sub else EMPTY,
        actions,
        content,
    )


def empty(content: Any, title: Any, icon_name: str = "coffee") -> SafeString:
    """What to do when there is nothing to show: never a bare "nothing found"."""
    return fill(
        '<div class="empty" data-announce="{}">{}<p class="empty__title">{}</p>'
        '<div class="empty__body">{}</div></div>',
        title,
        icon(icon_name, size=28),
        title,
        content,
    )


CALLOUT_ICONS = {
    "soon": "triangle-alert",
    "breach": "circle-alert",
    "ok": "circle-check",
    "waiting": "hourglass",
}


def callout(
    content: Any, *, title: Any = "", tone: str = "plain", icon_name: str = "", role: str = ""
) -> SafeString:
    """A paragraph that must not be missed; the tone picks the icon."""
    return fill(
        '<div class="callout callout--{}"{}>{}<div class="callout__body">{}{}</div></div>',
        tone,
        attributes({"role": role or None}),
        icon(icon_name or CALLOUT_ICONS.get(tone, "info"), size=18),
        fill('<strong class="callout__title">{}</strong>', title) if title else EMPTY,
        content,
    )


def refusal(error: Any, reader: Any = None) -> SafeString:
    """A `Refusal` or `BadInput` for people: what is wrong, the cure, the clause, who can help: the
    others, where its `reader` could as well."""
    line = getattr(error, "line", None)
    field = field_words(getattr(error, "field", ""), line)
    place = join(
        [
            _("line %(line)s") % {"line": line} if line is not None else "",
            _("field “%(field)s”") % {"field": field} if field else "",
        ],
        ", ",
    )
    who = _besides(reader, str(getattr(error, "who", "") or ""))
    body = join(
        [
            fill('<span class="callout__place">{}</span>', place) if place else EMPTY,
            fill("<p>{}</p>", error.cure) if getattr(error, "cure", "") else EMPTY,
            fill("<p>{}</p>", _("Who can help: %(who)s") % {"who": who}) if who else EMPTY,
            ways_out(getattr(error, "ways", ())),
            clause_chips(getattr(error, "clause", "")),
        ]
    )
    return callout(body, title=getattr(error, "message", error), tone="breach", role="alert")


def _besides(reader: Any, who: str) -> str:
    """Names between commas, or a role by its label, without the reader's own."""
    if reader is None or not who:
        return who
    held = {str(Role(one).label) for one in getattr(reader, "roles", ()) if one in Role.values}
    if who in held:
        return ""
    own = getattr(reader, "full_name", "")
    return ", ".join(one for one in who.split(", ") if one != own)


def ways_out(ways: Iterable[Way]) -> SafeString:
    """Links to the pages where a refusal is mended; a page this Pult has not is left out."""
    links = [fill('<a href="{}">{}</a>', href, one.words) for one in ways if (href := _at(one))]
    return fill('<p class="cluster no-print">{}</p>', join(links)) if links else EMPTY


def _at(way: Way) -> str:
    try:
        address = reverse(way.page, args=way.ids)
    except NoReverseMatch:
        return ""
    query, place = way.query and f"?{way.query}", way.place and f"#{way.place}"
    return f"{address}{query}{place}"


def dialog(content: Any, id: str, title: Any, size: str = "") -> SafeString:
    """A modal dialog, opened by `data-opens="id"`; the focus returns to what opened it."""
    return fill(
        '<dialog class="{}" id="{}" aria-labelledby="{}-title"><header class="dialog__head">'
        '<h2 id="{}-title">{}</h2><button type="button" class="btn btn--quiet btn--icon"'
        ' data-closes aria-label="{}">{}</button></header>'
        '<div class="dialog__body">{}</div></dialog>',
        classes("dialog", f"dialog--{size}" if size else ""),
        id,
        id,
        id,
        title,
        _("Close"),
        icon("x"),
        content,
    )


def toast(content: Any, tone: str = "plain") -> SafeString:
    """A passing note; it stays while the pointer or the focus is on it."""
    kind = {"success": "ok", "warning": "soon", "error": "breach"}.get(tone, tone)
    return fill(
        '<div class="toast toast--{}" data-toast>{}<div class="toast__body">{}</div>'
        '<button type="button" class="btn btn--quiet btn--icon btn--small" data-dismiss'
        ' aria-label="{}">{}</button></div>',
        kind,
        icon(CALLOUT_ICONS.get(kind, "info"), size=18),
        content,
        _("Dismiss"),
        icon("x", size=14),
    )


def terms(content: Any, wide: bool = False) -> SafeString:
    """A list of `term`s: names on the left, values on the right."""
    return fill('<dl class="{}">{}</dl>', classes("terms", "terms--wide" if wide else ""), content)


def term(content: Any, name: Any) -> SafeString:
    return fill('<div class="term"><dt>{}</dt><dd>{}</dd></div>', name, content)


def stats(content: Any) -> SafeString:
    """A line of `stat`s that wraps by itself."""
    return fill('<div class="stats">{}</div>', content)


def hit(
    title: Any, href: str, kind: Any = "", detail: Any = "", icon_name: str = "", key: str = ""
) -> SafeString:
    """One result of the palette."""
    return fill(
        '<li class="hit" role="presentation"><a{}>{}<span class="hit__title">{}</span>'
        '<span class="hit__detail">{}</span><span class="hit__kind">{}</span></a></li>',
        attributes(
            {
                "role": "option",
                "aria-selected": "false",
                "href": href,
                "tabindex": "-1",
                "data-key": key or None,
            }
        ),
        icon(icon_name or "file-text"),
        title,
        detail,
        kind,
    )


def file_drop(
    name: str,
    label: Any,
    accept: str = "",
    help: Any = "",
    multiple: bool = False,
    id: str = "",
    required: bool = False,
    slim: bool = False,
    form: str = "",
) -> SafeString:
    """A place to drop a file on; without scripts it is a plain file field.

    A `slim` one stands in a row that says what it is for, `form` is the id of the form it is of.
    """
    own = id or f"id_{name}"
    return fill(
        '<file-drop class="{}" data-empty="{}"><label class="drop__label" for="{}">{}'
        '<strong{}>{}</strong><span class="drop__help" id="{}_helptext">{}</span></label>'
        '<input{}><output class="drop__file" for="{}"></output></file-drop>',
        classes("drop", "drop--slim" if slim else ""),
        _("No file chosen"),
        own,
        icon("file-up", size=16 if slim else 28),
        attributes({"class": "sr-only" if slim else None}),
        label,
        own,
        help or _("Drop a file here or choose one"),
        attributes(
            {
                "type": "file",
                "name": name,
                "id": own,
                "accept": accept or None,
                "multiple": multiple,
                "required": required,
                "form": form or None,
                "aria-describedby": f"{own}_helptext",
            }
        ),
        own,
    )
