"""The client of an open handover goes to another manager; brief, papers and items stay."""

from datetime import date

import pytest

from pult.clients.access import holder
from pult.clients.actions import handover as acts
from pult.clients.queries.handover.between import missing_of
from pult.clients.queries.handover.choosing import leads_on_their_way, leads_to_hand, takers
from pult.clients.tests.factories import make_assignment, make_client, make_user
from pult.kernel.errors import BadInput, NotVisible, Refusal
from pult.people.models import Absence

pytestmark = pytest.mark.django_db


@pytest.fixture
def between(rules, cast):
    client = make_client("Лес", am=cast.anna)
    shares = {client.pk: cast.boris}
    batch = acts.start_between(by=cast.vera, giver=cast.anna, shares=shares, reason="load")
    return batch.handovers.get()


def give(by, row, receiver):
    return acts.give_to_another(by=by, handover_id=row.pk, receiver=receiver)


def test_an_offered_project_goes_to_another_with_its_papers(sale):
    row = sale.offered()
    acts.study(by=sale.cast.anna, handover_id=row.pk, about="brief")
    papers = row.papers.count()
    row = give(sale.cast.gleb, row, sale.cast.boris)
    assert (row.receiver, row.state, row.folder) == (sale.cast.boris, "returned", "files/romashka")
    assert row.papers.count() == papers
    assert holder(sale.client.pk, "am") is None
    assert not row.studies.exists()
    acts.offer_handover(by=sale.cast.gleb, handover_id=row.pk)
    assert holder(sale.client.pk, "am") == sale.cast.boris


def test_a_project_in_preparation_stays_in_preparation(sale):
    row = give(sale.cast.gleb, sale.start(), sale.cast.boris)
    assert (row.receiver, row.state) == (sale.cast.boris, "draft")


@pytest.mark.parametrize("who", ["anna", "darya", "boris"])
def test_only_the_side_that_gives_chooses_who_takes(sale, who):
    row = sale.start()
    with pytest.raises((Refusal, NotVisible)):
        give(getattr(sale.cast, who), row, sale.cast.boris)


def test_a_person_who_manages_nothing_takes_nothing(sale):
    with pytest.raises(BadInput):
        give(sale.cast.gleb, sale.start(), sale.cast.darya)


def test_an_accepted_client_is_not_given_to_another(sale):
    row = sale.accepted()
    with pytest.raises(Refusal):
        give(sale.cast.vera, row, sale.cast.boris)


def test_between_managers_the_head_chooses_and_both_sign_anew(between, cast):
    for code in missing_of(between):
        acts.fill_item(by=cast.anna, handover_id=between.pk, code=code, version=0, is_none=True)
    acts.sign_giving(by=cast.anna, handover_id=between.pk)
    acts.accept_items(by=cast.boris, handover_id=between.pk)
    other = make_user("Зоя", "am")
    with pytest.raises(Refusal):
        give(cast.anna, between, other)
    with pytest.raises(BadInput):
        give(cast.vera, between, cast.anna)
    row = give(cast.vera, between, other)
    assert (row.receiver, row.state, row.giver_signed_at) == (other, "draft", None)
    assert not row.items.exclude(accepted_at=None).exists()
    assert missing_of(row) == ()


def test_whoever_takes_is_shown_with_load_and_absence(rules, cast):
    make_client("Лес", am=cast.boris)
    days = {"since": date(2026, 3, 2), "until": date(2026, 3, 6)}
    Absence.objects.create(user=cast.boris, category="leave", **days)
    words = dict(takers())
    assert "клиентов по весу: 1" in words[cast.boris.pk]
    assert "06.03" in words[cast.boris.pk]
    assert "06.03" not in words[cast.anna.pk]


def test_a_lead_on_its_way_is_not_offered_again(sale):
    other = make_client("Тюльпан", status="lead")
    make_assignment(other, sale.cast.gleb, "sales")
    row = sale.start()
    assert leads_to_hand(sale.cast.gleb) == ((other.pk, "Тюльпан"),)
    assert leads_on_their_way(sale.cast.gleb) == ((row.pk, "Ромашка"),)
