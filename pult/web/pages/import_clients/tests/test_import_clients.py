"""Moving clients in on the page: dry run, doubles, days, the import, its undoing."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pult.clients.actions import edit_contact, movein
from pult.clients.models import Client, Contact, ImportBatch
from pult.clients.tests.factories import make_client, make_entity
from pult.integrations.intake import jobs as intake
from pult.kernel.jobs import work
from pult.kernel.models import Job

TABLE = (
    "Клиент;ИНН;Телефон;Услуга;Бюджет\n"
    "Ромашка;7700000016;+7 495 100-00-00;Поиск;100000\n"
    "Мак;123;;Поиск;\n"
)


@pytest.fixture(autouse=True)
def _now(freeze):
    freeze("2026-03-11 10:00")


@pytest.fixture
def vera(login, cast):
    return login(cast.vera)


def drop(browser, text=TABLE, name="clients.csv"):
    upload = SimpleUploadedFile(name, text.encode())
    return browser.post(reverse("imports"), {"file": upload, "kind": "clients"})["Location"]


def taken():
    """The job that waits, as a worker takes it."""
    Job.objects.filter(state=Job.State.QUEUED).update(state=Job.State.RUNNING)
    return Job.objects.get(state=Job.State.RUNNING)


def bring_in(browser, address):
    """Ask for the import and let the worker do it; returns the address of the batch."""
    browser.post(address)
    job = taken()
    told = intake.clients(job, **job.args)
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE, result=told)
    return reverse("import_batch", args=[told["batch"]])


def test_a_dry_run_names_errors_and_writes_nothing(vera):
    text = vera.get(drop(vera)).text
    assert "Ромашка" in text
    assert "ИНН «123»" in text
    assert not ImportBatch.objects.exists()


def test_what_the_dry_run_showed_is_moved_in_and_taken_back(vera):
    address = bring_in(vera, drop(vera))
    batch = ImportBatch.objects.get()
    assert Client.objects.get().name == "Ромашка"
    page = vera.get(address).text
    assert "Ромашка" in page
    vera.post(reverse("import_batch_undo", args=[batch.pk]))
    assert not Client.objects.exists()
    assert "clients.csv" in vera.get(reverse("import_clients")).text


def test_a_possible_double_waits_for_a_decision(vera, cast):
    known = make_client("Салон цветов Ромашка", am=cast.anna)
    address = drop(vera, TABLE.replace("Ромашка", "Салон цветов Ромашка Тверь"))
    text = vera.get(address).text
    keys = re.findall(r'name="key" value="([^"]+)"', text)
    assert len(keys) == 1
    given = {"key": keys, "decision_0": "skip", "go_live": "2026-03-16"}
    assert vera.post(f"{address}plan/", given)["Location"] == address
    assert f'value="{known.pk}"' in vera.get(address).text
    bring_in(vera, address)
    assert Client.objects.count() == 1


def test_days_are_kept_for_the_import(vera):
    address = drop(vera)
    vera.post(f"{address}plan/", {"go_live": "2026-04-01", "balance_day": "2026-03-31"})
    assert 'value="2026-04-01"' in vera.get(address).text
    bring_in(vera, address)
    batch = ImportBatch.objects.get()
    assert (batch.go_live, batch.balance_day) == (date(2026, 4, 1), date(2026, 3, 31))


def test_a_day_that_is_none_is_told(vera):
    address = drop(vera)
    assert vera.post(f"{address}plan/", {"go_live": "вчера"}).status_code == 422


def test_columns_are_asked_when_none_names_the_client(vera):
    address = drop(vera, "Кто;Куда\nРомашка 1;2\n")
    assert 'name="column_client"' in vera.get(address).text
    assert vera.post(f"{address}columns/", {"column_line": "1"}).status_code == 422
    vera.post(f"{address}columns/", {"column_client": "0"})
    bring_in(vera, address)
    assert Client.objects.get().name == "Ромашка 1"


@pytest.mark.django_db(transaction=True)
def test_clients_are_moved_in_by_the_worker(vera):
    progress = vera.post(drop(vera))["Location"]
    assert not Client.objects.exists()
    work(once=True)
    assert reverse("import_batch", args=[ImportBatch.objects.get().pk]) in vera.get(progress).text
    assert Client.objects.count() == 1


def test_a_double_click_is_one_import(vera, later):
    address = drop(vera)
    first, _click = vera.post(address), vera.post(address)
    assert Job.objects.count() == 1
    later()
    second = vera.post(address)
    assert first["Location"] == second["Location"]
    assert Job.objects.count() == 1


def test_a_worker_that_takes_the_import_up_goes_on_with_its_batch(vera, monkeypatch):
    vera.post(drop(vera))
    job = taken()

    def killed(**asked):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(movein, "run_import", killed)
        with pytest.raises(KeyboardInterrupt):
            intake.clients(job, **job.args)
    batch = ImportBatch.objects.get()
    page = vera.get(reverse("import_batch", args=[batch.pk])).text
    assert reverse("import_batch_resume", args=[batch.pk]) in page
    job.refresh_from_db()
    assert intake.clients(job, **job.args) == {"batch": batch.pk}
    assert Client.objects.get().name == "Ромашка"


def test_an_import_that_was_cut_off_goes_on_when_asked(vera, cast):
    vera.post(drop(vera))
    job = taken()
    intake.clients(job, **job.args)
    batch = ImportBatch.objects.get()
    answer = vera.post(reverse("import_batch_resume", args=[batch.pk]))
    assert Job.objects.latest("pk").args == {"batch": batch.pk}
    assert answer["Location"].startswith("/imports/jobs/")


def test_a_row_known_by_its_tax_number_shows_the_clients_name(vera, cast):
    known = make_client("Ромашка", am=cast.anna)
    make_entity(known, "7707083893")
    text = vera.get(drop(vera, "ИНН;Телефон\n7707083893;+7 495 100-00-00\n")).text
    assert ">Ромашка</th>" in text


def test_an_unknown_manager_is_told_with_all_the_rest_and_with_who_may_be_meant(vera, cast):
    text = vera.get(drop(vera, "Клиент;Телефон;Менеджер\nМак;123;Аня Нет\n")).text
    assert "«123»" in text
    assert "Аккаунт-менеджера «Аня Нет» нет" in text
    assert cast.anna.full_name in text
    assert ">Менеджер</td>" in text


def test_what_is_wrong_with_rows_is_told_while_the_columns_are_asked(vera, cast):
    address = drop(vera, "Кто;Менеджер;Телефон;Дата дня;Дата дня\nМак;Аня Нет;123;x;y\n")
    text = vera.get(address).text
    assert 'name="column_client"' in text
    assert "Аккаунт-менеджера «Аня Нет» нет" in text
    assert "«123»" in text


def test_an_undo_that_leaves_a_client_says_so_and_can_be_repeated(vera, cast):
    address = bring_in(vera, drop(vera))
    contact = Contact.objects.get()
    edit_contact(by=cast.vera, contact_id=contact.pk, version=1, position="директор")
    undo = reverse("import_batch_undo", args=[ImportBatch.objects.get().pk])
    vera.post(undo)
    text = vera.get(address).text
    assert "Не отменён" in text
    assert "Перенос отменён не полностью" in text
    assert undo in text
