"""Every page that opens by its address: axe in both themes, a phone, letters twice as large."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from tests.access.table import PEOPLE, arguments, everybody, modules

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Only what is wrong is told node by node: a page of two hundred clauses has thousands of good ones.
WRONG = {"resultTypes": ["violations"]}
CONTRAST = WRONG | {"runOnly": ["color-contrast"]}
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


@pytest.mark.parametrize(("module", "start"), PARTS)
def test_everybody_can_read_every_page(module, start, desk, cast):
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
        complaints += [f"{address}: {one}" for one in seen(page, axe.Axe())]
    assert readers
    assert complaints == []


def pages_of(module: Any, start: int, cast: Any) -> Iterator[tuple[str, str]]:
    """(address, who opens it) of a part of a module's pages."""
    world = module.world(cast)
    for row in PAGES[module][start : start + AT_ONCE]:
        yield reverse(row.name, args=arguments(row, world)), reader_of(row)


def seen(page: Any, axe: Any) -> Iterator[str]:
    """What there is to mend on a page: by axe, at night, on a phone, with large letters."""
    if not page.locator("main").count():
        return
    for found in axe.run(page, options=WRONG).response["violations"]:
        yield from (f"{found['id']} {node['html'][:120]}" for node in found["nodes"])
    page.emulate_media(color_scheme="dark")
    for found in axe.run(page, options=CONTRAST).response["violations"]:
        yield from (f"too pale by night: {node['html'][:120]}" for node in found["nodes"])
    page.set_viewport_size({"width": 360, "height": 740})
    if (width := page.evaluate("document.documentElement.scrollWidth")) > 360:
        yield f"{width} px wide on a phone"
    page.set_viewport_size({"width": 720, "height": 740})
    page.add_style_tag(content=LARGE)
    if (width := page.evaluate("document.documentElement.scrollWidth")) > 720:
        yield f"{width} px wide at 720 with letters at 200 %"
