"""Attributes and joins for the components: escaped once, in one place."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import lucide
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

EMPTY = mark_safe("")


def attributes(names: dict[str, Any]) -> SafeString:
    """Turn `hx_get="/x", hidden=True` into ` hx-get="/x" hidden`, with a leading space.

    None and False are left out. `style` and `on…` raise ValueError: the content security
    policy would drop them without a word.
    """
    parts = []
    for raw, value in names.items():
        if value is None or value is False:
            continue
        name = raw.rstrip("_").replace("_", "-")
        if name == "style" or name.startswith("on"):
            raise ValueError(f"The attribute {name!r} is not allowed: use a class or a listener.")
        parts.append(f" {name}" if value is True else f' {name}="{conditional_escape(value)}"')
    return mark_safe("".join(parts))


def join(parts: Iterable[Any], between: str = "") -> SafeString:
    """Join what is not empty, escaping whatever is not safe yet."""
    kept = [conditional_escape(part) for part in parts if part not in (None, "")]
    return mark_safe(conditional_escape(between).join(kept))


def classes(*names: str) -> str:
    return " ".join(name for name in names if name)


@lru_cache(maxsize=512)
def icon(name: str, label: str = "", size: int = 16, extra: str = "") -> SafeString:
    """An inline Lucide icon. Without a label it is decoration and hidden from screen readers.

    An unknown name raises `lucide.IconDoesNotExist`.
    """
    marks = {"class": classes("icon", extra), "focusable": "false"}
    marks |= {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    # A SafeString from a template would otherwise escape the escaping of ElementTree.
    plain = {key: str(value) + "" for key, value in marks.items()}
    return mark_safe(lucide._render_icon(str(name) + "", size, **plain).replace("\n", ""))


def hidden_text(text: Any) -> SafeString:
    """Words for a screen reader where the eye has an icon or a colour."""
    return format_html('<span class="sr-only">{}</span>', text)
