"""`pult entity`: what it prints, and how it refuses."""

import json

import pytest
from click.testing import CliRunner

from pult.clients.models import OwnAccount, OwnEntity, OwnVat
from pult.console.main import cli
from pult.kernel.errors import BadInput
from pult.kernel.models import Fact

pytestmark = pytest.mark.django_db
ADD = ["entity", "add", "--name", "ООО «Пульт»", "--inn", "7707083893", "--kpp", "773601001"]


def run(*words):
    return CliRunner().invoke(cli, list(words))


def test_an_entity_is_added_with_its_account_and_listed():
    added = run(*ADD, "--account", "40702810200000000001", "--bik", "044525225", "--json")
    assert added.exit_code == 0
    figures = json.loads(added.output)
    assert (figures["inn"], figures["accounts"]) == ("7707083893", ["40702810200000000001"])
    assert json.loads(run("entity", "list", "--json").output) == [figures]
    assert "ООО «Пульт»" in run("entity", "list").output
    assert set(Fact.objects.values_list("kind", flat=True)) == {"agency.entity", "agency.account"}


def test_a_wrong_number_leaves_nothing_behind():
    wrong = run(*ADD, "--account", "40702810900000000001", "--bik", "044525225")
    assert isinstance(wrong.exception, BadInput)
    assert not OwnEntity.objects.exists()
    assert not OwnAccount.objects.exists()


def test_an_entity_is_edited_and_its_vat_dated():
    number = json.loads(run(*ADD, "--json").output)["id"]
    edit = ["entity", "edit", str(number)]
    done = run(*edit, "--signatory", "Лунин", "--vat", "5", "--since", "2026-01-01", "--json")
    assert json.loads(done.output)["signatory"] == "Лунин"
    assert OwnVat.objects.get().vat == "5"
    assert json.loads(run(*edit, "--closed", "--json").output)["closed"]


@pytest.mark.parametrize(
    "words", [["edit", "1", "--vat", "5"], ["add"], ["edit", "1", "--bik", "044525225"]]
)
def test_a_wrong_call_is_status_two(words):
    assert run("entity", *words).exit_code == 2
