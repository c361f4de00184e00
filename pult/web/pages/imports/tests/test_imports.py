"""Files dropped on the hub: recognised, refused in words, sent to the right colleague."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pult.integrations import intake
from pult.integrations.bank_1c.tests.test_reader import DOCUMENT, HEAD, SECTION, TAIL, file
from pult.integrations.table import read_table
from pult.integrations.table import workbook as workbooks
from pult.kernel import clock
from pult.kernel.models import StoredFile
from pult.money.models import BankDocument, SpendFile, StatementFile
from pult.web import drops
from pult.web.pages.imports.templates import TEMPLATES, template_file

BUDGETS = json.loads((Path(__file__).parents[5] / "tests" / "budgets.json").read_text())
STATEMENT = file(HEAD, SECTION, DOCUMENT, TAIL)
REPORT = "Date\tCampaignId\tCampaignName\tCost\n2026-02-01\t7\tПоиск\t122.00\n".encode()
CLIENTS = "Клиент;Телефон;Услуга\nРомашка;+7 495 100-00-00;Поиск\n".encode()


@pytest.fixture
def drop(login):
    """`drop(person, data, name)` → the answer of the hub."""

    def send(person, data, name="file", **fields):
        upload = SimpleUploadedFile(name, data)
        return login(person).post(reverse("imports"), {"file": upload, **fields})

    return send


def test_an_upload_said_to_be_too_large_is_refused_unread(login, cast, monkeypatch):
    read = []
    monkeypatch.setattr(drops, "keep", lambda *asked: read.append(asked))
    answer = login(cast.zhanna).post(
        reverse("imports"), {"file": SimpleUploadedFile("a", b"1")}, CONTENT_LENGTH=str(1 << 30)
    )
    assert (answer.status_code, read) == (413, [])
    assert "256" in answer.text


@pytest.mark.parametrize(
    ("data", "who", "page"),
    [(STATEMENT, "zhanna", "bank"), (REPORT, "darya", "spend"), (CLIENTS, "vera", "clients")],
)
def test_a_file_goes_to_its_page_by_its_contents(drop, cast, client, data, who, page):
    answer = drop(getattr(cast, who), data, "something.bin")
    assert answer.status_code == 303
    assert answer["Location"] == f"/imports/{page}/{intake.digest(data)}/"
    assert client.get(answer["Location"]).status_code == 200


def test_a_kind_of_file_nobody_offered_is_refused_in_words(drop, cast):
    answer = drop(cast.zhanna, STATEMENT, kind="payroll")
    assert answer.status_code == 422
    assert "поле «Файл»" in answer.text
    assert "Оставьте «по содержимому»" in answer.text


def test_a_statement_dropped_by_a_manager_is_the_accountants(drop, cast):
    answer = drop(cast.anna, STATEMENT)
    assert answer.status_code == 409
    assert "Бухгалтер" in answer.text
    assert not StatementFile.objects.exists()


def test_only_the_session_that_brought_a_file_opens_it(drop, login, cast):
    address = drop(cast.zhanna, STATEMENT)["Location"]
    login(cast.vera).logout()
    assert login(cast.zhanna).get(address).status_code == 404


def zipped(**entries):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        "***** ^Type=1^\n^Acc=BY13^\n".encode("cp1251"),
        b"%PDF-1.7",
        b"\x00\x01" * 5000,
        "просто письмо".encode(),
        b"<html><table><tr><td>1</td></tr></table></html>",
        zipped(readme=b"not a workbook"),
        zipped(xl__workbook_xml=b"broken"),
        b"PK\x03\x04torn",
        b"\x1f\x8btorn",
        b"1CClientBankExchange\n",
    ],
    ids=["belarus", "pdf", "binary", "text", "html", "zip", "xlsx", "torn", "gzip", "bare"],
)
def test_a_bad_file_is_refused_in_words_and_leaves_nothing(drop, cast, client, data):
    answer = drop(cast.zhanna, data)
    if answer.status_code == 303:
        answer = client.get(answer["Location"])
    assert answer.status_code in (200, 422)
    assert re.search(r"callout--(breach|soon|ok)", answer.text)
    assert not StatementFile.objects.exists()
    assert not BankDocument.objects.exists()


def test_a_bomb_is_not_unpacked(drop, cast, monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1 << 16)
    bomb = zipped(xl__workbook_xml=b"0" * (1 << 20))
    assert drop(cast.zhanna, bomb, "bomb.xlsx").status_code == 422


def test_no_file_an_empty_and_an_oversized_one_are_refused(drop, login, cast, monkeypatch):
    assert login(cast.zhanna).post(reverse("imports")).status_code == 422
    assert drop(cast.zhanna, b"").status_code == 422
    monkeypatch.setattr(drops, "LARGEST", 10)
    assert drop(cast.zhanna, STATEMENT).status_code == 422
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Bank\\kl_to_1c.txt", "kl_to_1c.txt"),
        ("a\u202etxt.exe\x00", "atxt.exe"),
        ("  ", "file"),
        ("<b>счёт</b>.txt", "b>.txt"),
        ("я" * 300 + ".txt", "я" * 116 + ".txt"),
    ],
)
def test_a_name_is_the_last_part_of_a_path_without_tricks(given, shown):
    assert intake.clean_name(given) == shown


@pytest.mark.parametrize("name", TEMPLATES)
def test_our_own_empty_table_is_read_without_questions(login, cast, name):
    answer = login(cast.vera).get(reverse("import_template", args=[name]))
    assert answer["Content-Disposition"] == f'attachment; filename="pult-{name}.xlsx"'
    data = template_file(name)
    assert intake.recognise(data) == name
    assert read_table(data).columns == [title for title, _sample in TEMPLATES[name]]


def test_the_hub_asks_few_questions(login, cast, django_assert_max_num_queries):
    login(cast.vera).get(reverse("imports"))
    with django_assert_max_num_queries(BUDGETS["imports"]):
        login(cast.vera).get(reverse("imports"))


def test_spend_cut_off_is_listed_until_its_file_came_in(login, cast):
    cut = {"sha256": "a", "source": "direct", "loaded_by": cast.darya, "loaded_at": clock.now()}
    SpendFile.objects.create(name="half.tsv", **cut)
    page = login(cast.darya).get(reverse("imports")).text
    assert "half.tsv" in page
    assert "не закончена" in page
    whole = {"cost": 100, "unknown": 0, "first_day": "2026-02-01", "last_day": "2026-02-01"}
    cut |= {"status": SpendFile.Status.POSTED, "summary": whole}
    SpendFile.objects.create(name="whole.tsv", **cut)
    page = login(cast.darya).get(reverse("imports")).text
    assert "half.tsv" not in page
    assert "не закончена" not in page
