from datetime import date, timedelta

import pytest
from django.urls import reverse

from pult.integrations.migration.models import Source
from pult.kernel import clock
from pult.kernel.models import Job
from pult.money.models import SpendDay, SpendFile
from pult.regulation.models import SweepRun
from pult.regulation.tests.world import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def swept(freeze):
    freeze("2026-03-10 12:00")
    return SweepRun.objects.create(at=clock.now(), rows=100, drift=0, seconds=0.2)


def page_of(login, cast):
    return login(cast.vera).get(reverse("health")).context["page"]


def test_all_is_well_after_a_clean_night(login, cast, swept, within_budget):
    answer = within_budget(login(cast.vera), "health", reverse("health"))
    assert answer.context["page"].is_well


def test_drift_is_an_alarm(login, cast, swept):
    SweepRun.objects.create(at=clock.now(), rows=100, drift=3, seconds=0.2, sample=["9.1 client 7"])
    text = login(cast.vera).get(reverse("health")).content.decode()
    assert "Последняя сверка поправила 3 строки" in text
    assert "9.1 client 7" in text


def test_a_night_without_a_sweep_is_told(login, cast, swept, freeze):
    freeze("2026-03-12 12:00")
    assert "Больше суток без сверки" in login(cast.vera).get(reverse("health")).content.decode()


def test_a_failed_job_and_a_queue_that_waits_are_told(login, cast, swept):
    Job.objects.create(name="money.reforecast", state="failed", message="Traceback\nno disk space")
    Job.objects.create(name="spare", run_after=clock.now() - timedelta(minutes=20))
    page = page_of(login, cast)
    assert [job.message for job in page.failed] == ["no disk space"]
    assert page.worker_silent
    assert not page.is_well


def test_a_source_that_lags_is_marked(login, cast, swept):
    file = SpendFile.objects.create(
        sha256="0" * 64, name="direct.tsv", source="direct", loaded_at=clock.now()
    )
    row = {"source": "direct", "campaign": "1", "cost": 100, "file": file}
    late = SpendDay.objects.create(day=clock.now().date() - timedelta(days=7), **row)
    assert next(feed for feed in page_of(login, cast).feeds if feed.source == "direct").is_late
    late.day = clock.now().date() - timedelta(days=1)
    late.save()
    assert not next(feed for feed in page_of(login, cast).feeds if feed.source == "direct").is_late


def test_the_bank_says_up_to_which_day_it_is_known(login, cast, swept):
    for account, day in (("1", "2026-03-06"), ("2", "2026-03-09")):
        tell("statement.loaded", root=0, key=account, day=day)
    bank = page_of(login, cast).feeds[-1]
    assert (bank.covers, bank.is_late) == (date(2026, 3, 9), False)


def test_a_former_system_that_denies_its_key_is_told_with_its_reason(login, cast, swept):
    source = Source.objects.create(
        system="amocrm", name="Старая CRM", zone="Europe/Moscow", go_live=clock.now().date(),
        secret="sealed", is_followed=True, by=cast.vera, created_at=clock.now(),
        trouble="Ключ отозван",
    )  # fmt: skip
    assert not page_of(login, cast).is_well
    text = login(cast.vera).get(reverse("health")).content.decode()
    assert "«Старая CRM» не удалось прочитать" in text
    assert "Ключ отозван" in text
    assert reverse("migration_source", args=[source.pk]) in text
    Source.objects.update(is_followed=False)
    assert page_of(login, cast).is_well
