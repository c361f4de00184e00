"""The end of the parallel run, and what stands in its way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pult.clients.actions import erase_contact, merge_clients
from pult.clients.models import Client, Contact
from pult.clients.tests.factories import make_client
from pult.integrations.calling import BadAnswer, Unreached
from pult.integrations.migration.actions import reading, sources
from pult.integrations.migration.actions.deciding import want_late
from pult.integrations.migration.actions.leasing import Lease
from pult.integrations.migration.models import FormerNote, Item
from pult.integrations.migration.shape import Company
from pult.integrations.migration.tests.world import (
    BANNER,
    CALL,
    IRINA,
    ROMASHKA,
    moved,
    open_ones,
    sync,
)
from pult.kernel import clock, outbox
from pult.kernel.errors import Conflict
from pult.people.models import RoleGrant
from pult.work.models import Task

pytestmark = pytest.mark.django_db


def test_after_the_cut_over_theirs_is_only_told(cast, followed, freeze):
    sources.cut_over(
        by=cast.vera, source_id=followed.pk, team_id=cast.team.pk, day=clock.now().date()
    )
    followed.former.put(
        replace(ROMASHKA, about="Цветы и подарки"),
        Company(id="11", name="Василёк", responsible="1"),
        replace(BANNER, id="45", title="Лендинг"),
    )
    sync(followed)
    assert Client.objects.get().about == "Доставка цветов"
    assert open_ones().get().field == "about"
    assert Item.objects.get(kind="company", external_id="11").state == "late"
    assert Item.objects.get(kind="task", external_id="45").state == "late"
    want_late(by=cast.vera, item_id=Item.objects.get(external_id="45").pk, wanted=True)
    moved(cast, followed, followed.former)
    assert Client.objects.get().tasks.filter(title="Лендинг").exists()


def test_another_team_goes_on_until_its_own_day(cast, followed):
    RoleGrant.objects.filter(user=cast.anna).update(team=None)
    sources.cut_over(
        by=cast.vera, source_id=followed.pk, team_id=cast.team.pk, day=clock.now().date()
    )
    followed.former.put(replace(ROMASHKA, about="Цветы и подарки"))
    sync(followed)
    assert Client.objects.get().about == "Цветы и подарки"


def test_before_its_day_a_cut_over_changes_nothing(cast, followed):
    day = (clock.now() + timedelta(days=3)).date()
    sources.cut_over(by=cast.vera, source_id=followed.pk, team_id=cast.team.pk, day=day)
    followed.former.put(replace(ROMASHKA, about="Цветы и подарки"))
    sync(followed)
    assert Client.objects.get().about == "Цветы и подарки"


def test_a_late_record_is_brought_in_when_somebody_wants_it(cast, followed):
    sources.cut_over(
        by=cast.vera, source_id=followed.pk, team_id=cast.team.pk, day=clock.now().date()
    )
    followed.former.put(Company(id="11", name="Василёк", responsible="1"))
    sync(followed)
    late = Item.objects.get(external_id="11")
    want_late(by=cast.vera, item_id=late.pk, wanted=True)
    moved(cast, followed, followed.former)
    assert Client.objects.filter(name="Василёк").exists()


def test_an_erased_person_never_comes_back(cast, followed):
    followed.former.put(
        replace(CALL, id="57", about=("contact", "20"), text="Любит пионы"),
        replace(CALL, id="58", text="Ирина Лес просила перезвонить"),
    )
    sync(followed)
    assert FormerNote.objects.filter(text="Любит пионы").exists()
    erase_contact(by=cast.vera, contact_id=Contact.objects.get().pk)
    outbox.dispatch()
    followed.former.put(replace(IRINA, phone="+7 495 300-00-00"))
    sync(followed)
    assert Contact.objects.get().name == "—"
    assert not FormerNote.objects.filter(text="Любит пионы").exists()
    assert not FormerNote.objects.filter(text__contains="Ирина").exists()
    assert FormerNote.objects.filter(text__contains="просила перезвонить").exists()
    item = Item.objects.get(kind="contact")
    assert (item.state, item.marks, item.data) == ("left", {}, {})


def test_a_merged_card_hears_of_the_other_one(cast, followed):
    other = make_client("Ромашка и партнёры", am=cast.anna)
    followed.former.put(Company(id="12", name="Ирис", responsible="1"))
    sync(followed)
    iris = Client.objects.get(name="Ирис")
    merge_clients(by=cast.vera, kept_id=other.pk, gone_id=iris.pk)
    followed.former.put(Company(id="12", name="Ирис", about="Луковицы", responsible="1"))
    sync(followed)
    other.refresh_from_db()
    assert other.about == "Луковицы"
    assert not open_ones().exists()


def test_one_reading_at_a_time(cast, followed):
    with Lease(followed):
        assert reading.sync(followed, followed.former) is None
        with pytest.raises(Conflict), Lease(followed):
            pass


def test_trouble_is_kept_on_the_system_and_the_next_reading_clears_it(cast, followed):
    def broken(_since):
        raise Unreached("нет связи")

    real, followed.former.records = followed.former.records, broken
    with pytest.raises(Unreached):
        sync(followed)
    followed.refresh_from_db()
    assert followed.trouble == "нет связи"
    followed.former.records = real
    assert sync(followed).former
    followed.refresh_from_db()
    assert (followed.trouble, followed.lease_until) == ("", None)


def test_who_left_follows_nothing_any_more(cast, followed):
    RoleGrant.objects.filter(user=cast.vera).update(until="2026-03-01")
    asked = len(followed.former.asked)
    sync(followed)
    assert len(followed.former.asked) == asked
    followed.refresh_from_db()
    assert followed.trouble


def test_only_what_changed_is_asked_for_within_a_day(cast, followed):
    assert followed.former.asked[-1] is not None or followed.former.asked[-2:] == [None, None]
    sync(followed)
    assert followed.former.asked[-1] is not None


def test_a_row_without_what_was_promised_is_trouble_and_no_crash(cast, followed):
    followed.former.records = lambda _since: _broken()
    with pytest.raises(BadAnswer):
        sync(followed)
    followed.refresh_from_db()
    assert "«id»" in followed.trouble
    assert "KeyError" not in followed.trouble


def _broken():
    yield ROMASHKA
    raise KeyError("id")


def test_a_task_opened_again_there_is_brought_back_here(cast, followed):
    followed.former.put(replace(BANNER, is_closed=True))
    sync(followed)
    followed.former.put(BANNER)
    sync(followed)
    assert Task.objects.get().state == "new"


def test_a_client_taken_back_on_its_own_page_stops_no_reading(cast, followed):
    Item.objects.filter(kind="company").update(client_id=10**9, row=10**9)
    followed.former.put(replace(ROMASHKA, about="Цветы и подарки"))
    sync(followed)
    followed.refresh_from_db()
    assert followed.trouble == ""
