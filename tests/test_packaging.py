"""`pip install .` takes along everything Pult reads at run time: pages, styles, words, the pack."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.sources import ROOT, tracked

READ = (".html", ".css", ".js", ".svg", ".toml", ".csv")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names in a wheel built from a copy of the project's own files."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for path in tracked(""):
        copy = source / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    build = "from setuptools.build_meta import build_wheel; import sys; build_wheel(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", build, str(out)], cwd=source, check=True, capture_output=True
    )
    (file,) = out.glob("*.whl")
    return set(zipfile.ZipFile(file).namelist())


def is_shipped(path: Path) -> bool:
    return path.is_relative_to(ROOT / "pult") and "tests" not in path.parts


def test_a_wheel_holds_every_file_the_package_reads(wheel):
    wanted = {str(path.relative_to(ROOT)) for path in tracked(*READ) if is_shipped(path)}
    assert wanted - wheel == set()


def test_a_wheel_holds_the_pack_and_both_languages(wheel):
    pack = {f"pult/{path.relative_to(ROOT)}" for path in (ROOT / "regulations").rglob("*.*")}
    assert pack - wheel == set()
    languages = {str(path.relative_to(ROOT).parents[1]) for path in tracked(".po")}
    compiled = {name for name in wheel if name.endswith("/LC_MESSAGES/django.mo")}
    assert len(compiled) >= 6
    assert {name.partition("/locale/")[0] for name in compiled} >= {
        name.removesuffix("/locale/ru") for name in languages if name.startswith("pult/web")
    }


def test_a_wheel_leaves_the_tests_at_home(wheel):
    assert [name for name in wheel if "/tests/" in name] == []
