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
ROWS = 24  # of a module in one test, so that a second core has something to do
PARTS = [
    pytest.param(module, start, id=f"{module.__name__.split('.')[-1]}-{start}")
    for module in modules()
    for start in range(0, len(module.ROWS), ROWS)
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
    assert complaints == []


def test_the_parts_are_every_row_and_most_rows_are_pages():
    rows = [row.name for part in PARTS for row in rows_of(*part.values)]
    assert sorted(rows) == sorted(row.name for module in modules() for row in module.ROWS)
    opened = [name for name in rows if not any(word in name for word in FILES)]
    assert len(opened) > len(rows) / 2


def rows_of(module: Any, start: int) -> Any:
    return module.ROWS[start : start + ROWS]


def pages_of(module: Any, start: int, cast: Any) -> Iterator[tuple[str, str]]:
    """(address, who opens it) of a part of a module's rows that are pages and not files."""
    world = module.world(cast)
    for row in rows_of(module, start):
        who = next((name for name in PEOPLE if row.statuses.get(name) == 200), None)
        if who and not any(word in row.name for word in FILES):
            yield reverse(row.name, args=arguments(row, world)), who


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
