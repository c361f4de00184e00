"""Texts people write with a few signs of Markdown, drawn as HTML that holds nothing else.

Everything is escaped first; what then becomes a tag is one of a dozen, and a link leads to the
web, to a mail address or to a path of this site. Known: headings (#), lists (- and 1.), quotes
(>), **bold**, *italic*, `code`, [words](address); a blank line parts paragraphs.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape, unescape
from itertools import groupby

from django.utils.safestring import SafeString

from pult.kernel.words import is_local_path

HEADING = re.compile(r"(#{1,3})\s+(.+)")
BULLET = re.compile(r"[-*]\s+(.+)")
NUMBER = re.compile(r"\d{1,3}[.)]\s+(.+)")
QUOTE = re.compile(r">\s?(.*)")
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[([^\[\]\n]+)\]\(([^()\s]+)\)")
BOLD = re.compile(r"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*")
ITALIC = re.compile(r"(?<![*\w])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![*\w])")
WEB = ("https://", "http://", "mailto:")
FIRST_LEVEL = 2  # the page has its own h1
KEPT = re.compile("\ue000(\\d+)\ue001")


@lru_cache(maxsize=256)
def prose(text: str) -> SafeString:
    """The HTML of a text; nothing in it can be more than words, links and their order."""
    lines = re.sub("[\ue000\ue001]", "", text.replace("\r\n", "\n")).split("\n")
    blocks = (_block(kind, list(part)) for kind, part in groupby(lines, _kind))
    return SafeString("\n".join(filter(None, blocks)))


def _kind(line: str) -> str:
    line = line.strip()
    if not line:
        return ""
    shapes = (("h", HEADING), ("ul", BULLET), ("ol", NUMBER), ("blockquote", QUOTE))
    return next((name for name, shape in shapes if shape.fullmatch(line)), "p")


def _block(kind: str, lines: list[str]) -> str:
    words = [line.strip() for line in lines]
    if kind == "h":
        return "\n".join(map(_heading, words))
    if kind in ("ul", "ol"):
        shape = BULLET if kind == "ul" else NUMBER
        items = "".join(f"<li>{_inline(one)}</li>" for one in _caught(shape, words))
        return f"<{kind}>{items}</{kind}>"
    if kind == "blockquote":
        said = "<br>".join(map(_inline, _caught(QUOTE, words)))
        return f"<blockquote>{said}</blockquote>"
    return f"<p>{'<br>'.join(map(_inline, words))}</p>" if kind else ""


def _heading(line: str) -> str:
    signs, words = HEADING.fullmatch(line).groups()  # type: ignore[union-attr]
    level = FIRST_LEVEL + len(signs) - 1
    return f"<h{level}>{_inline(words)}</h{level}>"


def _caught(shape: re.Pattern[str], lines: list[str]) -> Iterator[str]:
    return (found[1] for line in lines if (found := shape.fullmatch(line)))


def _inline(text: str) -> str:
    kept: list[str] = []

    def keep(draw: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
        def put(found: re.Match[str]) -> str:
            kept.append(draw(found))
            return f"\ue000{len(kept) - 1}\ue001"

        return put

    line = CODE.sub(keep(lambda found: f"<code>{found[1]}</code>"), escape(text))
    line = LINK.sub(keep(_link), line)
    line = ITALIC.sub(r"<em>\1</em>", BOLD.sub(r"<strong>\1</strong>", line))
    while KEPT.search(line):  # words of a link may hold code
        line = KEPT.sub(lambda found: kept[int(found[1])], line)
    return line


def _link(found: re.Match[str]) -> str:
    words, address = found[1], unescape(found[2])
    if is_local_path(address):
        return f'<a href="{escape(address)}">{words}</a>'
    if address.lower().startswith(WEB):
        return f'<a href="{escape(address)}" rel="noopener noreferrer">{words}</a>'
    return found[0]
