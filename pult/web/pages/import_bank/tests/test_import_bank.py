"""A dropped statement: the preview, the accounts, the columns, the post, the worker."""

import json
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pult.clients.models import OwnAccount
from pult.clients.tests.factories import make_client, make_entity, make_line, make_own_account
from pult.integrations import intake
from pult.integrations.bank_1c.tests.test_reader import DOCUMENT, HEAD, OURS, SECTION, TAIL, file
from pult.kernel import clock, files
from pult.kernel.jobs import work
from pult.kernel.models import Job
from pult.money.leases import held
from pult.money.models import BankDocument, ColumnMapping, StatementFile
from pult.money.tests.factories import make_invoice
from pult.web.pages.import_bank import posting

BUDGETS = json.loads((Path(__file__).parents[5] / "tests" / "budgets.json").read_text())
STATEMENT = file(HEAD, SECTION, DOCUMENT, TAIL)
BROKEN = DOCUMENT.replace("Сумма=122000.5", "Сумма=сто").replace("Номер=17", "Номер=18")


@pytest.fixture
def zhanna(login, cast):
    return login(cast.zhanna)


def drop(browser, data, name="kl_to_1c.txt"):
    upload = SimpleUploadedFile(name, data)
    return browser.post(reverse("imports"), {"file": upload, "kind": "bank"})["Location"]


def test_a_preview_shows_what_would_come_and_writes_nothing(zhanna, cast):
    row = make_client("Тёплый дом", am=cast.anna)
    make_entity(row, "7700000016")
    make_invoice(row, "А-2026/015", (make_line(row), 122_000_50))
    text = zhanna.get(drop(zhanna, STATEMENT)).text
    assert "Тёплый дом" in text
    assert OURS in text
    assert "да</span>" in text
    assert not StatementFile.objects.exists()


def test_taking_a_statement_in_leads_to_it(zhanna):
    address = drop(zhanna, STATEMENT)
    answer = zhanna.post(address)
    assert answer.status_code == 303
    page = zhanna.get(answer["Location"]).text
    assert "kl_to_1c.txt" in page
    assert BankDocument.objects.get().amount == 122_000_50


def test_the_same_statement_again_offers_nothing_to_take(zhanna, later):
    address = drop(zhanna, STATEMENT)
    zhanna.post(address)
    assert f'action="{address}"' not in zhanna.get(address).text
    later()
    assert zhanna.post(address)["Location"] == reverse("imports")
    assert BankDocument.objects.count() == 1


def test_a_statement_somebody_is_taking_in_is_a_conflict_in_words(zhanna, login, cast, later):
    address = drop(zhanna, STATEMENT)
    zhanna.post(address)
    row = StatementFile.objects.get()
    BankDocument.objects.update(match="pending")
    later()
    with held(row):
        answer = zhanna.post(address)
        assert (answer.status_code, "прямо сейчас" in answer.text) == (409, True)
        assert "загружается" in zhanna.get(reverse("imports")).text
    assert "прервалась" in zhanna.get(reverse("imports")).text
    assert "Продолжить" in zhanna.get(address).text
    assert zhanna.post(address)["Location"] == reverse("statement", args=[row.pk])
    assert "прервалась" not in zhanna.get(reverse("imports")).text
    BankDocument.objects.update(match="pending")
    assert "kl_to_1c.txt" in login(cast.vera).get(reverse("health")).text


def test_bad_rows_are_named_and_the_rest_is_offered(zhanna):
    address = drop(zhanna, file(HEAD, SECTION, BROKEN, DOCUMENT, TAIL))
    text = zhanna.get(address).text
    assert "сто" in text
    assert "Сумма" in text
    assert "Загрузите выписку: на её странице" in text
    assert reverse("payment_by_hand") not in text
    zhanna.post(address)
    assert BankDocument.objects.count() == 1


def test_a_strange_account_comes_in_only_when_it_is_called_ours(zhanna):
    zhanna.post(drop(zhanna, STATEMENT))
    other = "40702810900000000077"
    parts = (part.replace(OURS, other) for part in (HEAD, SECTION, DOCUMENT))
    address = drop(zhanna, file(*parts, TAIL))
    assert f'value="{other}"' in zhanna.get(address).text
    assert zhanna.post(address).status_code == 422
    assert BankDocument.objects.count() == 1
    assert zhanna.post(address, {"own": other}).status_code == 303
    assert OwnAccount.objects.filter(account=other).exists()


def test_columns_are_asked_once_and_remembered(zhanna):
    table = f"Счет;Когда;Сколько;За что\n{OURS};02.02.2026;-100,00;связь\n".encode()
    address = drop(zhanna, table, "bank.csv")
    assert 'name="column_date"' in zhanna.get(address).text
    lacking = zhanna.post(f"{address}columns/", {"column_date": "1"})
    assert lacking.status_code == 422
    given = {"column_date": "1", "column_amount": "2", "column_account": "0"}
    assert zhanna.post(f"{address}columns/", given)["Location"] == address
    zhanna.post(address)
    assert BankDocument.objects.get().direction == "out"
    assert ColumnMapping.objects.count() == 1
    later = drop(zhanna, table.replace(b"100,00", b"250,00"), "later.csv")
    assert zhanna.post(later).status_code == 303
    assert BankDocument.objects.count() == 2


