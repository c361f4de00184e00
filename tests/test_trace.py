"""docs/trace.toml: each clause and requirement names its card, action, screen and test."""

import ast
import importlib
import tomllib

import pytest
from django.urls import get_resolver

from pult.kernel.facts import kinds
from pult.regulation.evaluate.card import RUNNING_KINDS
from pult.regulation.evaluate.table import State
from pult.regulation.language.pack import load_pack
from pult.regulation.pack_path import default_pack
from tests.sources import ROOT

TRACE = tomllib.loads((ROOT / "docs" / "trace.toml").read_text(encoding="utf-8"))
ENTRIES = TRACE["trace"]
PACK = load_pack(default_pack(), kinds())
LIVE = {card.clause for card in PACK.cards if card.kind in RUNNING_KINDS and not card.planned}
URL_NAMES = {name for name in get_resolver().reverse_dict if isinstance(name, str)}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_everything_an_entry_names_exists(entry):
    if "declined" in entry:
        assert len(entry["declined"]) > 20, "a decline gives its reason"
        return
    assert _missing(entry) == []


def _missing(entry: dict) -> list[str]:
    missing = [f"card {c}" for c in entry.get("cards", []) if c not in _clauses()]
    missing += [f"action {path}" for path in entry.get("actions", []) if not _callable(path)]
    missing += [f"screen {name}" for name in entry.get("screens", []) if name not in URL_NAMES]
    missing += [f"test {path}" for path in entry.get("tests", []) if not _test(path)]
    if not entry.get("screens") or not entry.get("tests"):
        missing.append("a screen and a test")
    return missing


def _clauses() -> set[str]:
    return {card.clause for card in PACK.cards}


def _callable(path: str) -> bool:
    module, _dot, name = path.rpartition(".")
    return callable(getattr(importlib.import_module(module), name, None))


def _test(path: str) -> bool:
    file, _colons, name = path.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in ast.walk(tree))


@pytest.mark.parametrize(
    "entry", [entry for entry in ENTRIES if entry["id"] in LIVE], ids=lambda entry: entry["id"]
)
def test_a_test_of_a_clause_looks_at_its_rows_or_at_its_refusal(entry):
    """One that never names the clause cannot see whether it asks, closes or refuses."""
    files = [path.partition("::") for path in entry["tests"]]
    sources = [((ROOT / file).read_text(encoding="utf-8"), name) for file, _, name in files]
    assert any(looks_at(source, name, entry["id"]) for source, name in sources)


def looks_at(source: str, name: str, clause: str) -> bool:
    """Whether the test `name` asserts a state of the clause's rows, or that the clause refused.

    The assertion names the clause itself, by the test's parameter, or by a helper of its file.
    """
    functions = {node.name: node for node in ast.walk(ast.parse(source)) if _is_function(node)}
    test = functions[name]
    names = {helper for helper, node in functions.items() if clause in _strings(node.body)}
    if clause in (given := _strings(test.decorator_list)):
        names |= {one.arg for one in test.args.args} & given
    return any(
        (clause in _strings([node]) or _names(node) & names) and _tells(node)
        for node in ast.walk(test)
        if isinstance(node, ast.Assert)
    )


def _tells(node: ast.Assert) -> bool:
    """A state in words or by its name, or the clause of a refusal."""
    words = {word.upper() for word in _strings([node])} | _names(node)
    return not words.isdisjoint({"clause", *State.__members__})


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef)


def _strings(nodes: list) -> set[str]:
    found = [one for node in nodes for one in ast.walk(node) if isinstance(one, ast.Constant)]
    return {one.value for one in found if isinstance(one.value, str)}


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} | {
        one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)
    }


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ('assert scene.states("12.1") == ["met"]', True),
        ('assert "overdue" not in scene.states("12.1")', True),
        ('assert refused.value.clause == "12.1"', True),
        ("assert rows(line) == [State.MET]", True),
        ('assert scene.states("12.1") == []', False),
        ('assert scene.states("12.3") == ["met"]', False),
        ('scene.states("12.1") == ["met"]', False),
    ],
)
def test_a_look_at_a_clause_is_an_assertion_of_what_it_says(line, seen):
    source = f"""
def rows(line):
    return found(clause="12.1")

def test_another():
    assert scene.states("12.1") == ["met"]

def test_it():
    {line}
"""
    assert looks_at(source, "test_it", "12.1") == seen


def test_every_live_card_is_traced():
    traced = {clause for entry in ENTRIES for clause in entry.get("cards", [])}
    assert LIVE - traced == set()


def test_no_id_is_traced_twice():
    ids = [entry["id"] for entry in ENTRIES]
    assert len(ids) == len(set(ids))
