"""One archive with everything an agency's Pult knows: database, files and keys.

Layout of the tar: `pult.json` (version, engine, time), `database.sqlite3` or `database.dump`
(pg_dump custom format), `secret.key` and other keys, `files/…`.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from pult import __version__
from pult.kernel import clock
from pult.kernel.errors import PultError

KEYS = ("*.key",)


def write_archive(target: Path, *, home: Path, database: dict[str, Any], files: Path) -> int:
    """Write the archive beside `target` and move it there whole; return its size in bytes.

    The database is copied in one consistent state while people go on working.
    """
    if target.exists():
        raise PultError(f"{target}: this file exists already", cure="Choose another name.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        draft = Path(folder) / "archive.tar.gz"
        dump = _dump_database(Path(folder), database)
        about = {
            "pult": __version__,
            "engine": database["ENGINE"].rsplit(".", 1)[-1],
            "made_at": clock.now().isoformat(),
        }
        (Path(folder) / "pult.json").write_text(json.dumps(about))
        with tarfile.open(draft, "w:gz", compresslevel=5) as tar:
            tar.add(Path(folder) / "pult.json", "pult.json")
            tar.add(dump, dump.name)
            for pattern in KEYS:
                for key in sorted(home.glob(pattern)):
                    tar.add(key, key.name)
            if files.exists():
                tar.add(files, "files")
        os.chmod(draft, 0o600)
        size = draft.stat().st_size
        shutil.move(draft, target)
    return size


def _dump_database(folder: Path, database: dict[str, Any]) -> Path:
    if database["ENGINE"].endswith("sqlite3"):
        target = folder / "database.sqlite3"
        with sqlite3.connect(database["NAME"]) as source, sqlite3.connect(target) as copy:
            source.backup(copy)
        source.close()
        copy.close()
        return target
    target = folder / "database.dump"
    _postgres("pg_dump", database, "-Fc", "-f", str(target), database["NAME"])
    return target


def read_archive(source: Path, *, home: Path, database: dict[str, Any], files: Path) -> None:
    """Bring `source` back into an empty folder and database; else nothing is touched."""
    try:
        with tarfile.open(source) as tar, tempfile.TemporaryDirectory(dir=home) as folder:
            tar.extractall(folder, filter="data")
            _restore(Path(folder), home=home, database=database, files=files)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise PultError(f"{source}: not a whole Pult archive ({error})") from error


def _restore(folder: Path, *, home: Path, database: dict[str, Any], files: Path) -> None:
    about = folder / "pult.json"
    if not about.exists():
        raise PultError("This archive was not written by pult backup.")
    engine = json.loads(about.read_text())["engine"]
    if not database["ENGINE"].endswith(engine):
        raise PultError(
            f"The archive holds a {engine} database.",
            cure="Point PULT_DATABASE_URL at an empty database of that kind.",
        )
    _refuse_unless_empty(database, files)
    if engine == "sqlite3":
        shutil.move(folder / "database.sqlite3", database["NAME"])
    else:
        _postgres(
            "pg_restore",
            database,
            "--no-owner",
            "-d",
            database["NAME"],
            str(folder / "database.dump"),
        )
    for pattern in KEYS:
        for key in folder.glob(pattern):
            shutil.copy(key, home / key.name)
            os.chmod(home / key.name, 0o600)
    if (folder / "files").exists():
        shutil.copytree(folder / "files", files, dirs_exist_ok=True)


def _refuse_unless_empty(database: dict[str, Any], files: Path) -> None:
    from django.db import connection

    if database["ENGINE"].endswith("sqlite3"):
        path = Path(database["NAME"])
        full = path.exists() and path.stat().st_size > 0
    else:
        full = bool(connection.introspection.table_names())
    if full or (files.exists() and any(files.iterdir())):
        raise PultError(
            "This data folder or database already holds an agency; nothing was changed.",
            cure="Restore into an empty PULT_HOME.",
        )


def _postgres(program: str, database: dict[str, Any], *arguments: str) -> None:
    environment = {
        **os.environ,
        "PGHOST": database["HOST"],
        "PGPORT": database["PORT"],
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
    }
    result = subprocess.run(
        [program, *arguments],
        env={name: value for name, value in environment.items() if value},
        capture_output=True,
        text=True,
    )
    if result.returncode:
        raise PultError(f"{program}: {result.stderr.strip().splitlines()[-1]}")
