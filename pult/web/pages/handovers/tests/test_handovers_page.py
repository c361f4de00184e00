"""The list of handovers and the beginning of one."""

import pytest

from pult.clients.actions import handover as acts
from pult.clients.models import Handover
from pult.clients.tests.factories import make_assignment, make_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast, freeze, pack):
    freeze("2026-03-02 12:00")
    client = make_client("Ромашка", status="lead")
    make_assignment(client, cast.gleb, "sales")
    return client


def test_sales_begins_from_a_lead(cast, login, lead):
    gleb = login(cast.gleb)
    assert "Ромашка" in gleb.get("/handovers/new/").text
    sent = {"client": lead.pk, "receiver": cast.anna.pk}
    assert gleb.post("/handovers/new/", sent).status_code == 303
    assert Handover.objects.get().receiver == cast.anna
    assert gleb.post("/handovers/new/", {"client": lead.pk}).status_code == 422


def test_what_waits_for_the_reader_stands_on_top(cast, login, lead, within_budget):
    row = acts.start_handover(by=cast.gleb, client_id=lead.pk, receiver=cast.anna)
    page = within_budget(login(cast.gleb), "handovers", "/handovers/")
    assert "ждёт вас" in page.text
    assert "ждёт вас" not in login(cast.anna).get("/handovers/").text
    acts.cancel_handover(by=cast.gleb, handover_id=row.pk)
    assert "Ромашка" not in login(cast.gleb).get("/handovers/").text
    assert "Ромашка" in login(cast.gleb).get("/handovers/?state=done").text


def test_a_manager_without_a_part_in_it_sees_nothing(cast, login, lead):
    acts.start_handover(by=cast.gleb, client_id=lead.pk, receiver=cast.anna)
    assert "Ромашка" not in login(cast.boris).get("/handovers/").text


def test_a_client_s_page_leads_those_who_see_its_open_handover_to_it(cast, login, lead):
    card = f"/clients/{lead.pk}/"
    row = acts.start_handover(by=cast.gleb, client_id=lead.pk, receiver=cast.anna)
    link = f'href="/handovers/{row.pk}/"'
    for person in (cast.gleb, cast.vera):
        page = login(person).get(card)
        assert link in page.text
        assert login(person).get(f"/handovers/{row.pk}/").status_code == 200
    assert link not in login(cast.zhanna).get(card).text
    assert login(cast.zhanna).get(f"/handovers/{row.pk}/").status_code in (403, 404)
    acts.cancel_handover(by=cast.gleb, handover_id=row.pk)
    assert link not in login(cast.vera).get(card).text


def test_the_timeline_calls_papers_by_their_words(cast, login, lead):
    row = acts.start_handover(by=cast.gleb, client_id=lead.pk, receiver=cast.anna)
    acts.add_paper(by=cast.gleb, handover_id=row.pk, kind="addendum")
    text = login(cast.gleb).get(f"/clients/{lead.pk}/timeline/").text
    assert "Дополнительные соглашения" in text
    assert "addendum" not in text


def test_a_manager_s_page_leads_heads_to_all_they_hand_over(cast, login, lead):
    link = f"/handovers/people/{cast.anna.pk}/"
    page = f"/people/{cast.anna.pk}/"
    assert link in login(cast.vera).get(page).text
    assert link not in login(cast.boris).get(page).text
    strange = f"/people/{cast.darya.pk}/"
    assert "/handovers/people/" not in login(cast.vera).get(strange).text


def test_a_lead_s_page_leads_to_its_handover(cast, login, lead):
    link = f"/handovers/new/?client={lead.pk}"
    for person in (cast.gleb, cast.vera):
        assert link in login(person).get(f"/clients/{lead.pk}/").text
    row = acts.start_handover(by=cast.gleb, client_id=lead.pk, receiver=cast.anna)
    page = login(cast.gleb).get(f"/clients/{lead.pk}/").text
    assert link not in page
    fresh = login(cast.gleb).get(f"/handovers/new/?client={lead.pk}").text
    assert f'href="/handovers/{row.pk}/"' in fresh
    assert f'<option value="{lead.pk}"' not in fresh


def test_what_waits_for_a_seller_stands_on_their_day(cast, login, lead):
    assert "Передачи ждут вас" not in login(cast.gleb).get("/").text
    row = acts.start_handover(by=cast.gleb, client_id=lead.pk, receiver=cast.anna)
    page = login(cast.gleb).get("/").text
    assert "Передачи ждут вас" in page
    assert f'href="/handovers/{row.pk}/"' in page
    assert "Всё сделано" not in page