def test_a_column_that_is_not_in_the_file_is_refused(zhanna):
    table = f"Счет;Когда;Сколько\n{OURS};02.02.2026;-100,00\n".encode()
    address = drop(zhanna, table, "bank.csv")
    given = {"column_date": "1", "column_amount": "99"}
    assert zhanna.post(f"{address}columns/", given).status_code == 422
    assert not ColumnMapping.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_long_statement_is_taken_in_by_the_worker(zhanna, monkeypatch):
    monkeypatch.setattr(posting, "LONG", 0)
    progress = zhanna.post(drop(zhanna, STATEMENT))["Location"]
    assert "data-running" in zhanna.get(progress).text
    work(once=True)
    text = zhanna.get(progress, headers={"HX-Request": "true", "HX-Target": "job"}).text
    assert "data-running" not in text
    assert reverse("statement", args=[StatementFile.objects.get().pk]) in text


@pytest.mark.django_db(transaction=True)
def test_what_the_worker_refuses_is_said_on_the_page(zhanna, monkeypatch):
    zhanna.post(drop(zhanna, STATEMENT))
    monkeypatch.setattr(posting, "LONG", 0)
    parts = (part.replace(OURS, "40702810900000000077") for part in (HEAD, SECTION, DOCUMENT))
    progress = zhanna.post(drop(zhanna, file(*parts, TAIL)))["Location"]
    work(once=True)
    assert "40702810900000000077" in zhanna.get(progress).text
    assert Job.objects.get(name="intake.bank").state == Job.State.DONE


def test_a_colleague_does_not_see_the_import_of_another(zhanna, login, cast, monkeypatch):
    monkeypatch.setattr(posting, "LONG", 0)
    progress = zhanna.post(drop(zhanna, STATEMENT))["Location"]
    assert login(cast.anna).get(progress).status_code == 404
    assert login(cast.vera).get(progress).status_code == 200


def test_the_pages_of_a_statement_ask_few_questions(zhanna, django_assert_max_num_queries):
    address = drop(zhanna, STATEMENT)
    with django_assert_max_num_queries(BUDGETS["import_bank"]):
        zhanna.get(address)
    statement = zhanna.post(address)["Location"]
    with django_assert_max_num_queries(BUDGETS["statement"]):
        zhanna.get(statement)


def cut_off(kept):
    """A statement whose import was killed when nothing of it was written yet."""
    if kept:
        files.store(STATEMENT)
    return StatementFile.objects.create(
        sha256=intake.digest(STATEMENT), name="kl_to_1c.txt", loaded_at=clock.now()
    )


def test_a_statement_that_was_cut_off_goes_on_at_one_press(zhanna, later):
    file = cut_off(kept=True)
    address = reverse("statement_go_on", args=[file.pk])
    assert f'action="{address}"' in zhanna.get(reverse("imports")).text
    progress = zhanna.post(address)["Location"]
    work(once=True)
    assert zhanna.get(progress).status_code == 200
    file.refresh_from_db()
    assert file.status == StatementFile.Status.POSTED
    assert BankDocument.objects.get().file == file
    later()
    assert zhanna.post(address).status_code == 404  # nothing of it is left to take in


def test_a_statement_whose_bytes_are_not_kept_says_so_instead_of_the_button(zhanna):
    address = reverse("statement_go_on", args=[cut_off(kept=False).pk])
    page = zhanna.get(reverse("imports")).text
    assert f'action="{address}"' not in page
    assert "из командной строки" in page
    assert "из командной строки" in zhanna.post(address).text
    assert not Job.objects.exists()


def test_who_only_reads_statements_does_not_go_on_with_one(login, cast):
    address = reverse("statement_go_on", args=[cut_off(kept=True).pk])
    vera = login(cast.vera)
    assert f'action="{address}"' not in vera.get(reverse("imports")).text
    assert vera.post(address).status_code == 403


def test_of_very_many_accounts_the_first_are_shown_and_the_rest_counted(zhanna):
    make_own_account(OURS)
    section = "СекцияРасчСчет\nРасчСчет={}\nКонецРасчСчет\n"
    many = [section.format(10**19 + n) for n in range(51)]
    address = drop(zhanna, file(HEAD, SECTION, *many, DOCUMENT, TAIL))
    text = zhanna.get(address).text
    assert (text.count(str(10**19)[:17]), 'name="own"' in text) == (49, False)
    assert "ещё 2" in text
    assert "51 счёт, которого нет у агентства" in text


def test_a_file_whose_every_row_is_broken_is_not_called_known(zhanna, later):
    text = zhanna.get(drop(zhanna, file(HEAD, SECTION, BROKEN, TAIL))).text
    assert "Ни одной строки прочесть не удалось" in text
    assert "уже загружены" not in text
    assert "В файле нет ни одного платежа" in zhanna.get(drop(zhanna, file(HEAD, TAIL))).text
    zhanna.post(drop(zhanna, STATEMENT))
    later()
    text = zhanna.get(drop(zhanna, file(HEAD, SECTION, BROKEN, DOCUMENT, TAIL))).text
    assert "Все документы, которые удалось прочесть" in text


def test_a_document_dated_far_ahead_is_told_before_it_is_taken_in(zhanna):
    late = re.sub(r"Дата(Поступило)?=.*", r"Дата\1=20.11.2099", DOCUMENT)
    text = zhanna.get(drop(zhanna, file(HEAD, SECTION, late, TAIL))).text
    assert "деньги датированы 20.11.2099, это далеко впереди" in text
    assert "далеко впереди" not in zhanna.get(drop(zhanna, STATEMENT)).text
