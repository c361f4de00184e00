"""Values of other systems brought to ours. Pure."""

import html
import re
from datetime import UTC, date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from html.parser import HTMLParser
from typing import Any

from pult.kernel.words import line_of, text_of

LONGEST_TEXT = 20_000
LARGEST_SUM = 10**15  # kopecks; more is a slip or a number of another kind
_BB = re.compile(r"\[/?(?:b|i|u|s|p|list|\*|code|quote|color|size|font|left|right|center|table|tr|"
                 r"td|th|video|spoiler)(?:=[^\]]*)?\]", re.I)  # fmt: skip
_URL = re.compile(r"\[url=([^\]]+)\](.*?)\[/url\]", re.I | re.S)
_BARE_URL = re.compile(r"\[url\](.*?)\[/url\]", re.I | re.S)
_USER = re.compile(r"\[user=\d+\](.*?)\[/user\]", re.I | re.S)
_FILE = re.compile(r"\[(?:disk file|img)[^\]]*\](?:.*?\[/img\])?", re.I | re.S)
_TAG = re.compile(r"<[a-z/!][^<>]*>", re.I)
_BREAKS = frozenset(["br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol"])
_UNSEEN = frozenset(["script", "style", "head", "title"])


def plain(text: Any) -> str:
    """HTML and BB-code as plain text: mentions stay as names, links as their words and address."""
    words = str(text or "")[: LONGEST_TEXT * 4]
    words = _USER.sub(r"\1", words)
    words = _URL.sub(lambda found: _link(found[2], found[1]), words)
    words = _FILE.sub("", _BARE_URL.sub(r"\1", words))
    words = _BB.sub("", re.sub(r"\[\*\]", "\n• ", words))
    if _TAG.search(words):
        reader = _Text()
        reader.feed(words)
        reader.close()
        words = "".join(reader.kept)
    else:
        words = html.unescape(words)
    words = re.sub(r"\n\s*\n\s*\n+", "\n\n", text_of(words))
    return "\n".join(line.strip() for line in words.split("\n")).strip()[:LONGEST_TEXT]


def line(text: Any, longest: int = 200) -> str:
    """One line of plain text, shortened to fit."""
    words = line_of(plain(text))
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def kopecks(value: Any) -> int:
    """A sum in roubles (text or number) as whole kopecks; 0 for what is no sum."""
    try:
        amount = Decimal(str(value).replace(" ", "").replace("\u00a0", "").replace(",", "."))
        whole = int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))
    except (InvalidOperation, ValueError, OverflowError):
        return 0
    return whole if 0 <= whole <= LARGEST_SUM else 0


def moment(value: Any, zone: tzinfo) -> datetime | None:
    """An aware moment from ISO text, «05.03.2026 12:00» or unix seconds; without a zone of its own
    it is of `zone`. None for what is no moment."""
    if isinstance(value, int) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC) if 0 < value < 32_503_680_000 else None
    text = line_of(str(value or ""))
    if text.isdecimal() and len(text) >= 9:
        return moment(int(text), zone)
    for read in (datetime.fromisoformat, _russian):
        try:
            found = read(text)
        except ValueError:
            continue
        if not 1970 < found.year < 3000:
            return None
        aware = found if found.tzinfo else found.replace(tzinfo=zone)
        return aware.astimezone(UTC)
    return None


def day(value: Any, zone: tzinfo) -> date | None:
    """The day of a moment by the clock of `zone`; text without a time is the day itself."""
    text = str(value or "").strip()
    if len(text) == 10 and not text.isdecimal():
        found = moment(text, UTC)
        return found.date() if found else None
    at = moment(value, zone)
    return at.astimezone(zone).date() if at else None


def birthday(value: Any) -> str:
    """Day and month, «05.03», of a birthday in any shape; nobody asked for the year."""
    found = day(str(value or "")[:10], UTC)
    return f"{found.day:02}.{found.month:02}" if found else ""


def _russian(text: str) -> datetime:
    for shape in ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, shape)  # noqa: DTZ007  the caller gives it a zone
        except ValueError:
            continue
    raise ValueError(text)


def _link(words: str, address: str) -> str:
    words, address = words.strip(), address.strip()
    return address if words in ("", address) else f"{words} ({address})"


class _Text(HTMLParser):
    """The words of a piece of HTML, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self._hidden = 0
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._hidden += 1
        if tag in _BREAKS:
            self.kept.append("\n• " if tag == "li" else "\n")
        if tag == "a":
            self._address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._hidden = max(self._hidden - 1, 0)
        if tag == "a" and self._address.startswith("http"):
            if not "".join(self.kept).endswith(self._address):
                self.kept.append(f" ({self._address})")
            self._address = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.kept.append(data)
