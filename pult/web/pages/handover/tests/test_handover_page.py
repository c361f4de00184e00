"""The page of a handover: from sales with its papers, between managers item by item."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pult.clients import providers
from pult.clients.actions import handover as acts
from pult.clients.logic.handovers import MAY_BE_NONE, PAPERS
from pult.clients.models import BankAccount, Handover
from pult.clients.tests.factories import (
    make_assignment,
    make_client,
    make_contact,
    make_entity,
    make_line,
)
from pult.people.models import ClientLimit

pytestmark = pytest.mark.django_db
BRIEF = {"folder": "files/r", "sold": "Контекст", "proposal": "https://files.example/p"}


@pytest.fixture
def sale(cast, freeze, pack, settings, tmp_path, monkeypatch):
    freeze("2026-03-02 12:00")
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(providers, "_covered", [lambda client_id: (100_00, 100_00)])
    client = make_client("Ромашка", status="lead")
    make_assignment(client, cast.gleb, "sales")
    entity = make_entity(client, inn="7707083893")
    BankAccount.objects.create(entity=entity, account="40702810100000000002", bik="044525225")
    make_contact(client)
    return acts.start_handover(by=cast.gleb, client_id=client.pk, receiver=cast.anna)


def send(browser, row, act, **form):
    return browser.post(f"/handovers/{row.pk}/acts/{act}/", form)


def filled(cast, row):
    acts.edit_brief(by=cast.gleb, handover_id=row.pk, version=1, **BRIEF)
    for kind in PAPERS:
        content = None if kind in MAY_BE_NONE else b"%PDF-1"
        acts.add_paper(
            by=cast.gleb, handover_id=row.pk, kind=kind, name=f"{kind}.pdf", content=content
        )


def test_the_seller_fills_the_brief_and_brings_papers(cast, login, sale, within_budget):
    gleb = login(cast.gleb)
    assert send(gleb, sale, "brief", version=1, **BRIEF).status_code == 303
    file = SimpleUploadedFile("договор.pdf", b"%PDF-1.4")
    assert send(gleb, sale, "paper", kind="contract", file=file).status_code == 303
    page = within_budget(gleb, "handover", f"/handovers/{sale.pk}/")
    assert "договор.pdf" in page.text
    paper = sale.papers.get()
    got = gleb.get(f"/handovers/{sale.pk}/papers/{paper.pk}/")
    assert got.content == b"%PDF-1.4"
    assert "attachment" in got["Content-Disposition"]


def test_every_field_of_the_brief_stands_on_the_page_with_its_clause(cast, login, sale):
    page = login(cast.gleb).get(f"/handovers/{sale.pk}/")
    fields = {one.item.clause: one.item for one in page.context["page"].fields}
    assert [f"2.8.{number}" for number in range(1, 9)] == sorted(fields.keys() - {"2.10"})
    brief = page.text.partition(">Бриф<")[2].partition("</form>")[0]
    for clause, field in fields.items():
        assert clause in brief
        assert field.label in brief
    assert cast.gleb.full_name in brief
    assert f'<a href="/clients/{sale.client_id}/">Ромашка</a>' in brief


def test_a_refused_offer_says_what_is_lacking_and_by_which_clause(cast, login, sale):
    answer = send(login(cast.gleb), sale, "offer")
    assert answer.status_code == 409
    assert "2.3" in answer.text


def test_what_was_typed_stays_when_somebody_was_first(cast, login, sale):
    acts.edit_brief(by=cast.vera, handover_id=sale.pk, version=1, folder="files/vera")
    answer = send(login(cast.gleb), sale, "brief", version=1, folder="files/gleb")
    assert answer.status_code == 409
    assert 'value="files/gleb"' in answer.text
    assert "files/vera" in answer.text


def test_the_manager_sends_back_and_accepts(cast, login, sale):
    filled(cast, sale)
    assert send(login(cast.gleb), sale, "offer").status_code == 303
    anna = login(cast.anna)
    assert send(anna, sale, "send_back").status_code == 422
    assert send(anna, sale, "send_back", **{"remark-plan": "Нет цен"}).status_code == 303
    point = sale.points.get()
    gleb = login(cast.gleb)
    assert send(gleb, sale, "answer", point=point.pk, answer="Дописал").status_code == 303
    history = gleb.get(f"/clients/{sale.client_id}/timeline/").text
    assert "Замечания" in history.split("Передача изменена")[1]
    assert ">points<" not in history
    assert "· points" not in history
    assert send(gleb, sale, "offer").status_code == 303
    anna = login(cast.anna)
    assert send(anna, sale, "resolve", point=point.pk, resolved="yes").status_code == 303
    version = Handover.objects.get().version
    assert send(anna, sale, "accept", version=version).status_code == 422
    done = send(anna, sale, "accept", version=version, papers="on", tools="on")
    assert done.status_code == 303
    page = anna.get(f"/handovers/{sale.pk}/")
    assert "/first-call/" in page.text


def test_the_page_speaks_english(cast, login, sale):
    cast.gleb.language = "en"
    cast.gleb.save()
    page = login(cast.gleb).get(f"/handovers/{sale.pk}/")
    assert "What a handover needs" in page.text


def test_items_are_told_taken_and_signed_on_the_page(cast, login, freeze, pack, within_budget):
    freeze("2026-03-02 12:00")
    client = make_client("Лес", am=cast.anna, about="Мебель")
    make_line(client)
    batch = acts.start_between(
        by=cast.vera, giver=cast.anna, shares={client.pk: cast.boris}, reason="load"
    )
    row = batch.handovers.get()
    anna = login(cast.anna)
    page = within_budget(anna, "handover", f"/handovers/{row.pk}/")
    assert "Мебель" in page.text
    untold = [one.code for one in page.context["page"].card.items if not one.is_filled]
    nothing = {f"none-{code}": "yes" for code in untold}
    assert send(anna, row, "fill", **nothing).status_code == 303
    assert send(anna, row, "sign").status_code == 303
    boris = login(cast.boris)
    told = boris.get(f"/handovers/{row.pk}/").context["page"].card.to_take
    shown = {f"seen-{one.code}": one.version for one in told}
    assert send(boris, row, "take_items").status_code == 422
    codes = [one.code for one in told]
    assert send(boris, row, "take_items", code=codes, **shown).status_code == 303
    assert "Принять отмеченное" not in boris.get(f"/handovers/{row.pk}/").text
    assert send(boris, row, "take").status_code == 303
    page = boris.get(f"/handovers/{row.pk}/")
    assert "Борис Ветров" in page.context["page"].card.letter
    assert send(boris, row, "told").status_code == 303


def test_an_act_there_is_not_is_not_found(cast, login, sale):
    assert send(login(cast.gleb), sale, "fly").status_code == 404


def test_papers_of_many_kinds_come_at_once(cast, login, sale):
    files = {
        f"file-{kind}": SimpleUploadedFile(f"{kind}.pdf", b"%PDF-1.4")
        for kind in ("contract", "plan", "strategy")
    }
    gleb = login(cast.gleb)
    assert send(gleb, sale, "paper", **files).status_code == 303
    assert set(sale.papers.values_list("kind", flat=True)) == {"contract", "plan", "strategy"}
    assert send(gleb, sale, "paper").status_code == 422


def test_the_page_leads_to_what_is_lacking_and_so_does_the_refusal(cast, login, sale):
    BankAccount.objects.all().delete()
    gleb = login(cast.gleb)
    address = f"/clients/{sale.client_id}/entities/"
    assert address in gleb.get(f"/handovers/{sale.pk}/").text
    refused = send(gleb, sale, "offer").text
    assert address in refused.partition('role="alert"')[2].partition("Бриф")[0]


def test_the_head_makes_an_exception_where_the_refusal_stands(cast, login, sale):
    typed = {"part": ["signed", "papers"], "until": "2026-03-10", "reason": "Подпишут завтра"}
    gleb = login(cast.gleb)
    assert 'id="lift"' not in send(gleb, sale, "offer").text
    assert send(gleb, sale, "lift", **typed).status_code == 409
    vera = login(cast.vera)
    refused = send(vera, sale, "offer").text
    assert f'href="/handovers/{sale.pk}/#lift"' in refused
    assert 'name="part" value="signed"' in refused
    assert send(vera, sale, "lift", **typed | {"until": "2020-01-01"}).status_code == 422
    assert send(vera, sale, "lift", **typed).status_code == 303
    page = vera.get(f"/handovers/{sale.pk}/")
    lifted = {one.code for one in page.context["page"].card.parts if one.lifted_until}
    assert lifted == {"signed", "papers"}
    assert "исключение до 10 марта" in page.text


def test_another_manager_is_chosen_on_the_page(cast, login, sale):
    gleb = login(cast.gleb)
    link = f"/handovers/new/?handover={sale.pk}"
    assert link in gleb.get(f"/handovers/{sale.pk}/").text
    chosen = gleb.get(link).text
    assert "клиентов по весу: 0" in chosen
    assert f'action="/handovers/{sale.pk}/acts/readdress/"' in chosen
    assert send(gleb, sale, "readdress", receiver="zzz").status_code == 422
    assert send(gleb, sale, "readdress", receiver=cast.boris.pk).status_code == 303
    assert Handover.objects.get().receiver == cast.boris
    assert link not in login(cast.boris).get(f"/handovers/{sale.pk}/").text


def test_managers_acts_are_refused_for_a_sale(cast, login, sale):
    gleb = login(cast.gleb)
    assert send(gleb, sale, "fill", **{"none-product": "yes"}).status_code == 409
    assert send(gleb, sale, "sign").status_code == 409
    anna = login(cast.anna)
    assert send(anna, sale, "take").status_code == 409


def test_the_reason_beyond_the_limit_is_asked_of_the_head_when_there_is_no_room(cast, login, sale):
    field = 'id="limit-reason"'
    assert field not in login(cast.vera).get(f"/handovers/{sale.pk}/").text
    ClientLimit.objects.create(clients=0, since=date(2026, 1, 1), set_by=cast.vera)
    assert field in login(cast.vera).get(f"/handovers/{sale.pk}/").text
    assert field not in login(cast.gleb).get(f"/handovers/{sale.pk}/").text


def test_what_is_missing_stands_first_and_tells_that_an_offer_is_too_early(cast, login, sale):
    gleb = login(cast.gleb)
    page = gleb.get(f"/handovers/{sale.pk}/")
    there = [one.is_full for one in page.context["page"].parts]
    assert there == sorted(there)
    assert not all(there)
    assert "Пока рано" in page.text
    filled(cast, sale)
    assert "Пока рано" not in gleb.get(f"/handovers/{sale.pk}/").text


def test_an_exception_is_offered_once_below_what_is_missing(cast, login, sale):
    vera = login(cast.vera)
    page = vera.get(f"/handovers/{sale.pk}/")
    assert sum(not one.is_full for one in page.context["page"].card.parts) > 1
    assert "#lift" not in page.text
    assert page.text.count('id="lift"') == 1
    assert send(vera, sale, "offer").text.count("#lift") == 1
