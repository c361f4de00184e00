"""A page answers whole to a browser and in part to htmx; the frame comes from a provider."""

from dataclasses import replace

import pytest
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template import TemplateDoesNotExist
from django.test import Client, RequestFactory
from django.utils import translation

from pult.ui import frame as frames
from pult.ui.frame import Frame, NavItem, frame_of, set_frame_provider
from pult.ui.render import render_page

pytestmark = [pytest.mark.django_db, pytest.mark.urls("pult.ui.tests.urls")]
WHY = "ui/sample_why.html"


def ask(**headers: str):
    request = RequestFactory().get("/o/7/why/", headers=headers)
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def test_a_browser_gets_the_whole_page():
    response = render_page(ask(), WHY, None)
    assert b"<html" in response.content
    assert "HX-Target" in response["Vary"]


def test_the_id_of_the_target_names_the_partial():
    response = render_page(ask(**{"HX-Request": "true", "HX-Target": "why"}), WHY, None)
    assert b"<html" not in response.content
    assert b"timeline" in response.content
    assert "HX-Retarget" not in response


def test_an_unknown_target_gets_the_whole_page_in_place_of_the_body():
    response = render_page(ask(**{"HX-Request": "true", "HX-Target": "nowhere"}), WHY, None)
    assert b"<html" in response.content
    assert response["HX-Retarget"] == "body"


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_boosted_or_restored_page_is_whole(header):
    asked = {"HX-Request": "true", "HX-Target": "why", header: "true"}
    assert b"<html" in render_page(ask(**asked), WHY, None).content


def test_a_target_without_htmx_means_nothing():
    assert b"<html" in render_page(ask(**{"HX-Target": "why"}), WHY, None).content


def test_a_missing_template_is_not_mistaken_for_a_missing_partial():
    with pytest.raises(TemplateDoesNotExist):
        render_page(ask(**{"HX-Request": "true", "HX-Target": "why"}), "ui/absent.html", None)


def test_the_status_is_kept():
    assert render_page(ask(), WHY, None, status=422).status_code == 422


def test_messages_travel_with_a_partial():
    request = ask(**{"HX-Request": "true", "HX-Target": "why"})
    messages.success(request, "Saved <b>")
    content = render_page(request, WHY, None).content.decode()
    assert 'hx-swap-oob="beforeend:#toasts"' in content
    assert "Saved &lt;b&gt;" in content
    assert "toast--ok" in content


@pytest.fixture(autouse=True)
def provider(monkeypatch):
    """The interface alone: a stranger's frame unless the test says otherwise."""
    monkeypatch.setattr(frames, "_provider", frames._stranger)
    return set_frame_provider


MENU = (
    NavItem("Day", "/", "sun", 5, "breach"),
    NavItem("Clients", "/clients/", "users"),
    NavItem("Money", "/money/", "wallet"),
    NavItem("Files", "/import/", "file-up"),
    NavItem("Fifth", "/fifth/", "layers"),
    NavItem("Rules", "/regulation/", "book-open", primary=False),
)


def test_the_frame_dresses_the_page(provider):
    provider(
        lambda request: Frame(
            user_name="Анна Кравец",
            nav=MENU,
            theme="dark",
            density="compact",
            hotkeys=False,
            search_url="/search/",
            sign_out_url="/sign-out/",
        )
    )
    html = render_page(ask(), WHY, None).content.decode()
    assert 'data-theme="dark" data-density="compact" data-hotkeys="off"' in html
    assert 'id="palette"' in html
    assert 'action="/sign-out/"' in html
    assert 'class="count count--breach">5<' in html


def test_the_frame_is_asked_for_once_a_request(provider):
    calls = []

    def count(request):
        calls.append(request)
        return Frame()

    provider(count)
    request = ask()
    render_page(request, WHY, None)
    frame_of(request)
    assert len(calls) == 1


def test_a_stranger_sees_no_menu_and_no_search():
    html = render_page(ask(), WHY, None).content.decode()
    assert 'id="palette"' not in html
    assert 'class="nav"' not in html


def test_the_first_page_is_not_everybodys_parent():
    from pult.ui.templatetags.pult import here

    request = RequestFactory().get("/clients/7/")
    assert here(Frame(nav=MENU), request) == "/clients/"


def test_a_still_part_is_drawn_once_per_language():
    from pult.ui.render import _drawn, render_still

    _drawn.cache_clear()
    with translation.override("ru"):
        russian = render_still("ui/dialogs.html", search_url="/search/")
        assert render_still("ui/dialogs.html", search_url="/search/") is russian
        assert 'id="palette"' not in render_still("ui/dialogs.html", search_url="")
    with translation.override("en"):
        assert "Why this date?" in render_still("ui/dialogs.html", search_url="/search/")
    assert "Почему" in russian
    assert _drawn.cache_info().misses == 3


def test_the_thumb_bar_takes_four_and_the_rest_stands_behind_more():
    frame = Frame(nav=MENU)
    assert [item.label for item in frame.primary] == ["Day", "Clients", "Money", "Files"]
    assert [item.label for item in frame.rest] == ["Fifth", "Rules"]
    assert replace(frame, nav=()).rest == ()


@pytest.mark.parametrize("path", ["/ui/", "/ui/preview/?theme=dark", "/ui/why/"])
def test_the_catalogue_opens(path):
    assert Client().get(path).status_code == 200


def test_the_catalogue_wears_the_theme_of_its_address_and_no_other():
    assert b'data-theme="dark"' in Client().get("/ui/?theme=dark").content
    assert b'data-theme="auto"' in Client().get("/ui/?theme=%22evil").content


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html"])
def test_error_pages_need_no_context(name):
    from django.template.loader import render_to_string

    assert "<h1>" in render_to_string(name)
