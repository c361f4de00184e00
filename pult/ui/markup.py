"""Attributes and joins for the components: escaped once, in one place, and quickly.

Django's `format_html` and `conditional_escape` unwrap lazy arguments on every call; a list of
fifty rows makes ten thousand such calls, so the same rules stand here without the wrapping.
"""

import secrets
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

import lucide
from django.utils.safestring import SafeString

EMPTY = SafeString("")
# Stands for the token of forms in what is drawn once for many pages; nobody can type it.
UNSEALED = f"form-token-{secrets.token_hex(16)}"

# The same few words (classes, labels, addresses) come in every row of a list.
_escape = lru_cache(maxsize=8192)(escape)


def safe(value: Any) -> str:
    """Text ready for HTML: safe strings as they are, everything else escaped."""
    kind = type(value)
    if kind is SafeString:
        return value
    if kind is str:
        return _escape(value)
    if hasattr(value, "__html__"):
        return value.__html__()
    return escape(str(value))


def fill(template: str, *values: Any) -> SafeString:
    """Put escaped values into the `{}` of a template of our own."""
    return SafeString(template.format(*map(safe, values)))


def attributes(names: dict[str, Any]) -> SafeString:
    """Turn `hx_get="/x", hidden=True` into ` hx-get="/x" hidden`, with a leading space.

    None and False are left out. `style` and `on…` raise ValueError: the content security
    policy would drop them without a word.
    """
    parts = []
    for raw, value in names.items():
        if value is None or value is False:
            continue
        name = _attribute(raw)
        parts.append(f" {name}" if value is True else f' {name}="{safe(value)}"')
    return SafeString("".join(parts))


@lru_cache(maxsize=512)
def _attribute(raw: str) -> str:
    name = raw.rstrip("_").replace("_", "-")
    if name == "style" or name.startswith("on"):
        raise ValueError(f"The attribute {name!r} is not allowed: use a class or a listener.")
    return name


def sealed(html: SafeString, token: str) -> SafeString:
    """The same with the token of this page in its forms."""
    return SafeString(html.replace(UNSEALED, token)) if UNSEALED in html else html


def join(parts: Iterable[Any], between: str = "") -> SafeString:
    """Join what is not empty, escaping whatever is not safe yet."""
    kept = [safe(part) for part in parts if part is not None and part != ""]
    return SafeString(safe(between).join(kept))


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
    return SafeString(lucide._render_icon(str(name) + "", size, **plain).replace("\n", ""))
