"""docs/trace.toml: each clause and requirement names its card, action, screen and test."""

import ast
import importlib
import tomllib

import pytest
from django.urls import get_resolver

from pult.kernel.facts import kinds
from pult.regulation.evaluate.card import RUNNING_KINDS
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
def test_the_test_of_a_clause_looks_at_its_rows_or_at_its_refusal(entry):
    """A test file that never names the clause cannot see whether it asks, closes or refuses."""
    files = {path.partition("::")[0] for path in entry["tests"]}
    told = [(ROOT / file).read_text(encoding="utf-8") for file in files]
    assert any(f'"{entry["id"]}"' in text for text in told)


def test_every_live_card_is_traced():
    traced = {clause for entry in ENTRIES for clause in entry.get("cards", [])}
    assert LIVE - traced == set()


def test_no_id_is_traced_twice():
    ids = [entry["id"] for entry in ENTRIES]
    assert len(ids) == len(set(ids))
