"""Every page that opens by its address: axe in both themes, a phone, letters twice as large."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.access.table import PEOPLE, arguments, everybody, modules

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

READ = Path(__file__).with_name("reading.js").read_text()
LARGE = "html { font-size: 200% !important; }"
FILES = ("file", "table", "template", "handover_paper")
AT_ONCE = 24  # pages of a module in one test, so that a second core has something to do


def reader_of(row: Any) -> str | None:
    """Who opens a row that is a page and not a file."""
    if any(word in row.name for word in FILES):
        return None
    return next((name for name in PEOPLE if row.statuses.get(name) == 200), None)


PAGES = {module: [row for row in module.ROWS if reader_of(row)] for module in modules()}
PARTS = [
    pytest.param(module, start, id=f"{module.__name__.split('.')[-1]}-{start}")
    for module, rows in PAGES.items()
    for start in range(0, len(rows) or 1, AT_ONCE)
]


@pytest.fixture(scope="module")
def looks() -> dict[str, set[str]]:
    """The looks of a text that axe found legible, by theme: pages share nearly all of theirs."""
    return {"light": set(), "dark": set()}


@pytest.mark.long
@pytest.mark.parametrize(("module", "start"), PARTS)
def test_everybody_can_read_every_page(module, start, desk, cast, looks):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    people, readers = everybody(cast), {}
    complaints = []
    for address, who in pages_of(module, start, cast):
        if who not in readers:
            readers[who] = desk(people[who], bypass_csp=True, reduced_motion="reduce")
        page = readers[who]
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(address)
        complaints += [f"{address}: {one}" for one in seen(page, axe.Axe(), looks)]
    assert readers
    assert complaints == []
    assert min(map(len, looks.values())) > 10


PALE = """<body style="background: #fff"><main><h1>A page</h1>
<p style="color: {first}">first</p><p style="color: {second}">second</p>
<button style="color: #111; background: {ground}">third</button></main></body>"""


@pytest.mark.parametrize(
    ("colours", "found"),
    [
        ({"first": "#111", "second": "#222", "ground": "#eee"}, []),
        ({"first": "#111", "second": "#ddd", "ground": "#eee"}, ["second"]),
        ({"first": "#ccc", "second": "#ccc", "ground": "#eee"}, ["first", "second"]),
        ({"first": "#111", "second": "#111", "ground": "#333"}, ["third"]),
    ],
)
def test_every_look_of_a_page_is_judged(desk, cast, colours, found):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    page = desk(cast.anna, bypass_csp=True)
    page.set_content(PALE.format(**colours))
    page.evaluate(axe.Axe().axe_script)
    told, judged = page.evaluate(READ, [[], False])
    assert [one.split(">")[1].split("<")[0] for one in told] == found
    again, _judged = page.evaluate(READ, [judged, False])
    assert again == told  # what is too pale is told on every page, what is good once


def pages_of(module: Any, start: int, cast: Any) -> Iterator[tuple[str, str]]:
    """(address, who opens it) of a part of a module's pages."""
    world = module.world(cast)
    for row in PAGES[module][start : start + AT_ONCE]:
        yield reverse(row.name, args=arguments(row, world)), reader_of(row)


def seen(page: Any, axe: Any, looks: dict[str, set[str]]) -> Iterator[str]:
    """What there is to mend on a page: by axe, at night, on a phone, with large letters.

    At night only the colours are others, so nothing but contrast is asked again.
    """
    if not page.locator("main").count():
        return
    page.evaluate(axe.axe_script)
    for theme, known in looks.items():
        page.emulate_media(color_scheme=theme)
        told, judged = page.evaluate(READ, [list(known), theme == "light"])
        known.update(judged)
        yield from (f"{theme}: {one}" for one in told)
    page.set_viewport_size({"width": 360, "height": 740})
    if (width := page.evaluate("document.documentElement.scrollWidth")) > 360:
        yield f"{width} px wide on a phone"
    page.set_viewport_size({"width": 720, "height": 740})
    page.add_style_tag(content=LARGE)
    if (width := page.evaluate("document.documentElement.scrollWidth")) > 720:
        yield f"{width} px wide at 720 with letters at 200 %"
