"""Texts people write in Markdown (CommonMark with tables), drawn as HTML that holds nothing else.

HTML in a text stays words, pictures are not drawn, headings go below the page's own, a line break
is one, and a link leads to the web (https), to a mail address or to a path of this site.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from pult.kernel.words import is_local_path

OUTSIDE = ("https://", "mailto:")
DEEPEST = 4  # the page has its own h1; a text goes from h2 down to here
TABLE = '<div class="table-wrap" tabindex="0"><table class="table">\n'  # scrolls by keys too


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """Whether an address becomes a link; otherwise its signs stay as they were typed."""
        return url.lower().startswith(OUTSIDE) or is_local_path(url)


class _Writer(RendererHTML):
    def link_open(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        token = tokens[index]
        if not is_local_path(str(token.attrGet("href"))):
            token.attrSet("rel", "noopener noreferrer")
        return self.renderToken(tokens, index, options, env)

    def table_open(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return TABLE

    def table_close(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return _cell(tokens[index])

    def td_open(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return _cell(tokens[index])

    def heading_open(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return f"<{_lower(tokens[index].tag)}>"

    def heading_close(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return f"</{_lower(tokens[index].tag)}>\n"


READER = _Reader(
    "commonmark",
    {"html": False, "breaks": True, "xhtmlOut": False, "maxNesting": 20},
    renderer_cls=_Writer,
)
READER.enable("table").disable(["image", "code"])  # indented words of a letter are not code


@lru_cache(maxsize=256)
def prose(text: str) -> SafeString:
    """The HTML of a text; nothing in it can be more than words, links and their order."""
    return SafeString(READER.render(text).rstrip())


def _cell(token: Token) -> str:
    """A column of figures (`--:`) by a class: the page's policy lets no style stand in a tag."""
    is_right = str(token.attrGet("style") or "").endswith("right")
    return f'<{token.tag} class="number">' if is_right else f"<{token.tag}>"


def _lower(tag: str) -> str:
    return f"h{min(int(tag[1]) + 1, DEEPEST)}"
