"""The frame around every page: who is looking, where they can go, how they like it to look.

`pult.ui` knows no users and no pages. The wiring tells it once where a frame comes from:
`set_frame_provider(fn)` with `fn(request) -> Frame`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

THEMES = ("auto", "light", "dark")
DENSITIES = ("compact", "normal", "roomy")


@dataclass(frozen=True)
class NavItem:
    """One place of the menu. `count` is a badge; `tone` (see `states.TONES`) its colour.

    `primary` items stand in the thumb bar of a phone, the rest behind "More".
    """

    label: Any
    href: str
    icon: str
    count: int = 0
    tone: str = "plain"
    primary: bool = True
    group: Any = ""

    def leads_to(self, path: str) -> bool:
        return path == self.href if self.href == "/" else path.startswith(self.href)


@dataclass(frozen=True)
class Frame:
    """What the base template needs to know; the defaults are those of a stranger."""

    user_name: str = ""
    role: Any = ""
    nav: tuple[NavItem, ...] = ()
    theme: str = "auto"
    density: str = "normal"
    language: str = ""
    hotkeys: bool = True
    search_url: str = ""
    profile_url: str = ""
    sign_out_url: str = ""
    demo: bool = False
    notice: Any = ""

    @property
    def primary(self) -> tuple[NavItem, ...]:
        return tuple(item for item in self.nav if item.primary)[:4]

    @property
    def rest(self) -> tuple[NavItem, ...]:
        first = {item.href for item in self.primary}
        return tuple(item for item in self.nav if item.href not in first)


FrameProvider = Callable[[HttpRequest], Frame]


def _stranger(request: HttpRequest) -> Frame:
    return Frame()


_provider: FrameProvider = _stranger


def set_frame_provider(provider: FrameProvider) -> None:
    """Say once, at start-up, how a request gets its frame."""
    global _provider
    _provider = provider


def frame_of(request: HttpRequest | None) -> Frame:
    """The frame of this request, made once; without a request, a stranger's."""
    if request is None:
        return Frame()
    known = getattr(request, "_pult_frame", None)
    if known is None:
        known = request._pult_frame = _provider(request)  # type: ignore[attr-defined]
    return known
