"""Small marks inside text: badges, chips, keys, faces, moments and sums."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any
from zlib import crc32

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pult.kernel import clock
from pult.ui import formats
from pult.ui.markup import EMPTY, attributes, classes, fill, icon, join
from pult.ui.parts import clauses_of
from pult.ui.states import state_of

Now = Callable[[], datetime]


def badge(label: Any, tone: str = "plain", icon_name: str = "", title: Any = "") -> SafeString:
    """A word in a small frame; `tone` is one of `states.TONES`."""
    return fill(
        '<span class="badge badge--{}"{}>{}{}</span>',
        tone,
        attributes({"title": title or None}),
        icon(icon_name, size=12) if icon_name else EMPTY,
        label,
    )


def state_badge(code: Any) -> SafeString:
    """A state by its code: icon, word and tone together."""
    state = state_of(code)
    return badge(state.label, state.tone, state.icon)


def clause_chips(value: Any) -> SafeString:
    """The clauses a thing stands on, each a link to its wording."""
    return join(
        fill(
            '<a class="chip" href="{}"{}>'
            '<span class="chip__sign" aria-hidden="true">§</span>{}</a>',
            clause.link,
            attributes({"title": clause.title or None}),
            clause.id,
        )
        for clause in clauses_of(value)
    )


@lru_cache(maxsize=64, typed=True)
def kbd(keys: str) -> SafeString:
    """A key as it is printed on the keyboard: `kbd("mod+k")` is ⌘K on a Mac, Ctrl K elsewhere."""
    if keys.startswith("mod+"):
        return fill('<kbd class="kbd" data-mod>Ctrl {}</kbd>', keys[4:].upper())
    shown = keys.upper() if len(keys) == 1 else keys
    return fill('<kbd class="kbd">{}</kbd>', {"Enter": "↵", "Space": "␣"}.get(keys, shown))


def avatar(name: str, size: str = "") -> SafeString:
    """Initials on one of six quiet grounds, always the same for the same name."""
    letters = "".join(word[0] for word in str(name).split()[:2]).upper() or "?"
    ground = crc32(str(name).encode()) % 6
    return fill(
        '<span class="{}" role="img" aria-label="{}" title="{}">{}</span>',
        classes("avatar", f"avatar--{ground}", f"avatar--{size}" if size else ""),
        name,
        name,
        letters,
    )


def when(value: datetime | date | int | None, now: datetime, tone: str = "") -> SafeString:
    """A deadline as people say it, with the exact moment in `title`."""
    if value is None:
        return SafeString('<span class="when">—</span>')
    minute = now.replace(second=0, microsecond=0)
    return _when(value, minute, tone, get_language(), get_current_timezone())


@lru_cache(maxsize=4096, typed=True)
def _when(
    value: datetime | date | int, now: datetime, tone: str, _language: str | None, _zone: tzinfo
) -> SafeString:
    """The same days come in every row of a list."""
    return fill(
        '<time class="{}" datetime="{}" title="{}">{}</time>',
        classes("when", f"when--{tone}" if tone else ""),
        formats.machine(value),
        formats.exact(value),
        formats.deadline(value, now),
    )


def printed() -> SafeString:
    """When the page was drawn, for those who read it on paper."""
    minute = clock.now().replace(second=0, microsecond=0)
    return _printed(minute, get_language(), get_current_timezone())


@lru_cache(maxsize=64)
def _printed(at: datetime, _language: str | None, _zone: tzinfo) -> SafeString:
    words = _("Printed on %(printed_at)s") % {
        "printed_at": date_format(localtime(at), "DATETIME_FORMAT")
    }
    return fill('<p class="only-print small muted">{}</p>', words)


def local_time(value: datetime | int, now: datetime, relative: bool = False) -> SafeString:
    """A moment of the agency's clock; the element adds the reader's own when they differ."""
    said = formats.ago(value, now) if relative else formats.deadline(value, now)
    return fill(
        '<local-time datetime="{}" title="{}"{}>{}</local-time>',
        formats.machine(value),
        formats.exact(value),
        attributes({"data-relative": relative, "data-yours": _("your time")}),
        said,
    )


def stat(
    label: Any, value: Any, note: Any = "", tone: str = "plain", icon_name: str = ""
) -> SafeString:
    """One figure worth a glance: label, value, a line under it."""
    return fill(
        '<div class="stat stat--{}"><div class="stat__label">{}{}</div>'
        '<div class="stat__value">{}</div>{}</div>',
        tone,
        icon(icon_name, size=14) if icon_name else EMPTY,
        label,
        value,
        fill('<div class="stat__note">{}</div>', note) if note else EMPTY,
    )


def progress(share: float | None, label: Any = "") -> SafeString:
    """How far a long job is, 0…1; None means "working, nobody knows how long"."""
    if share is None:
        return fill('<progress class="progress" aria-label="{}"></progress>', label)
    percent = round(min(max(share, 0), 1) * 100)
    return fill(
        '<span class="progress-line"><progress class="progress" max="100" value="{}"'
        ' aria-label="{}"></progress><span class="progress-line__text">{}{}%</span></span>',
        percent,
        label,
        fill("{} ", label) if label else EMPTY,
        percent,
    )
