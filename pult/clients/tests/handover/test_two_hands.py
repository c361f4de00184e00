"""Two kinds of handover that do not mix, and two people whose hands both count."""

from datetime import date

import pytest

from pult.clients.access import holder
from pult.clients.actions import handover as acts
from pult.clients.logic.handovers import ITEMS
from pult.clients.models import Client, Handover
from pult.clients.queries.handover import handover_card
from pult.clients.queries.handover.between import missing_of
from pult.clients.tests.factories import make_client
from pult.kernel.errors import Conflict, Refusal
from pult.people.models import Absence

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(rules, cast):
    """Анна's «Лес» goes to Борис."""
    client = make_client("Лес", am=cast.anna)
    shares = {client.pk: cast.boris}
    batch = acts.start_between(by=cast.vera, giver=cast.anna, shares=shares, reason="load")
    return batch.handovers.get()


def tell_all(cast, row, by=None):
    for code in missing_of(row):
        by = by or cast.anna
        acts.fill_item(by=by, handover_id=row.pk, code=code, version=0, is_none=True)


def away(person, deputy):
    days = {"since": date(2026, 3, 2), "until": date(2026, 3, 6)}
    Absence.objects.create(user=person, category="leave", substitute=deputy, **days)


def signed_by_both(cast, row):
    tell_all(cast, row)
    acts.sign_giving(by=cast.anna, handover_id=row.pk)
    acts.accept_items(by=cast.boris, handover_id=row.pk)


@pytest.mark.parametrize("person", ["gleb", "anna", "vera"])
@pytest.mark.parametrize(
    "act",
    [
        lambda by, pk: acts.fill_item(
            by=by, handover_id=pk, code="product", version=0, is_none=True
        ),
        lambda by, pk: acts.accept_items(by=by, handover_id=pk),
        lambda by, pk: acts.sign_giving(by=by, handover_id=pk),
        lambda by, pk: acts.take_over(by=by, handover_id=pk),
        lambda by, pk: acts.note_told(by=by, handover_id=pk),
        lambda by, pk: acts.cancel_between(by=by, handover_id=pk),
    ],
)
def test_a_sale_takes_no_act_of_managers(sale, person, act):
    handover = sale.start()
    with pytest.raises(Refusal):
        act(getattr(sale.cast, person), handover.pk)
    handover.refresh_from_db()
    assert (handover.state, handover.version) == ("draft", 1)


@pytest.mark.parametrize(
    "act",
    [
        lambda by, row: acts.edit_brief(by=by, handover_id=row.pk, version=1, goals="Заявки"),
        lambda by, row: acts.add_paper(by=by, handover_id=row.pk, kind="appendix"),
        lambda by, row: acts.allow_part(by=by, handover_id=row.pk, reason="Верим"),
        lambda by, row: acts.offer_handover(by=by, handover_id=row.pk),
        lambda by, row: acts.cancel_handover(by=by, handover_id=row.pk),
        lambda by, row: acts.study(by=by, handover_id=row.pk, about="brief"),
    ],
)
def test_a_handover_between_managers_takes_no_act_of_sales(cast, row, act):
    with pytest.raises(Refusal) as refusal:
        act(cast.vera, row)
    assert refusal.value.clause == ""
    assert Handover.objects.get().version == 1


def test_a_project_nobody_offered_is_not_accepted(sale):
    handover = sale.ready()
    Handover.objects.update(state="offered", offered_at=handover.started_at)
    with pytest.raises(Refusal) as refusal:
        acts.accept_handover(
            by=sale.cast.anna,
            handover_id=handover.pk,
            version=handover.version,
            checked_papers=True,
            checked_tools=True,
        )
    assert refusal.value.clause == "2.5"
    assert Client.objects.get(pk=sale.client.pk).status == "lead"


def test_the_receiver_tells_nothing_for_the_giver(cast, row):
    away(cast.anna, cast.boris)
    with pytest.raises(Refusal) as refusal:
        acts.fill_item(by=cast.boris, handover_id=row.pk, code="payment", version=0, is_none=True)
    assert refusal.value.who == str(cast.anna)
    tell_all(cast, row, by=cast.vera)
    with pytest.raises(Refusal):
        acts.sign_giving(by=cast.boris, handover_id=row.pk)
    card = handover_card(cast.boris, row.pk)
    assert card.acts.isdisjoint({"fill", "sign"})
    assert card.awaited == cast.anna.full_name


def test_the_giver_takes_nothing_for_the_receiver(cast, row):
    away(cast.boris, cast.anna)
    signed_by_both(cast, row)
    with pytest.raises(Refusal) as refusal:
        acts.take_over(by=cast.anna, handover_id=row.pk)
    assert refusal.value.who == str(cast.boris)


def test_what_is_told_anew_is_offered_anew(cast, row):
    signed_by_both(cast, row)
    told = {"handover_id": row.pk, "code": "promises", "version": 1}
    acts.fill_item(by=cast.anna, text="Скидка в мае", **told)
    row.refresh_from_db()
    assert row.state == "draft"
    with pytest.raises(Refusal):
        acts.take_over(by=cast.boris, handover_id=row.pk)
    assert holder(row.client_id, "am") == cast.anna


def test_nothing_moves_without_the_giver_s_signature(cast, row):
    signed_by_both(cast, row)
    Handover.objects.update(giver_signed_at=None)
    with pytest.raises(Refusal) as refusal:
        acts.take_over(by=cast.boris, handover_id=row.pk)
    assert cast.anna.full_name in str(refusal.value)
    assert holder(row.client_id, "am") == cast.anna


def test_a_sibling_that_is_not_signed_waits_and_is_not_swept_along(cast, row):
    brook = make_client("Ручей", am=cast.anna)
    batch = acts.start_between(
        by=cast.vera, giver=cast.anna, shares={brook.pk: cast.boris}, reason="load"
    )
    other = batch.handovers.get()
    now = row.started_at
    Handover.objects.filter(pk=row.pk).update(batch=batch, receiver_signed_at=now)
    signed_by_both(cast, other)
    acts.take_over(by=cast.boris, handover_id=other.pk)
    assert holder(row.client_id, "am") == holder(brook.pk, "am") == cast.anna


def test_words_told_while_somebody_read_are_not_taken_unread(cast, row):
    tell_all(cast, row)
    seen = dict.fromkeys(ITEMS, 1) | {"access": 0}
    told = {"handover_id": row.pk, "code": "promises", "version": 1}
    acts.fill_item(by=cast.anna, text="Скидка в мае", **told)
    with pytest.raises(Conflict) as conflict:
        acts.accept_items(by=cast.boris, handover_id=row.pk, seen=seen)
    assert "Анна" in str(conflict.value)
    assert not row.items.exclude(accepted_at=None).exists()
    acts.accept_items(by=cast.boris, handover_id=row.pk, seen={**seen, "promises": 2})
