"""`pult backup` and `pult restore`: all comes back, and a bad archive changes nothing."""

import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from pult import __version__
from pult.console.archive import read_archive, write_archive
from pult.kernel.errors import PultError
from pult.settings.database import database_from_url

PROJECT = Path(__file__).resolve().parents[3]
ABOUT = {"pult": __version__, "engine": "sqlite3"}


def place(folder):
    folder.mkdir()
    base = database_from_url(f"sqlite:///{folder / 'pult.sqlite3'}")
    return {"home": folder, "database": base, "files": folder / "files"}


@pytest.fixture
def agency(tmp_path):
    there = place(tmp_path / "old")
    with sqlite3.connect(there["database"]["NAME"]) as base:
        base.execute("create table django_migrations (name text)")
        base.execute("insert into django_migrations values ('0001')")
    base.close()
    (there["home"] / "secret.key").write_text("key")
    there["files"].mkdir()
    (there["files"] / "one").write_text("file")
    return there


@pytest.fixture
def archive(agency, tmp_path):
    target = tmp_path / "agency.tar.gz"
    assert write_archive(target, **agency) == target.stat().st_size
    return target


def packed(path, **parts):
    with tarfile.open(path, "w:gz") as tar:
        for name, content in parts.items():
            entry = tarfile.TarInfo(name.replace("_", "."))
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return path


def test_everything_comes_back(archive, tmp_path):
    new = place(tmp_path / "new")
    read_archive(archive, **new)
    with sqlite3.connect(new["database"]["NAME"]) as base:
        assert base.execute("select name from django_migrations").fetchall() == [("0001",)]
    base.close()
    assert (new["home"] / "secret.key").read_text() == "key"
    assert (new["files"] / "one").read_text() == "file"
    with pytest.raises(PultError, match="already holds"):
        read_archive(archive, **new)


@pytest.fixture
def pult():
    """`pult(home, "backup", "agency.tar.gz")` → what the command printed, in that data folder."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("PULT_")}

    def run(home, *words):
        variables = {"DJANGO_SETTINGS_MODULE": "pult.settings", "PULT_HOME": str(home)}
        done = subprocess.run(
            [sys.executable, "-m", "pult.console", *map(str, words)],
            env=kept | variables,
            cwd=PROJECT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_the_commands_carry_an_agency_into_an_empty_data_folder(pult, tmp_path, laid):
    old, new, target = laid(tmp_path / "old"), tmp_path / "new", tmp_path / "agency.tar.gz"
    pult(old, "migrate")
    pult(old, "entity", "add", "--name", "ООО «Пульт»", "--inn", "7707083893")
    assert json.loads(pult(old, "backup", target, "--json"))["bytes"] == target.stat().st_size
    with tarfile.open(target) as tar:
        assert json.load(tar.extractfile("pult.json"))["engine"] == "sqlite3"
    pult(new, "restore", target)
    assert "ООО «Пульт»" in pult(new, "entity", "list")
    assert (new / "secret.key").read_text() == (old / "secret.key").read_text()


def test_an_archive_of_djangos_own_backend_comes_back(agency, tmp_path):
    agency["database"] = {**agency["database"], "ENGINE": "django.db.backends.sqlite3"}
    write_archive(tmp_path / "older.tar.gz", **agency)
    new = place(tmp_path / "new")
    read_archive(tmp_path / "older.tar.gz", **new)
    assert Path(new["database"]["NAME"]).stat().st_size


@pytest.mark.parametrize(
    "about",
    [b"{", b"\xff", b"[]", b"7", b"{}", b'{"pult": "0.1.0"}',
     *(json.dumps(ABOUT | part).encode() for part in (
         {"engine": ""}, {"engine": "mysql"}, {"engine": ["sqlite3"]}, {"engine": "postgresql"},
         {"pult": "99.0"}, {"pult": 1}, {"pult": "new"}))],
)  # fmt: skip
def test_a_manifest_that_is_none_is_refused_in_words(about, archive, agency, tmp_path):
    with open(agency["database"]["NAME"], "rb") as base:
        bad = packed(tmp_path / "bad.tgz", pult_json=about, database_sqlite3=base.read())
    refused(bad, place(tmp_path / "new"))


@pytest.mark.parametrize("base", [b"", b"junk" * 999, b"SQLite format 3\0" + b"x" * 999])
def test_a_database_that_is_none_is_refused(base, tmp_path):
    about = json.dumps(ABOUT).encode()
    bad = packed(tmp_path / "bad.tgz", pult_json=about, database_sqlite3=base)
    refused(bad, place(tmp_path / "new"))


def test_a_cut_archive_or_one_without_a_database_is_refused(archive, tmp_path):
    cut = tmp_path / "cut.tgz"
    cut.write_bytes(archive.read_bytes()[:-60])
    bare = packed(tmp_path / "bare.tgz", pult_json=json.dumps(ABOUT).encode())
    new = place(tmp_path / "new")
    for bad in (cut, bare):
        refused(bad, new)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../out", tarfile.REGTYPE),
        ("/out", tarfile.REGTYPE),
        ("files/../../out", tarfile.REGTYPE),
        ("files/link", tarfile.SYMTYPE),
        ("files/link", tarfile.LNKTYPE),
        ("files/pipe", tarfile.FIFOTYPE),
    ],
)
def test_nothing_leads_out_of_the_folder(name, kind, archive, tmp_path):
    bad = tmp_path / "bad.tar"
    with tarfile.open(archive) as whole, tarfile.open(bad, "w") as tar:
        for member in whole:
            tar.addfile(member, whole.extractfile(member) if member.isfile() else None)
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, "/etc/hostname"
        tar.addfile(entry)
    refused(bad, place(tmp_path / "new"))
    assert not (tmp_path / "out").exists()


def refused(bad, new):
    with pytest.raises(PultError):
        read_archive(bad, **new)
    assert list(new["home"].iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(agency, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PultError, match="cannot be written"):
        write_archive(tmp_path / "file" / "x.tar.gz", **agency)
