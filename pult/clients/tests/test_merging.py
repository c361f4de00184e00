"""Two cards of one client: told of at entry, made one, parted again."""

from datetime import timedelta

import pytest

from pult.clients import actions
from pult.clients.actions.status import apply_waiting
from pult.clients.models import Client, Contact, Merge
from pult.clients.queries import client_header
from pult.clients.queries.likeness import look_alikes
from pult.clients.tests.factories import make_client, make_contact, make_entity, make_line
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.kernel.models import Fact
from pult.kernel.search import search
from pult.people.queries import business_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(cast):
    return actions.create_client(by=cast.anna, name="Ромашка", status="client")


@pytest.fixture
def gone(cast):
    return actions.create_client(by=cast.boris, name="ООО «Ромашка»", status="lead")


def merge(cast, kept, gone):
    return actions.merge_clients(by=cast.vera, kept_id=kept.pk, gone_id=gone.pk)


def test_a_double_is_told_of_by_name_number_phone_and_site(cast, kept):
    make_entity(kept, inn="7707083893")
    make_contact(kept, phone_key="74951000000")
    actions.add_site(by=cast.anna, client_id=kept.pk, host="romashka.ru")
    for typed in (
        {"name": "ООО Ромашка"},
        {"inn": "77 07 083893"},
        {"phone": "8 (495) 100-00-00"},
        {"site": "https://www.romashka.ru/sale"},
    ):
        assert [one.client_id for one in look_alikes(cast.anna, **typed)] == [kept.pk], typed
    assert look_alikes(cast.anna, name="Ромашка", besides=kept.pk) == ()
    assert look_alikes(cast.anna, name="Василёк Плюс") == ()


def test_a_colleagues_double_is_told_of_without_its_name(cast, kept):
    (found,) = look_alikes(cast.boris, name="Ромашка")
    assert (found.client_id, found.name) == (None, "—")


def test_a_double_is_entered_only_by_who_says_it_is_another(cast, kept):
    told = {"by": cast.anna, "name": "Ромашка ООО"}
    with pytest.raises(BadInput) as problem:
        actions.create_client(is_another=False, **told)
    assert "Ромашка" in str(problem.value.message)
    actions.create_client(is_another=True, **told)
    actions.create_client(by=cast.anna, name="Пион", is_another=False)


def test_a_merge_brings_everything_and_its_undo_gives_it_back(cast, kept, gone):
    person = make_contact(gone, "Олег")
    brand = actions.add_brand(by=cast.boris, client_id=gone.pk, name="Луг")
    twin = actions.add_brand(by=cast.anna, client_id=kept.pk, name="Луг")
    Contact.objects.filter(pk=person.pk).update(brand=brand)
    goal = actions.add_aim(by=cast.boris, client_id=gone.pk, kind="long", text="Втрое")
    done = merge(cast, kept, gone)
    person.refresh_from_db()
    goal.refresh_from_db()
    assert (person.client_id, person.brand_id, goal.client_id) == (kept.pk, twin.pk, kept.pk)
    gone.refresh_from_db()
    assert (gone.status, gone.merged_into_id) == ("ended", kept.pk)
    header = client_header(cast.vera, gone.pk, past=True)
    assert header.merged_into == (kept.pk, "Ромашка")
    late = make_contact(kept, "Нина")
    actions.undo_merge(by=cast.vera, kept_id=done.kept_id, merge_id=done.pk)
    person.refresh_from_db()
    gone.refresh_from_db()
    late.refresh_from_db()
    assert (person.client_id, person.brand_id) == (gone.pk, brand.pk)
    assert (gone.status, gone.merged_into_id) == ("lead", None)
    assert late.client_id == kept.pk
    voided = set(Fact.objects.filter(kind="void").values_list("voids__kind", flat=True))
    assert voided == {"client.merged", "client.status"}


def test_the_kept_card_is_found_by_the_people_of_the_other(cast, kept, gone):
    actions.add_contact(by=cast.boris, client_id=gone.pk, name="Святогор")
    merge(cast, kept, gone)
    assert {hit.object_id for hit in search("Святогор")} == {kept.pk}
    actions.undo_merge(by=cast.vera, kept_id=kept.pk, merge_id=Merge.objects.get().pk)
    assert {hit.object_id for hit in search("Святогор")} == {gone.pk}


def test_a_card_with_lines_of_its_own_is_the_one_to_keep(cast, kept, gone):
    make_line(gone)
    with pytest.raises(Refusal) as refused:
        merge(cast, kept, gone)
    (way,) = refused.value.ways
    assert (way.page, way.ids, f"card={kept.pk}" in way.query) == ("client_merge", (gone.pk,), True)
    merge(cast, gone, kept)
    assert Client.objects.get(pk=kept.pk).merged_into_id == gone.pk


def test_two_cards_with_work_stay_two_and_it_is_said_what_to_do(cast, kept, gone):
    make_line(gone)
    make_line(kept)
    with pytest.raises(Refusal) as refused:
        merge(cast, kept, gone)
    assert [way.ids for way in refused.value.ways] == [(kept.pk,), (gone.pk,)]
    assert "группу компаний" in str(refused.value.cure)


def test_what_both_have_stays_where_it_was(cast, kept, gone):
    make_entity(kept, inn="7707083893")
    theirs = make_entity(gone, inn="7707083893")
    for client in (kept, gone):
        actions.write_block(
            by=cast.vera, client_id=client.pk, kind="market", version=0, text=client.name
        )
    merge(cast, kept, gone)
    theirs.refresh_from_db()
    assert theirs.client_id == gone.pk
    assert kept.blocks.get().text == "Ромашка"


def test_a_part_of_another_card_takes_no_more(cast, kept, gone):
    merge(cast, kept, gone)
    with pytest.raises(Refusal) as problem:
        actions.add_contact(by=cast.boris, client_id=gone.pk, name="Нина")
    assert "Ромашка" in str(problem.value.message)
    with pytest.raises(Refusal):
        merge(cast, kept, gone)


def test_a_merge_is_undone_once_and_by_the_head_alone(cast, kept, gone):
    with pytest.raises(Refusal):
        actions.merge_clients(by=cast.anna, kept_id=kept.pk, gone_id=gone.pk)
    done = merge(cast, kept, gone)
    with pytest.raises(BadInput):
        merge(cast, kept, kept)
    actions.undo_merge(by=cast.vera, kept_id=done.kept_id, merge_id=done.pk)
    with pytest.raises(Refusal):
        actions.undo_merge(by=cast.vera, kept_id=done.kept_id, merge_id=done.pk)
    with pytest.raises(NotVisible):
        actions.undo_merge(by=cast.vera, kept_id=kept.pk, merge_id=10**6)
    assert merge(cast, kept, gone).pk != done.pk


def test_another_clients_merge_is_not_there_to_part(cast, kept, gone):
    done = merge(cast, kept, gone)
    other = make_client("Луг", am=cast.anna)
    with pytest.raises(NotVisible):
        actions.undo_merge(by=cast.vera, kept_id=other.pk, merge_id=done.pk)


def test_a_status_that_waits_is_called_off_by_the_merge(cast, kept, gone):
    day = business_day() + timedelta(days=3)
    actions.set_status(
        by=cast.vera, client_id=gone.pk, version=1, status="paused", since=day, reason_code="season"
    )
    merge(cast, kept, gone)
    assert not gone.status_changes.filter(waits=True).exists()
    gone.refresh_from_db()
    assert (apply_waiting(day), gone.status) == (0, Client.Status.ENDED)
