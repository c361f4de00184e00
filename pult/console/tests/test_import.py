"""`pult import`: what it prints, what it refuses, with which status it ends."""

import gzip
import json

import pytest
from click.testing import CliRunner

from pult.clients.models import Client, OwnAccount
from pult.console.commands.import_ import command
from pult.integrations.bank_1c.tests.test_reader import DOCUMENT, HEAD, OURS, SECTION, TAIL, file
from pult.money.models import BankDocument, SpendDay, SpendFile, StatementFile

pytestmark = pytest.mark.django_db

STATEMENT = file(HEAD, SECTION, DOCUMENT, TAIL)
BROKEN = DOCUMENT.replace("Сумма=122000.5", "Сумма=сто").replace("Номер=17", "Номер=18")
REPORT = """Date\tCampaignId\tCampaignName\tImpressions\tClicks\tCost
2026-02-01\t101\tПоиск\t1520\t31\t1220.00
2026-02-02\t101\tПоиск\t20410\t55\t610.00
Total rows: 2
"""
CLIENTS = "Клиент;ИНН;Телефон;Услуга;Бюджет\nРомашка;7700000016;+7 495 100-00-00;Поиск;100000\n"


@pytest.fixture
def pult(tmp_path):
    """`pult("bank", data, "--json")` → (exit status, figures or text, standard error)."""

    def run(what, data, *options, name="file"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        result = CliRunner().invoke(command, [what, str(path), *options])
        out = json.loads(result.stdout) if "--json" in options and result.stdout else result.stdout
        return result.exit_code, out, result.stderr

    return run


def test_a_statement_comes_into_an_empty_database(pult):
    status, out, _err = pult("bank", STATEMENT, "--json", name="kl_to_1c.txt")
    assert status == 0
    assert out == {
        "file": "kl_to_1c.txt",
        "format": "1CClientBankExchange",
        "encoding": "cp1251",
        "documents": 1,
        "new": 1,
        "duplicates": 0,
        "incoming": 122_000_50,
        "outgoing": 0,
        "matched": 0,
        "unsettled": 1,
        "refused": [],
        "accounts": [
            {
                "account": OURS,
                "opening": 1_000_00,
                "incoming": 122_000_50,
                "outgoing": 0,
                "closing": 123_000_50,
                "balanced": True,
            }
        ],
    }
    assert OwnAccount.objects.get().account == OURS


def test_the_same_statement_again_changes_nothing(pult):
    pult("bank", STATEMENT)
    status, out, _err = pult("bank", STATEMENT + b"\r\n", "--json", name="copy.txt")
    assert (status, out["new"], out["duplicates"]) == (0, 0, 1)
    assert (BankDocument.objects.count(), StatementFile.objects.count()) == (1, 1)


def test_a_bad_row_is_named_and_the_rest_comes_in(pult):
    data = file(HEAD, SECTION, BROKEN, DOCUMENT, TAIL)
    status, out, err = pult("bank", data, "--json")
    assert (status, out["new"]) == (0, 1)
    (refused,) = out["refused"]
    assert (set(refused), refused["field"]) == ({"line", "field", "reason"}, "Сумма")
    assert f"line {refused['line']}, Сумма" in err


def test_a_strict_import_refuses_the_file_for_one_bad_row(pult):
    data = file(HEAD, SECTION, BROKEN, DOCUMENT, TAIL)
    status, _out, err = pult("bank", data, "--strict")
    assert (status, BankDocument.objects.count()) == (1, 0)
    assert "nothing was written" in err


@pytest.mark.parametrize(
    ("data", "guess"),
    [
        ("***** ^Type=1^\n^Acc=BY13^\n".encode("cp1251"), "Belarus client-bank"),
        (b"%PDF-1.7 statement", "PDF"),
        (b"", "empty"),
        (b"\x00\x01\x02" * 50, "binary"),
        ("просто письмо".encode(), "text"),
    ],
)
def test_a_file_that_is_no_statement_is_refused_by_its_name(pult, data, guess):
    status, out, err = pult("bank", data, "--json")
    assert (status, out["format"]) == (1, guess)
    assert out["error"]
    assert out["cure"]
    assert guess in err
    assert not StatementFile.objects.exists()
    assert not OwnAccount.objects.exists()


def test_a_strange_account_needs_a_word(pult):
    pult("bank", STATEMENT)
    other = "40702810900000000077"
    data = file(*(part.replace(OURS, other) for part in (HEAD, SECTION, DOCUMENT)), TAIL)
    status, _out, err = pult("bank", data)
    assert (status, other in err) == (1, True)
    assert pult("bank", data, "--own", other)[0] == 0


def test_columns_nobody_knows_are_said_once(pult):
    table = f"Счет;Когда;Сколько;За что\n{OURS};02.02.2026;-100,00;связь\n"
    assert pult("bank", table, name="bank.csv")[0] == 1
    options = ("--mapping", "date=Когда", "--mapping", "amount=3")
    assert pult("bank", table, *options, name="bank.csv")[0] == 0
    later = table.replace("100,00", "250,00")
    status, out, _err = pult("bank", later, "--json", name="later.csv")
    assert (status, out["new"], out["outgoing"]) == (0, 1, 250_00)


def test_spend_comes_net_of_vat_and_never_twice(pult):
    for name in ("direct.tsv", "again.tsv"):
        status, out, err = pult("spend", REPORT, "--json", name=name)
        assert (status, out["rows"], out["cost"], out["unknown"]) == (0, 2, 1_500_00, 1)
        assert "--vat" in err
    assert sorted(SpendDay.objects.values_list("cost", flat=True)) == [500_00, 1_000_00]


def test_spend_without_vat_is_kept_as_it_is(pult):
    _status, out, err = pult("spend", gzip.compress(REPORT.encode()), "--vat", "without", "--json")
    assert (out["cost"], out["with_vat"]) == (1_830_00, False)
    assert "--vat" not in err


def test_a_cut_report_is_refused_when_asked_to_be_strict(pult):
    cut = REPORT.replace("Total rows: 2", "Total rows: 9")
    assert pult("spend", cut, "--strict")[0] == 1
    assert not SpendDay.objects.exists()


def test_a_report_of_bad_rows_only_lists_them(pult):
    bad = "2026-02-01\t101\tПоиск\t1\t1\t1e309\n2026-02-31\t101\tПоиск\t1\t1\t5.00\n"
    status, out, err = pult("spend", REPORT.splitlines()[0] + "\n" + bad, "--json")
    assert (status, SpendFile.objects.count()) == (1, 0)
    assert [(row["line"], row["field"]) for row in out["refused"]] == [(2, "Cost"), (3, "Date")]
    assert all(row["reason"] for row in out["refused"])
    assert "line 2, Cost" in err


def test_a_title_that_stands_twice_is_asked_for_by_number(pult):
    table = "Дата;Кампания;Расход;Расход\n01.11.2026;Поиск;5;7\n"
    status, out, _err = pult("spend", table, "--json", name="vk.csv")
    assert (status, "Расход" in out["error"], bool(out["cure"])) == (1, True, True)
    by_title = ("--mapping", "cost=Расход", "--vat", "without")
    assert pult("spend", table, *by_title, name="vk.csv")[0] == 1
    by_number = ("--mapping", "cost=4", "--vat", "without", "--json")
    assert pult("spend", table, *by_number, name="vk.csv")[1]["cost"] == 7_00


def test_clients_are_planned_first_and_moved_in_by_the_head(pult, cast):
    status, out, _err = pult("clients", CLIENTS, "--dry-run", "--json")
    assert (status, out["create"], out["batch"]) == (0, 1, None)
    assert not Client.objects.exists()
    assert pult("clients", CLIENTS)[0] == 0
    assert Client.objects.get().batch.by == cast.vera


def test_without_a_head_nobody_moves_in(pult):
    status, _out, err = pult("clients", CLIENTS)
    assert status == 1
    assert "pult user invite" in err


def test_a_wrong_call_ends_with_two(pult):
    assert CliRunner().invoke(command, ["bank", "nowhere.txt"]).exit_code == 2
    assert pult("bank", STATEMENT, "--mapping", "date")[0] == 2
    assert pult("bank", STATEMENT, "--by", "nobody@agency.example")[0] == 2
