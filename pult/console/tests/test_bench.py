"""`pult bench` takes every figure; how good they are is no matter of a test."""

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from pult.console.bench.figure import Figure, p50_p95
from pult.console.bench.run import GROUPS

PROJECT = Path(__file__).resolve().parents[3]
KEYS = {"name", "value", "unit", "goal", "load", "good"}
NAMED = ("sweep_cold", "sweep_warm", "sweep_rss", "sweep_drift", "whatif_curve", "calendar_add")


def pult(home, *words):
    unset = ("PULT_DATABASE_URL", "PULT_DEMO")
    variables = {name: text for name, text in os.environ.items() if name not in unset}
    done = subprocess.run(
        [sys.executable, "-m", "pult.console", *words],
        env=variables | {"PULT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "pult.settings"},
        cwd=PROJECT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_the_figures_of_a_small_agency_are_all_there(tmp_path, laid):
    pult(laid(tmp_path), "seed", "--clients", "6", "--facts", "400", "--json")
    facts = (tmp_path / "pult.sqlite3").stat().st_size
    only = [word for name in ("calendar", "whatif", "sweep", "acts") for word in ("--only", name)]
    figures = orjson.loads(pult(tmp_path, "bench", "--quick", "--json", *only))
    assert all(row.keys() >= KEYS for row in figures)
    found = {row["name"]: row for row in figures}
    assert found.keys() >= {*NAMED, "fact_to_ledger_p95"}
    assert [row for row in figures if "ended with" in row["load"]] == []
    assert found["drift_after_acts"]["value"] == found["sweep_drift"]["value"] == 0
    # It measured a copy, and put it away.
    assert (tmp_path / "pult.sqlite3").stat().st_size == facts
    assert list(tmp_path.glob("bench-*")) == []


def test_requests_a_second_are_counted_over_http(tmp_path, laid):
    pult(laid(tmp_path), "seed", "--clients", "6", "--facts", "400", "--json")
    figures = orjson.loads(pult(tmp_path, "bench", "--quick", "--json", "--only", "throughput"))
    found = {row["name"]: row for row in figures}
    for name in ("requests_list", "requests_due", "requests_day", "requests_create"):
        assert found[name]["value"], found[name]["load"]
        assert "4 connections, 2 web processes" in found[name]["load"]


def test_an_unknown_group_is_refused(tmp_path):
    with pytest.raises(AssertionError, match="is not one of calendar"):
        pult(tmp_path, "bench", "--only", "moon")


def test_a_goal_is_a_ceiling_or_a_floor():
    assert Figure("a", 5, "ms", "", 10).good
    assert not Figure("a", 5, "share", "", 10, at_least=True).good
    assert Figure("a", None, "ms", "skipped", 10).good is None


def test_times_are_told_in_milliseconds():
    assert p50_p95([0.001] * 99 + [1]) == (1, 1)


def test_every_group_is_named_in_the_help():
    from pult.console.commands.bench_ import command

    assert all(name in (command.help or "") for name in GROUPS)
