"""The interface in a real browser: keys, dialogs, the palette, the phone, accessibility, print."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("pult.ui.tests.urls"),
]
CHROMIUM = os.environ.get("PULT_CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine (set PULT_CHROMIUM to its path)")
    with api.sync_playwright() as driver:
        # The driver runs an event loop in this thread; Django would take that for async code.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser, live_server, monkeypatch, settings) -> Iterator[Any]:
    """A desktop page under the strictest policy, remembering what the console complained about."""
    from pult.ui import frame as frames

    monkeypatch.setattr(frames, "_provider", frames._stranger)
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": ["'self'"]}}
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 900}, locale="en"
    )
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: message.type == "error" and page.complaints.append(message.text),
    )
    yield page
    context.close()
    assert page.complaints == []


def current(page: Any) -> str:
    return page.locator('[data-row][aria-current="true"] .row__what').inner_text()


def test_j_and_k_walk_from_list_to_list(page):
    page.goto("/ui/preview/")
    names = page.locator("[data-row] .row__what").all_inner_texts()
    for expected in names[:3]:
        page.keyboard.press("j")
        assert current(page) == expected
    page.keyboard.press("k")
    assert current(page) == names[1]
    assert page.locator('[data-row][aria-current="true"]').count() == 1


def test_the_same_keys_work_in_the_russian_layout(page):
    page.goto("/ui/preview/")
    page.evaluate(
        """document.body.dispatchEvent(new KeyboardEvent("keydown",
        {key: "о", code: "KeyJ", bubbles: true, cancelable: true}))"""
    )
    assert current(page) == page.locator(".row__what").first.inner_text()


def test_keys_can_be_switched_off_and_the_palette_stays(page):
    page.goto("/ui/preview/")
    page.evaluate('document.documentElement.dataset.hotkeys = "off"')
    page.keyboard.press("j")
    assert page.locator('[data-row][aria-current="true"]').count() == 0
    page.route("**/search/**", lambda route: route.fulfill(body="", content_type="text/html"))
    page.keyboard.press("Control+k")
    assert page.locator("#palette[open]").count() == 1


def test_one_question_mark_asks_why_and_two_list_the_keys(page):
    page.goto("/ui/preview/")
    page.keyboard.press("j")
    page.keyboard.press("?")
    page.locator("#why-dialog[open] .timeline").wait_for()
    page.keyboard.press("Escape")
    assert page.locator("#why-dialog[open]").count() == 0
    page.evaluate(
        """for (let press = 0; press < 2; press++)
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
        {key: "?", code: "Slash", shiftKey: true, bubbles: true, cancelable: true}))"""
    )
    page.locator("#keys-dialog[open]").wait_for()


def test_a_dialog_gives_the_focus_back(page):
    page.goto("/ui/preview/")
    opener = page.locator('[data-opens="specimen-dialog"]').first
    opener.click()
    page.locator("#specimen-dialog[open] [data-closes]").click()
    assert opener.evaluate("el => el === document.activeElement")


def test_the_palette_searches_and_walks_its_hits(page):
    hits = "".join(
        f'<li><a role="option" href="#{name}">{name}</a></li>' for name in ("one", "two")
    )
    page.route("**/search/**", lambda route: route.fulfill(body=hits, content_type="text/html"))
    page.goto("/ui/preview/")
    page.keyboard.press("/")
    page.locator("#palette-results a").first.wait_for()
    page.keyboard.press("ArrowDown")
    chosen = page.locator('#palette-results [aria-selected="true"]')
    assert chosen.inner_text() == "two"
    page.keyboard.press("Enter")
    assert page.url.endswith("#two")


def test_one_escape_closes_the_palette_whatever_is_typed(page):
    page.route("**/search/**", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto("/ui/preview/")
    page.keyboard.press("Control+k")
    page.locator("#palette input").fill("счёт")
    page.keyboard.press("Escape")
    assert page.locator("#palette[open]").count() == 0


def test_space_opens_the_side_panel_and_its_name_stays_in_the_address(page):
    page.goto("/ui/preview/")
    page.evaluate('document.querySelector("[data-peek]").setAttribute("href", "/ui/why/")')
    page.keyboard.press("j")
    page.keyboard.press("Space")
    page.locator("#peek .timeline").wait_for()
    assert "peek=client-1" in page.url
    page.keyboard.press("Escape")
    assert page.locator("peek-panel").is_hidden()
    assert "peek" not in page.url
    assert page.evaluate('document.activeElement.matches("[data-row]")')


def test_a_draft_survives_a_reload_and_can_be_dropped(page):
    page.goto("/ui/")
    note = page.locator("draft-form textarea")
    note.fill("called, asked to wait")
    page.wait_for_timeout(600)
    page.reload()
    assert note.input_value() == "called, asked to wait"
    page.locator("[data-draft-drop]").click()
    page.reload()
    assert note.input_value() == ""


def test_a_chosen_file_shows_its_name_and_size(page):
    page.goto("/ui/")
    page.locator('file-drop input[type="file"]').set_input_files(
        {"name": "statement.txt", "mimeType": "text/plain", "buffer": b"x" * 2_500}
    )
    words = page.locator("file-drop output").inner_text()
    assert "statement.txt" in words
    assert "2.5" in words


def test_a_long_job_is_asked_about_until_it_is_done(page):
    asked = []
    page.on("request", lambda request: "/progress/" in request.url and asked.append(request.url))
    page.goto("/ui/")
    page.locator('progress-poll progress[value="100"]').wait_for()
    page.wait_for_timeout(1_200)
    assert len(asked) == 1


def test_a_menu_opens_under_its_button_and_closes_with_escape(page):
    page.goto("/ui/")
    button = page.locator('[popovertarget="specimen-menu"]')
    button.click()
    menu = page.locator("#specimen-menu")
    below = menu.bounding_box()["y"] - button.bounding_box()["y"]
    assert abs(below) < 400
    page.keyboard.press("Escape")
    assert menu.is_hidden()


@pytest.mark.parametrize("path", ["/ui/", "/ui/preview/"])
def test_nothing_is_wider_than_a_phone(page, path):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_menu_of_a_phone_stands_under_the_thumb(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/ui/preview/")
    bar = page.locator(".nav").bounding_box()
    assert bar["y"] + bar["height"] == pytest.approx(740, abs=1)
    assert page.locator(".nav > .nav__item:visible").count() == 5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/ui/", "/ui/preview/"])
def test_axe_finds_nothing_to_mend(page, settings, path, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    settings.CONTENT_SECURITY_POLICY = None  # axe comes as an inline script
    page.goto(f"{path}?theme={theme}")
    page.evaluate('document.querySelectorAll("iframe").forEach((frame) => frame.remove())')
    found = axe.Axe().run(page).response["violations"]
    nodes = [(one["id"], node["html"][:160]) for one in found for node in one["nodes"]]
    assert not nodes, "\n".join(map(str, nodes))


def test_paper_gets_the_words_and_not_the_buttons(page):
    page.goto("/ui/preview/?theme=dark")
    page.emulate_media(media="print")
    assert page.locator(".row__what").first.is_visible()
    assert "Printed on" in page.locator("main .only-print").inner_text()
    for hidden in (".rail", ".row__actions", "peek-panel", ".btn", ".tabs"):
        assert page.locator(hidden).first.is_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_a_first_visit_asks_for_ten_things_at_most(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/ui/preview/")
    page.wait_for_load_state("networkidle")
    assert len(asked) <= 10
    assert all(url.startswith(page.url.split("/ui/")[0]) for url in asked)


def test_the_policy_of_these_tests_is_in_force(page):
    page.goto("/ui/preview/")
    page.evaluate(
        """document.body.append(Object.assign(document.createElement("script"),
        {textContent: "document.title = 'broken'"}))"""
    )
    assert page.title() != "broken"
    assert "Content Security Policy" in page.complaints.pop()
