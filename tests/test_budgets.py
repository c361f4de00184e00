"""Each budget of `budgets.json` is spent by a test that opens its page."""

import json

import pytest

from tests.sources import ROOT, python_files

BUDGETS = json.loads((ROOT / "tests" / "budgets.json").read_text())


@pytest.fixture(scope="module")
def tests_of_pages() -> str:
    return "\n".join(path.read_text() for path in python_files(tests=True) if "tests" in path.parts)


@pytest.mark.parametrize("page", BUDGETS)
def test_a_budget_is_read_by_a_test(page, tests_of_pages):
    assert f'"{page}"' in tests_of_pages.replace("'", '"')
