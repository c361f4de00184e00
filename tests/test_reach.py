"""Every action can be reached by somebody: from a page, a command or the worker."""

import ast
from collections import defaultdict
from pathlib import Path

from tests.sources import PACKAGE, name, python_files

DOMAINS = ("people", "clients", "work", "money", "comms", "regulation")
# What only fills a base to look at or to measure is nobody's way to act.
NOBODY = tuple(PACKAGE / "console" / part for part in ("demo", "seed", "bench"))

# Acts without a button of their own, and why.
KEPT = {
    "log_meeting": "a contact with minutes: pages say so to log_contact",
    "stage_statement": "the first half of a statement, which pages take in whole",
}


def actions() -> dict[str, str]:
    """Name → file of every public function of the domains' actions that is done `by` somebody."""
    return {
        node.name: name(path)
        for path in python_files()
        if _of_domain(path) and "actions" in (path.stem, *path.parts)
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and _is_act(node)
    }


def reached() -> set[str]:
    """Names used by pages, commands and the worker, and by what those use, and so on."""
    uses: dict[str, set[str]] = defaultdict(set)
    found: set[str] = set()
    for path in python_files():
        if any(path.is_relative_to(part) for part in NOBODY) or path.name == "__init__.py":
            continue
        tree = ast.parse(path.read_text())
        if not _of_domain(path):
            found |= _names(tree)
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                uses[node.name] |= _names(node)
            elif not isinstance(node, ast.Import | ast.ImportFrom):
                found |= _names(node)
    ahead = list(found)
    while ahead:
        new = uses[ahead.pop()] - found
        found |= new
        ahead += new
    return found


def test_every_action_has_a_way_in():
    known = reached()
    assert {act: file for act, file in actions().items() if act not in known | KEPT.keys()} == {}


def test_the_reach_rule_sees_what_it_should():
    assert {"issue_invoice", "log_contact", "hire"} <= actions().keys()
    assert "nobody_calls_this" not in reached()
    assert "forecast_line" not in actions(), "Pult's own work is nobody's act"


def _of_domain(path: Path) -> bool:
    return any(path.is_relative_to(PACKAGE / domain) for domain in DOMAINS)


def _is_act(node: ast.FunctionDef) -> bool:
    return not node.name.startswith("_") and any(one.arg == "by" for one in node.args.kwonlyargs)


def _names(tree: ast.AST) -> set[str]:
    """Names read in a tree, its own definition and its imports left out."""
    return {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute)
    }
