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
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Any

from django.db import connection
from django.db.utils import load_backend

from pult import __version__
from pult.kernel import clock
from pult.kernel.errors import PultError

KEYS = ("*.key",)
# As `pult.json` names them, by the vendor of Django's backend.
ENGINES = {"sqlite": "sqlite3", "postgresql": "postgresql"}


def write_archive(target: Path, *, home: Path, database: dict[str, Any], files: Path) -> int:
    """Write the archive beside `target` and move it there whole; return its size in bytes.

    The database is copied in one consistent state while people go on working.
    """
    if target.exists():
        raise PultError(f"{target}: this file exists already", cure="Choose another name.")
    try:
        return _write(target, home=home, database=database, files=files)
    except OSError as error:
        raise PultError(f"{target}: cannot be written ({error.strerror or error})") from error


def _write(target: Path, *, home: Path, database: dict[str, Any], files: Path) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        draft = Path(folder) / "archive.tar.gz"
        dump = _dump_database(Path(folder), database)
        about = {
            "pult": __version__,
            "engine": _engine(database),
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


def _engine(database: dict[str, Any]) -> str:
    """What kind of database this is: its backend says so, whatever module that is in."""
    return ENGINES[load_backend(database["ENGINE"]).DatabaseWrapper.vendor]


def _dump_database(folder: Path, database: dict[str, Any]) -> Path:
    if _engine(database) == "sqlite3":
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
            tar.extractall(folder, members=list(_plain(tar)))
            _restore(Path(folder), home=home, database=database, files=files)
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise PultError(f"{source}: not a whole Pult archive ({error})") from error


def _plain(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Files and folders that stay inside, ours and nobody else's to read; raises TarError.

    `filter="data"` says the same, but Python has it only since 3.11.4.
    """
    for member in tar:
        name = PurePosixPath(member.name)
        if name.is_absolute() or ".." in name.parts or not (member.isfile() or member.isdir()):
            raise tarfile.TarError(f"{member.name} does not belong in an archive")
        member.mode = 0o700 if member.isdir() else 0o600
        member.uid, member.gid, member.uname, member.gname = os.getuid(), os.getgid(), "", ""
        yield member


def _restore(folder: Path, *, home: Path, database: dict[str, Any], files: Path) -> None:
    """All that may be wrong with the archive is found before anything is moved."""
    engine = _engine_of(folder)
    if _engine(database) != engine:
        raise PultError(
            f"The archive holds a {engine} database.",
            cure="Point PULT_DATABASE_URL at an empty database of that kind.",
        )
    dump = folder / ("database.sqlite3" if engine == "sqlite3" else "database.dump")
    if not dump.is_file():
        raise PultError("The archive holds no database.")
    _refuse_unless_empty(database, files)
    if engine == "sqlite3":
        _check_sqlite(dump)
        shutil.move(dump, database["NAME"])
    else:
        _postgres("pg_restore", database, "--no-owner", "-d", database["NAME"], str(dump))
    for pattern in KEYS:
        for key in folder.glob(pattern):
            shutil.copy(key, home / key.name)
            os.chmod(home / key.name, 0o600)
    if (folder / "files").exists():
        shutil.copytree(folder / "files", files, dirs_exist_ok=True)


def _engine_of(folder: Path) -> str:
    """The engine `pult.json` names; refuses what is no manifest or a newer Pult's."""
    try:
        about = json.loads((folder / "pult.json").read_text())
        engine, version = about["engine"], _numbers(about["pult"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise PultError("This archive was not written by pult backup.") from error
    if engine not in ENGINES.values():
        raise PultError(f"The archive holds a database Pult does not know: {engine!r}.")
    if version > _numbers(__version__):
        raise PultError(
            f"The archive was written by a newer Pult, {about['pult']}.",
            cure="Restore it with that version or a later one.",
        )
    return engine


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _check_sqlite(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as base:
            found = base.execute("PRAGMA integrity_check").fetchone()[0]
            tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError as error:
        raise PultError(f"The database in the archive is damaged ({error}).") from error
    if found != "ok" or "django_migrations" not in tables:
        raise PultError("The database in the archive is damaged or not Pult's.")


def _refuse_unless_empty(database: dict[str, Any], files: Path) -> None:
    if _engine(database) == "sqlite3":
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
