"""A part of another card takes nothing, stands in no list, and leads to the living one."""

from datetime import date

import pytest

from pult.clients import actions
from pult.clients.access import clients_of, contact_for
from pult.clients.merged import Merged
from pult.clients.models import BankAccount, LegalEntity, Merge
from pult.clients.queries import (
    ClientFilters,
    client_card,
    client_header,
    client_list,
    payer_index,
    same_payer,
)
from pult.clients.queries.history import client_changes
from pult.clients.tests.factories import make_contact, make_entity

pytestmark = pytest.mark.django_db
INN = "7707083893"


@pytest.fixture
def pair(cast):
    kept = actions.create_client(by=cast.anna, name="Ромашка", status="client")
    gone = actions.create_client(by=cast.boris, name="ООО «Ромашка»", status="lead")
    return kept, gone


def merge(cast, pair):
    kept, gone = pair
    return actions.merge_clients(by=cast.vera, kept_id=kept.pk, gone_id=gone.pk)


def listed(user, **filters):
    found = client_list(user, ClientFilters(**filters))
    return [row.id for row in found.rows], sum(found.by_status.values())


@pytest.mark.parametrize(
    "act",
    [
        lambda by, pk: actions.edit_client(by=by, client_id=pk, version=2, name="Пион"),
        lambda by, pk: actions.set_status(by=by, client_id=pk, version=2, status="client"),
        lambda by, pk: actions.add_contact(by=by, client_id=pk, name="Нина"),
        lambda by, pk: actions.add_aim(by=by, client_id=pk, kind="long", text="Втрое"),
        lambda by, pk: actions.add_brand(by=by, client_id=pk, name="Луг"),
        lambda by, pk: client_card(by, pk),
    ],
)
def test_nothing_is_done_with_a_part_of_another_card(cast, pair, act):
    merge(cast, pair)
    with pytest.raises(Merged) as refused:
        act(cast.vera, pair[1].pk)
    assert refused.value.into == pair[0].pk


def test_a_row_left_behind_is_not_written_either(cast, pair):
    for client in pair:
        make_entity(client, inn=INN)
    theirs = LegalEntity.objects.get(client=pair[1])
    merge(cast, pair)
    with pytest.raises(Merged):
        actions.edit_entity(by=cast.zhanna, entity_id=theirs.pk, version=1, name="Пион")


def test_what_moved_is_reached_through_the_living_card(cast, pair):
    person = make_contact(pair[1], "Олег")
    merge(cast, pair)
    assert contact_for(cast.vera, person.pk).client_id == pair[0].pk


@pytest.mark.parametrize("filters", [{}, {"sort": "am"}, {"status": "ended"}, {"q": "Ромашка"}])
def test_lists_and_their_counts_leave_it_out_until_the_cards_are_parted(cast, pair, filters):
    done = merge(cast, pair)
    ids, counted = listed(cast.vera, **filters)
    assert pair[1].pk not in ids
    assert counted == 1
    assert pair[1] not in clients_of(cast.vera)
    actions.undo_merge(by=cast.vera, kept_id=done.kept_id, merge_id=done.pk)
    assert listed(cast.vera)[1] == 2


def test_money_from_an_account_left_behind_is_the_living_clients(cast, pair):
    for client in pair:
        make_entity(client, inn=INN)
    theirs = LegalEntity.objects.get(client=pair[1])
    BankAccount.objects.create(entity=theirs, account="40702810000000000001", bik="044525225")
    merge(cast, pair)
    found = payer_index(date(2026, 6, 1))
    assert found.by_inn == {INN: {pair[0].pk}}
    assert found.by_account["40702810000000000001"] == {pair[0].pk}
    assert same_payer(cast.vera, INN, besides=pair[0].pk) == []
    actions.undo_merge(by=cast.vera, kept_id=pair[0].pk, merge_id=Merge.objects.get().pk)
    assert payer_index(date(2026, 6, 1)).by_inn == {INN: {one.pk for one in pair}}


def test_its_past_stays_readable(cast, pair):
    actions.edit_client(by=cast.boris, client_id=pair[1].pk, version=1, about="Цветы")
    merge(cast, pair)
    header, changes, _older = client_changes(cast.vera, pair[1].pk)
    assert header.merged_into == (pair[0].pk, "Ромашка")
    assert "Цветы" in [one.new for one in changes]
    with pytest.raises(Merged):
        client_header(cast.vera, pair[1].pk)
