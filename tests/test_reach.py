"""Every action can be reached by somebody: a form some role may send, a command or an import.

Who calls what is read off the code, name by name with its module. A page counts when its address
has a row in `tests/access` with writers: that test proves that they are heard.
"""

import ast
from collections import defaultdict
from functools import cache
from inspect import unwrap
from pathlib import Path

from tests.access.table import table
from tests.access.test_access import addresses
from tests.sources import PACKAGE, ROOT, python_files

DOMAINS = ("people", "clients", "work", "money", "comms", "knowledge", "regulation")
# What only fills a base to look at or to measure is nobody's way to act.
NOBODY = tuple(PACKAGE / "console" / part for part in ("demo", "seed", "bench"))
SIGNED = ("parameters", "modes", "calendar_edits", "edition_signing", "whole_acts")
Name = tuple[str, str]  # (module, what it defines)

# Acts without a button of their own, and why.
KEPT = {
    "log_meeting": "a contact with minutes: pages say so to log_contact",
    "stage_statement": "the first half of a statement, which pages take in whole",
    "post_statement": "the second half of it",
    "cancel_pause": "pages resume with a day before the pause begins, which calls it off",
    "fill_item": "one item of those a page tells together by fill_items",
    "note_export": "a list taken as a file is noted by its page, which only reads otherwise",
    "erase_in_steps": "the worker's way of erase_contact, where the texts are many",
    "row_errors": "a dry run: it writes nothing, the page of a table shows it",
}


def actions() -> set[Name]:
    """Every public function of the domains' actions that is done `by` somebody."""
    return {
        (_module(path), node.name)
        for path in python_files()
        if _of_domain(path) and ("actions" in (path.stem, *path.parts) or _is_signed(path))
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and _is_act(node)
    }


def _is_signed(path: Path) -> bool:
    """What the head signs has a module for each thing, not a folder of actions."""
    return path.parent == PACKAGE / "regulation" and path.stem in SIGNED


@cache
def reached() -> frozenset[Name]:
    """What the forms that somebody may send, the commands and the imports use, and so on."""
    uses = _uses()
    ahead = [*_heard(), *(node for node in uses if _is_tool(node[0]))]
    found = set(ahead)
    while ahead:
        new = uses.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return frozenset(found)


def _heard() -> set[Name]:
    """The views whose address hears a POST of some role."""
    writers = {row.name for _module, row in table() if row.writers}
    views = [unwrap(one.callback) for named, one in addresses() if named in writers]
    return {(view.__module__, view.__name__) for view in views}


def _is_tool(module: str) -> bool:
    path = ROOT / Path(*module.split("."))
    tools = (PACKAGE / "console", PACKAGE / "integrations")
    return any(map(path.is_relative_to, tools)) and not any(map(path.is_relative_to, NOBODY))


@cache
def _uses() -> dict[Name, set[Name]]:
    """What each function, class and constant of the house names, with its home."""
    trees = {_module(path): ast.parse(path.read_text()) for path in python_files()}
    brought = {module: _brought(tree) for module, tree in trees.items()}
    found: dict[Name, set[Name]] = defaultdict(set)
    for module, tree in trees.items():
        for node in tree.body:
            for what in _defined(node):
                found[module, what] |= {
                    _home(trees, brought, one) for one in _named(node, module, brought[module])
                }
    return found


def _brought(tree: ast.Module) -> dict[str, Name]:
    """Local name → (module, name there) of what a module imports; a module's own name is empty."""
    found: dict[str, Name] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {one.asname or one.name: (node.module, one.name) for one in node.names}
    return found


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return [one.id for one in targets if isinstance(one, ast.Name)]
    return []


def _named(node: ast.stmt, module: str, brought: dict[str, Name]) -> set[Name]:
    found = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            found.add(brought.get(one.id, (module, one.id)))
        elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            home = brought.get(one.value.id)
            if home:
                found.add((f"{home[0]}.{home[1]}", one.attr))
    return found


def _home(trees: dict, brought: dict[str, dict[str, Name]], what: Name) -> Name:
    """Where a name is defined, when the module it was taken from hands on another's."""
    module, own = what
    while own in brought.get(module, {}) and not _defines(trees[module], own):
        module, own = brought[module][own]
    return module, own


def _defines(tree: ast.Module, own: str) -> bool:
    return any(own in _defined(node) for node in tree.body)


def test_every_action_has_a_way_in():
    assert sorted(act for act in actions() - reached() if act[1] not in KEPT) == []


def test_the_reach_rule_sees_what_it_should():
    named = {what for _module, what in actions()}
    assert {"issue_invoice", "log_contact", "hire", "sign_parameter", "set_mode"} <= named
    assert "forecast_line" not in named, "Pult's own work is nobody's act"
    assert {what for _module, what in reached()} >= {"issue_invoice", "log_contact", "hire"}


def test_an_action_only_pages_without_writers_use_has_no_way_in(monkeypatch):
    """The decision of disputes is reached through one form: without its writers it is not."""
    decided = ("pult.regulation.actions.disputes", "decide_dispute")
    assert decided in reached()
    heard = _heard() - {("pult.web.pages.disputes.view", "decision")}
    monkeypatch.setattr("tests.test_reach._heard", lambda: heard)
    assert decided not in reached.__wrapped__()


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _of_domain(path: Path) -> bool:
    return any(path.is_relative_to(PACKAGE / domain) for domain in DOMAINS)


def _is_act(node: ast.FunctionDef) -> bool:
    return not node.name.startswith("_") and any(one.arg == "by" for one in node.args.kwonlyargs)
