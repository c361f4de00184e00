"""The project's own files, for the tests that read source."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "pult"


def tracked(*suffixes: str) -> list[Path]:
    """Files of the project (known to git, or new and not ignored) with one of `suffixes`."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in listing if name.endswith(suffixes) and (ROOT / name).exists()]


def python_files(*, tests: bool = False) -> list[Path]:
    """Python sources of the package, migrations left out; with `tests`, its tests too."""
    return [
        path
        for path in tracked(".py")
        if path.is_relative_to(PACKAGE)
        and "migrations" not in path.parts
        and (tests or "tests" not in path.parts)
    ]


def name(path: Path) -> str:
    """How a finding names a file."""
    return path.relative_to(ROOT).as_posix()
