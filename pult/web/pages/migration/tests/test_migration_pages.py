"""Moving in on the pages: connected, dropped, explained, looked at, brought in, taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pult.clients.models import Client
from pult.integrations.migration.models import (
    Batch,
    CutOver,
    Difference,
    FormerDeal,
    Item,
    Source,
    TheirPerson,
    TheirStatus,
)
from pult.integrations.migration.tests.test_files import AMO_DEALS, MEGAPLAN_CLIENTS
from pult.integrations.migration.tests.world import ROMASHKA, connected, moved, rename, sync
from pult.kernel.jobs import work
from pult.kernel.models import Job
from pult.work.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(freeze):
    freeze("2026-03-10 12:00")


@pytest.fixture
def vera(cast, login):
    return login(cast.vera)


def add(vera, **fields):
    given = {
        "system": "megaplan",
        "name": "Старый Мегаплан",
        "address": "",
        "go_live": "2026-03-16",
        "zone": "Europe/Moscow",
        **fields,
    }
    return vera.post(reverse("migration_new"), given)


def drop(vera, source, text, name="clients.csv"):
    upload = SimpleUploadedFile(name, text.encode())
    answer = vera.post(reverse("migration_drop", args=[source.pk]), {"file": upload})
    return answer["Location"]


def read_so(vera, address):
    """Confirm the columns as they were guessed; the batch."""
    page = vera.get(address)
    assert page.status_code == 200
    given = {choice.name: choice.value for choice in page.context["page"].columns}
    answer = vera.post(address, given | {"kind": page.context["page"].kind})
    assert answer.status_code == 303, answer.content.decode()
    assert Batch.objects.latest("pk").status == "reading", "the worker reads it"
    work(once=True)
    return Batch.objects.latest("pk")


def bring(vera, batch, **given):
    vera.post(reverse("migration_batch", args=[batch.pk]), {"bring": "1", **given})
    work(once=True)
    batch.refresh_from_db()
    return batch


def test_from_a_file_to_a_client_and_back(vera):
    assert add(vera).status_code == 303
    source = Source.objects.get()
    batch = read_so(vera, drop(vera, source, MEGAPLAN_CLIENTS))
    page = vera.get(reverse("migration_batch", args=[batch.pk]))
    assert page.context["page"].card.counts["create"] == 1
    assert not Client.objects.exists()
    assert bring(vera, batch).status == "done"
    assert Client.objects.get().name == "Ромашка"
    vera.post(reverse("migration_undo", args=[batch.pk]))
    work(once=True)
    assert not Client.objects.exists()
    page = vera.get(reverse("migration_source", args=[source.pk]))
    assert page.context["page"].batches[0].status == "undone"


def test_the_form_of_a_system_says_what_is_missing(vera):
    assert add(vera, system="amocrm", key_amocrm_token="секрет").status_code == 422
    answer = add(vera, system="bitrix24", address="http://portal.example")
    assert answer.status_code == 422
    assert not Source.objects.exists()


def test_the_form_asks_for_the_key_of_the_chosen_system_alone(vera):
    page = vera.get(reverse("migration"))
    assert len(page.context["page"].offers) == 3
    for url, _name in page.context["page"].offers:
        form = vera.get(url).context["page"].form
        keys = {name.split("_")[1] for name in form.fields if name.startswith("key_")}
        assert keys == {form["system"].value()}
    plain = vera.get(reverse("migration_new")).context["page"].form
    assert not any(name.startswith("key_") for name in plain.fields)


def test_a_key_is_never_shown_again(vera):
    add(vera, system="amocrm", address="agency.amocrm.example", key_amocrm_token="тайна123")
    source = Source.objects.get()
    assert "тайна123" not in source.secret
    for name in ("migration_source", "migration_edit"):
        page = vera.get(reverse(name, args=[source.pk]))
        assert "тайна123" not in page.content.decode()
    vera.post(reverse("migration_forget", args=[source.pk]))
    source.refresh_from_db()
    assert source.secret == ""


def test_a_new_address_asks_for_the_key_anew(vera):
    add(vera, system="amocrm", address="agency.amocrm.example", key_amocrm_token="тайна123")
    source = Source.objects.get()
    moved_there = {
        "version": source.version,
        "name": source.name,
        "address": "https://evil.example",
        "go_live": "2026-03-16",
        "zone": "Europe/Moscow",
    }
    address = reverse("migration_edit", args=[source.pk])
    assert vera.post(address, moved_there).status_code == 422
    source.refresh_from_db()
    assert source.address == "https://agency.amocrm.example"


def test_reading_by_key_is_the_workers(vera, cast, monkeypatch):
    source, _former = connected(cast, monkeypatch)
    vera.post(reverse("migration_read", args=[source.pk]))
    work(once=True)
    batch = Batch.objects.get()
    assert batch.status == "ready"
    job = Job.objects.get(name="migration.read")
    page = vera.get(reverse("import_job", args=[job.pk]))
    assert page.context["page"].next == reverse("migration_batch", args=[batch.pk])
    assert bring(vera, batch).counts["task.brought"] == 1


def test_people_and_statuses_are_said_together_or_not_at_all(vera, cast, monkeypatch):
    source, former = connected(cast, monkeypatch)
    moved(cast, source, former)
    fedor = TheirPerson.objects.get(external_id="9")
    address = reverse("migration_people", args=[source.pk])
    assert vera.post(address, {f"is_{fedor.pk}": "99999"}).status_code == 422
    assert vera.post(address, {f"is_{fedor.pk}": str(cast.boris.pk)}).status_code == 303
    fedor.refresh_from_db()
    assert fedor.user == cast.boris
    spam = TheirStatus.objects.get(external_id="spam")
    address = reverse("migration_statuses", args=[source.pk])
    assert vera.post(address, {f"is_{spam.pk}": "skip"}).status_code == 303
    spam.refresh_from_db()
    assert (spam.ours, spam.is_decided) == ("skip", True)


def test_a_manager_decides_on_their_own_clients(cast, login, monkeypatch):
    source, former = connected(cast, monkeypatch)
    source.former = former
    moved(cast, source, former)
    former.put(type(ROMASHKA)(id="10", name="Ромашка-Цвет", responsible="1"))
    rename(cast)
    Source.objects.update(is_followed=True)
    sync(source)
    told = Difference.objects.get(field="name")
    anna = login(cast.anna)
    shown = anna.get(reverse("differences")).context["page"]
    assert {row.field for row in shown.rows}
    address = reverse("difference_answer", args=[told.pk])
    anna.post(address, {"decision": "theirs", "mark": told.mark})
    assert Client.objects.get().name == "Ромашка-Цвет"
    boris = login(cast.boris)
    assert boris.get(reverse("differences")).context["page"].total == 0


def test_a_team_is_cut_over_on_a_day_ahead(vera, cast):
    add(vera)
    source = Source.objects.get()
    address = reverse("migration_cut_over", args=[source.pk])
    vera.post(address, {"team": cast.team.pk, "day": "2026-03-01"})
    assert not CutOver.objects.exists()
    vera.post(address, {"team": cast.team.pk, "day": "2026-03-20"})
    assert str(CutOver.objects.get().day) == "2026-03-20"
    page = vera.get(reverse("migration_source", args=[source.pk])).context["page"]
    assert str(page.card.teams[0].day) == "2026-03-20"


def test_what_came_before_pult_is_read_on_the_clients_page(cast, login, monkeypatch):
    source, former = connected(cast, monkeypatch)
    moved(cast, source, former)
    client = Client.objects.get()
    page = login(cast.anna).get(reverse("client_before", args=[client.pk]))
    shown = page.context["page"].former
    assert [deal.title for deal in shown.deals] == ["Контекст на год"]
    note = next(one for one in shown.notes if one.file_name)
    file = login(cast.anna).get(reverse("client_before_file", args=[client.pk, note.id]))
    assert b"".join([file.content]).startswith(b"%PDF")
    assert file["Content-Disposition"].startswith("attachment")


def test_a_file_of_deals_waits_for_its_clients(vera):
    add(vera)
    source = Source.objects.get()
    batch = bring(vera, read_so(vera, drop(vera, source, AMO_DEALS, "deals.csv")))
    assert not FormerDeal.objects.exists()
    page = vera.get(reverse("migration_batch", args=[batch.pk])).context["page"]
    assert len(page.card.odd) == 2
    bring(vera, read_so(vera, drop(vera, source, MEGAPLAN_CLIENTS)))
    assert FormerDeal.objects.exists()


def test_a_late_record_is_wanted_or_left(vera, cast, monkeypatch):
    source, former = connected(cast, monkeypatch)
    moved(cast, source, former)
    late = Item.objects.get(kind="task")
    Item.objects.filter(pk=late.pk).update(state="late", data={"id": "40", "title": "x"})
    vera.post(reverse("migration_late", args=[late.pk]), {"wanted": "0"})
    late.refresh_from_db()
    assert (late.state, late.data) == ("left", {})
    assert Task.objects.exists()
