"""Texts of Markdown: what is drawn, and that nothing else can be."""

from html.parser import HTMLParser
from time import process_time

import pytest

from pult.ui.prose import prose


def test_headings_lists_and_emphasis_become_their_tags():
    text = (
        "# Порядок\n\nСначала **счёт**, потом *акт*.\nИ звонок.\n\n- раз\n- два\n\n1. три\n> слова"
    )
    assert prose(text) == (
        "<h2>Порядок</h2>\n<p>Сначала <strong>счёт</strong>, потом <em>акт</em>.<br>\nИ звонок."
        "</p>\n<ul>\n<li>раз</li>\n<li>два</li>\n</ul>\n<ol>\n<li>три</li>\n</ol>\n"
        "<blockquote>\n<p>слова</p>\n</blockquote>"
    )


DRAWN = {
    "p",
    "br",
    "a",
    "code",
    "pre",
    "strong",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "<!-- -->\n<svg/onload=alert(1)>",
        "[нажми](javascript:alert(1))",
        "[нажми](JAVASCRIPT:alert)",
        "[нажми](&#106;avascript:alert(1))",
        "[нажми](java\tscript:alert(1))",
        "[нажми](data:text/html,x)",
        "[нажми](//evil.example)",
        "[нажми](&#x2f;&#x2f;evil.example)",
        "[нажми](/\\\\evil.example)",
        "[нажми](http://evil.example)",
        "<javascript:alert(1)>",
        "[a][1]\n\n[1]: javascript:alert(1)",
        '[нажми](https://a.example/"onclick="x)',
        "[a](https://a.example '\" onclick=\"x')",
        "![картинка](https://a.example/p.png)",
        "![x](javascript:alert(1))",
        "`<img src=x onerror=y>`",
        '```"><img src=x>\n<b>\n```',
        "**<b onclick=x>**",
        "| <b onclick=x> |\n|--:|\n| <script> |",
        "\x00<b \x00onclick=x>",
    ],
)
def test_nothing_of_a_text_runs_or_asks_another_host(text):
    seen = _Tags()
    seen.feed(prose(text))
    names = {name for name, _attributes in seen.tags}
    assert names <= DRAWN
    for name, attributes in seen.tags:
        assert not {one for one in attributes if one.startswith("on")} | {"style"} & set(attributes)
        address = attributes.get("href", "/")
        assert name == "a" or "href" not in attributes
        assert address.startswith(("https://a.example", "/"))
        assert not address.startswith(("//", "/\\"))


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_a_link_leads_to_the_web_to_mail_or_to_a_page_of_ours():
    assert prose("[сайт](https://a.example/?a=1&b=2)") == (
        '<p><a href="https://a.example/?a=1&amp;b=2" rel="noopener noreferrer">сайт</a></p>'
    )
    assert prose("[день](/day/)") == '<p><a href="/day/">день</a></p>'
    assert prose("[`код`](mailto:a@a.example)").count("<a ") == 1
    assert "<a " not in prose("[сайт](http://a.example)")


def test_a_table_is_drawn_with_figures_to_the_right():
    drawn = prose("| Услуга | Цена |\n|---|--:|\n| Контекст | 30 000 |")
    assert '<th>Услуга</th>\n<th class="number">Цена</th>' in drawn
    assert '<td>Контекст</td>\n<td class="number">30 000</td>' in drawn
    assert 'class="table-wrap" tabindex="0"' in drawn  # a wide one scrolls by keys


def test_headings_stand_below_the_title_of_the_page():
    assert prose("# Раз\n## Два\n###### Шесть") == "<h2>Раз</h2>\n<h3>Два</h3>\n<h4>Шесть</h4>"


def test_indented_words_are_words():
    assert prose("    отступ из письма") == "<p>отступ из письма</p>"


@pytest.mark.parametrize(
    "text", ["*" * 5000, "[" * 5000, ">" * 5000, "`" * 5001, "- " * 5000, "[a](" * 2000]
)
def test_a_long_line_of_signs_is_drawn_at_once(text):
    before = process_time()
    assert "<a" not in prose(text)
    assert process_time() - before < 2
