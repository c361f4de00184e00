"""Texts with a few signs of Markdown: what is drawn, and that nothing else can be."""

import pytest

from pult.ui.prose import prose


def test_headings_lists_and_emphasis_become_their_tags():
    text = (
        "# Порядок\n\nСначала **счёт**, потом *акт*.\nИ звонок.\n\n- раз\n- два\n\n1. три\n> слова"
    )
    assert prose(text) == (
        "<h2>Порядок</h2>\n<p>Сначала <strong>счёт</strong>, потом <em>акт</em>.<br>И звонок.</p>\n"
        "<ul><li>раз</li><li>два</li></ul>\n<ol><li>три</li></ol>\n<blockquote>слова</blockquote>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[нажми](javascript:alert(1))",
        "[нажми](JAVASCRIPT:alert)",
        "[нажми](data:text/html,x)",
        "[нажми](//evil.example)",
        '[нажми](https://a.example/"onclick="x)',
        "`<img src=x onerror=y>`",
        "**<b onclick=x>**",
        "\ue0000\ue001 [a](https://a.example)",
    ],
)
def test_nothing_of_a_text_runs(text):
    drawn = prose(text)
    for danger in (
        "<script",
        "<img",
        "<b ",
        'href="javascript',
        'href="JAVA',
        'href="data',
        '" on',
    ):
        assert danger not in drawn
    assert 'href="//' not in drawn


def test_a_link_leads_to_the_web_to_mail_or_to_a_page_of_ours():
    assert prose("[сайт](https://a.example/?a=1&b=2)") == (
        '<p><a href="https://a.example/?a=1&amp;b=2" rel="noopener noreferrer">сайт</a></p>'
    )
    assert prose("[день](/day/)") == '<p><a href="/day/">день</a></p>'
    assert prose("[`код`](mailto:a@a.example)").count("<a ") == 1


def test_a_long_line_of_signs_is_drawn_at_once():
    assert "<strong>" not in prose("*" * 5000)
    assert prose("[" * 5000 + "x").startswith("<p>[")
