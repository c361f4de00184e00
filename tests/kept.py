"""A migrated SQLite database kept between runs of the tests: only a change of migrations pays for
them again. It stands in pytest's cache under the hash of what makes it; deleting it is safe."""

import os
import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from tests.sources import ROOT

# Besides the migrations: what they call, and the packages whose tables they make.
MAKERS = ("pult/**/migrations/*.py", "pult/kernel/**/*.py", "requirements.lock")


def kept_in(folder: Path) -> Path:
    """Where the database that the present sources make is kept, made or not."""
    digest = sha256()
    for pattern in MAKERS:
        for path in sorted(ROOT.glob(pattern)):
            if "tests" not in path.parts[len(ROOT.parts) :]:
                digest.update(path.read_bytes())
    return folder / f"{digest.hexdigest()[:16]}.sqlite3"


def lay(kept: Path, target: Path) -> bool:
    """Copy the kept database to where the tests will look for it; False when there is none."""
    if not kept.exists():
        return False
    shutil.copyfile(kept, target)
    return True


def keep(made: Path, kept: Path) -> None:
    """Keep a database just migrated instead of those of other sources."""
    if kept.exists():
        return
    for old in kept.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    draft = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(made)) as here, closing(sqlite3.connect(draft)) as there:
        here.backup(there)
    draft.replace(kept)
