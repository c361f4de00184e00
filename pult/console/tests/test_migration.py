"""`pult import migration`: a system named, read, brought in and taken back at the command line."""

import json

import pytest
from click.testing import CliRunner

from pult.clients.models import Client
from pult.console.commands.import_ import command
from pult.integrations.migration.models import Batch, Source
from pult.integrations.migration.tests.test_files import MEGAPLAN_CLIENTS
from pult.integrations.migration.tests.world import connected

pytestmark = pytest.mark.django_db


@pytest.fixture
def pult(cast):
    """`pult("read", "CRM")` → (exit status, figures, standard error)."""

    def run(*words, **given):
        result = CliRunner().invoke(command, ["migration", *words, "--json"], **given)
        return result.exit_code, json.loads(result.stdout or "null"), result.stderr

    return run


@pytest.fixture
def clients(tmp_path):
    path = tmp_path / "clients.csv"
    path.write_text(MEGAPLAN_CLIENTS)
    return str(path)


def test_a_file_is_read_brought_in_and_taken_back(pult, clients):
    status, made, _told = pult("add", "megaplan", "--name", "Файлы", "--go-live", "2026-03-16")
    assert (status, made["name"]) == (0, "Файлы")
    status, read, _told = pult("file", "Файлы", clients)
    assert (status, read["kind"], read["create"], read["unread"]) == (0, "company", 1, ["Тип"])
    assert not Client.objects.exists()
    status, done, _told = pult("bring", str(read["batch"]))
    assert (status, done["counts"]) == (0, {"company.brought": 1})
    assert Client.objects.get().name == "Ромашка"
    status, undone, _told = pult("undo", str(read["batch"]))
    assert (status, undone["kept"]) == (0, [])
    assert not Client.objects.exists()


def test_a_column_is_named_at_the_command_line(pult, tmp_path):
    pult("add", "megaplan", "--name", "Файлы", "--go-live", "2026-03-16")
    path = tmp_path / "odd.csv"
    path.write_text("Кто;ИНН\nРомашка;7700000016\n")
    status, told, _words = pult("file", "Файлы", str(path), "--kind", "company")
    assert status == 1
    assert told["error"]
    options = ["--kind", "company", "--mapping", "name=Кто"]
    status, told, _words = pult("file", "Файлы", str(path), *options)
    assert (status, told["create"]) == (0, 1)


def test_a_key_comes_from_a_file_and_is_printed_nowhere(pult):
    words = ["add", "amocrm", "--name", "CRM", "--address", "agency.amocrm.example"]
    status, made, told = pult(
        *words, "--key", "-", "--go-live", "2026-03-16", input="token=тайна123\n"
    )
    assert status == 0
    assert "тайна123" not in f"{made} {told}"
    assert Source.objects.get().secret
    _status, listed, _told = pult("sources")
    assert listed["sources"][0]["has_key"] is True
    assert "тайна123" not in str(listed)


def test_a_system_is_read_by_its_key_and_followed(pult, cast, monkeypatch):
    source, _former = connected(cast, monkeypatch)
    status, read, _told = pult("read", source.name)
    assert (status, read["found"]["task"]) == (0, 1)
    pult("bring", str(read["batch"]))
    Source.objects.update(is_followed=True)
    status, told, _words = pult("sync")
    assert (status, told["sources"][str(source.pk)]) == (0, {"new": 0, "changed": 0})


def test_what_is_not_there_is_a_wrong_call(pult):
    assert pult("read", "нет такой")[0] == 2
    assert pult("bring", "99")[0] == 2


def test_without_a_key_nothing_is_read(pult):
    pult("add", "megaplan", "--name", "Файлы", "--go-live", "2026-03-16")
    status, told, _words = pult("read", "Файлы")
    assert status == 1
    assert told["cure"]
    assert not Batch.objects.exists()
