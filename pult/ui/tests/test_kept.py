"""What is drawn once and kept is the reader's own all the same: language, token, escaping."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.middleware.csrf import _does_token_match
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from pult.ui.components.day_list import day_rows
from pult.ui.markup import UNSEALED, sealed
from pult.ui.parts import DayItem, RowButtons
from pult.ui.render import render_still

NOON = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
BUTTONS = RowButtons(
    1,
    "Запросить",
    "/ask/",
    "receipt",
    False,
    ("Позже", "/later/"),
    (("Это не так", "/dispute/", "scale"),),
    ("Бесполезно", "/useless/", "thumbs-down"),
    back="/",
)
ITEM = DayItem(
    id=1,
    client="Кофейня «Пар»",
    client_href="/clients/7/",
    peek="client-7",
    what="Запросить счёт",
    note="Счёт заранее",
    state="open",
    clauses=(("5.3", "Счёт заранее"),),
    due=NOON + timedelta(days=1),
    provisional=False,
    why="/obligations/1/why/",
    buttons=BUTTONS,
)


def drawn(item: DayItem = ITEM, now: datetime = NOON, token: str = "tok") -> str:
    return day_rows([item], now, token)


def test_a_kept_row_has_the_token_of_the_page_it_stands_on():
    first, second = drawn(token="mine"), drawn(token="yours")
    assert 'name="csrfmiddlewaretoken" value="mine"' in first
    assert 'name="csrfmiddlewaretoken" value="yours"' in second
    assert "mine" not in second
    assert UNSEALED not in first + second


def test_a_kept_row_is_told_in_the_language_of_whoever_reads_it():
    with translation.override("ru"):
        russian = drawn()
    with translation.override("en"):
        english = drawn()
    assert "завтра" in russian
    assert "tomorrow" in english
    assert "завтра" not in english
    with translation.override("ru"):
        assert drawn() == russian


def test_a_kept_row_counts_its_days_anew_after_midnight():
    with translation.override("en"):
        assert "tomorrow" in drawn(now=NOON + timedelta(hours=11))
        assert "today" in drawn(now=NOON + timedelta(hours=12, minutes=30))


def test_a_kept_row_has_the_hours_of_the_zone_of_whoever_reads_it():
    with translation.override("en"), timezone.override("Europe/Moscow"):
        assert "12:00" in drawn()
    with translation.override("en"), timezone.override("Asia/Yekaterinburg"):
        assert "14:00" in drawn()


@pytest.mark.parametrize("name", ["what", "client", "note"])
def test_a_text_is_escaped_though_the_same_text_was_html_before(name):
    image = "<img src=x>"
    assert image in drawn(replace(ITEM, **{name: SafeString(image)}))
    assert image not in drawn(replace(ITEM, **{name: image}))


def test_a_row_that_changed_is_drawn_anew():
    assert "Другое дело" in drawn(replace(ITEM, what="Другое дело"))
    assert "Другое дело" not in drawn()


def test_a_still_part_gets_the_token_of_each_page_and_escapes_what_was_html_before():
    told = {"nav": (), "rest": (), "here": "", "sign_out_url": "/out/"}
    part = render_still("ui/rail.html", user_name="<b>", **told)
    assert "<b>" not in part
    assert "<b>" in render_still("ui/rail.html", user_name=SafeString("<b>"), **told)
    assert f'value="{UNSEALED}"' in part
    assert sealed(part, "tok") == part.replace(UNSEALED, "tok")


def test_all_the_forms_of_a_page_share_one_token_that_is_good():
    request = RequestFactory().get("/")
    page = Template('{% load pult %}{% token %} {% post_button "a" "/a/" %}').render(
        Context({"request": request})
    )
    token = page.split()[0]
    assert page.count(token) == 2
    assert _does_token_match(token, request.META["CSRF_COOKIE"])
