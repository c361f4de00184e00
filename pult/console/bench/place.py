"""Where figures are taken: on a copy of the database, so that the original stays as it is."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def environment(
    home: Path, database: str, *, in_place: bool
) -> Iterator[tuple[dict[str, str], bool]]:
    """(environment of a measuring process, whether it may write).

    SQLite is copied beside the original. Another database is measured where it is, by figures
    that only read; with `in_place` the others write generated facts into it.
    """
    if in_place or not database:
        yield dict(os.environ), in_place
        return
    with tempfile.TemporaryDirectory(prefix="bench-", dir=home) as folder:
        copy = Path(folder)
        _copy(Path(database), copy / "pult.sqlite3")
        for name in ("snapshot", "static"):
            if (home / name).is_dir():
                shutil.copytree(home / name, copy / name)
        values = {name: text for name, text in os.environ.items() if name != "PULT_DATABASE_URL"}
        yield values | {"PULT_HOME": str(copy)}, True


def _copy(source: Path, target: Path) -> None:
    """A consistent copy while others read and write."""
    there, here = sqlite3.connect(source), sqlite3.connect(target)
    try:
        there.backup(here, pages=20_000)
    finally:
        there.close()
        here.close()
