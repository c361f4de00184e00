from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from pult.clients.tests.factories import make_client
from pult.kernel.facts import acting
from pult.regulation import stamp
from pult.regulation.evaluate.table import Mode
from pult.regulation.gates import GateRefusal, gated, guard
from pult.regulation.labels import in_order
from pult.regulation.models import CardEdition
from pult.regulation.modes import set_mode
from pult.regulation.queries import clause_page
from pult.regulation.queries.reader import reader
from pult.regulation.tests.world import tell
from pult.web.pages.regulation.page import clause_of

pytestmark = pytest.mark.django_db


def clauses_of(answer):
    page = answer.context["page"]
    return [clause.line.clause for chapter in page.chapters for clause in chapter.clauses]


def test_the_whole_regulation_is_one_document(login, cast, pack, within_budget):
    answer = within_budget(login(cast.anna), "regulation", reverse("regulation"))
    text = answer.content.decode()
    assert {"5.3", "6.1", "М4.9", "9.1"} <= set(clauses_of(answer))
    assert "Счёт заранее" in text
    assert "Аккаунт-менеджер должен" in text


def test_a_clause_keeps_its_place_while_its_older_wording_is_in_force(login, cast, pack):
    before = clauses_of(login(cast.anna).get(reverse("regulation")))
    CardEdition.objects.filter(clause="1.13").update(edition="older")
    stamp.changed()
    assert clauses_of(login(cast.anna).get(reverse("regulation"))) == before


@pytest.mark.parametrize("typed", ["счета", "cxtnf", "СЧЕТОМ"])
def test_a_clause_is_found_by_any_form_of_a_word_and_in_the_wrong_layout(login, cast, pack, typed):
    found = clauses_of(login(cast.anna).get(reverse("regulation"), {"q": typed}))
    assert "5.3" in found
    assert "12.1" not in found


def test_a_kind_shows_its_clauses_alone(login, cast, pack):
    answer = login(cast.anna).get(reverse("regulation"), {"kind": "gate"})
    assert "6.1" in clauses_of(answer)
    assert "5.3" not in clauses_of(answer)


def test_the_ticks_of_examples_are_earned(login, cast, pack):
    answer = login(cast.anna).get(reverse("clause", args=["5.3"]))
    table = answer.context["page"].clause.examples
    assert table.count >= 2
    assert table.passed == table.count


def test_a_clause_that_is_not_there_is_404(login, cast, pack):
    assert login(cast.anna).get("/regulation/99.9/").status_code == 404


def test_a_clause_shows_who_owes_what_to_those_who_may_see_it(
    login, cast, pack, freeze, within_budget
):
    freeze("2026-03-10 12:00")
    mine, other = make_client("Ромашка", am=cast.anna), make_client("Василёк", am=cast.boris)
    for client in (mine, other):
        tell("client.status", root=client.pk, state="client", at="2026-01-12 12:00")
    address = reverse("clause", args=["9.1"])
    seen = login(cast.anna).get(address).content.decode()
    assert "Ромашка" in seen
    assert "Василёк" not in seen
    within_budget(login(cast.anna), "clause", address)
    everything = login(cast.vera).get(address).content.decode()
    assert "Ромашка" in everything
    assert "Борис Ветров" in everything


def test_a_gate_tells_how_often_it_refused(login, cast, pack, within_budget):
    client, address = make_client("Ромашка", am=cast.anna), reverse("clause", args=["6.1"])
    assert login(cast.vera).get(address).context["page"].refused == 0
    with pytest.raises(GateRefusal), gated(), acting(client.pk):
        guard("line.start", root_id=client.pk, refs={"line": 7}, by=cast.anna, role="am")
    answer = within_budget(login(cast.vera), "clause", address)
    assert answer.context["page"].refused == 1
    assert "не разрешено за 90 дней" in answer.content.decode()
    assert login(cast.vera).get(reverse("clause", args=["5.3"])).context["page"].refused is None


def test_a_ban_in_shadow_says_that_it_stops_nobody(login, cast, pack, freeze):
    freeze("2026-03-10 12:00")
    client, address = make_client("Ромашка", am=cast.anna), reverse("clause", args=["М4.9"])

    def issue():
        with gated(), acting(client.pk):
            guard("invoice.issue", root_id=client.pk, refs={"invoice": 7}, by=cast.anna, role="am")

    assert "никому не мешает" not in login(cast.vera).get(address).text
    with pytest.raises(GateRefusal):
        issue()
    asked = {"clause": "М4.9", "since": date(2026, 3, 10), "by": cast.vera, "role": "head"}
    set_mode(**asked, mode=Mode.SHADOW, reason="Посмотрим неделю")
    issue()
    assert "никому не мешает" in login(cast.vera).get(address).text
    assert login(cast.vera).get(reverse("clause", args=["5.3"])).context["page"].lets_through == ()


def test_a_head_signs_a_new_wording_from_a_day(login, cast, pack, freeze):
    freeze("2026-03-10 12:00")
    signed = CardEdition.objects.get(clause="5.3")
    fresh = CardEdition.objects.create(
        pack="agency",
        clause="5.3",
        edition="another",
        title=signed.title,
        title_en=signed.title_en,
        wording="Счёт отправлен заранее.",
        kind=signed.kind,
        text=signed.text.replace("Счёт отправлен клиенту", "Счёт отправлен"),
        file=signed.file,
        recorded_at=signed.recorded_at,
    )
    page = login(cast.vera).get(reverse("clause", args=["5.3"]))
    assert "ждёт подписи" in page.content.decode()
    address = reverse("edition_signature", args=["5.3", fresh.pk])
    refused = login(cast.vera).post(address, {"effective_from": "2026-03-01"})
    assert refused.status_code == 422
    answer = login(cast.vera).post(address, {"effective_from": "2026-04-01"})
    assert answer.status_code == 303
    fresh.refresh_from_db()
    assert (str(fresh.effective_from), fresh.signed_by) == ("2026-04-01", cast.vera)


def test_a_manager_does_not_sign_wordings(login, cast, pack):
    edition = CardEdition.objects.get(clause="5.3")
    address = reverse("edition_signature", args=["5.3", edition.pk])
    assert login(cast.anna).post(address, {"effective_from": "2030-01-01"}).status_code == 403


def test_in_english_the_clause_is_read_in_english(login, cast, pack):
    cast.vera.language = "en"
    cast.vera.save()
    text = login(cast.vera).get(reverse("clause", args=["5.3"])).content.decode()
    assert "Invoice ahead" in text
    assert "no later than 7 working days before the day the money ends" in text


def test_a_clause_lists_only_the_numbers_it_reads(pack):
    assert {one.name for one in clause_page("1.3").parameters} == {"contact.per_week"}
    assert clause_page("1.1").parameters == ()
    assert "forecast.horizon" in {one.name for one in clause_page("5.3").parameters}


def test_a_kept_article_is_read_in_the_language_of_whoever_reads_and_with_their_own_rows(pack):
    card = next(card for card in in_order() if card.clause == "5.3")

    def told():
        line = next(line for line in reader() if line.clause == "5.3")
        return clause_of(card, line, {}, (), ())

    with translation.override("ru"):
        clause = told()
        quiet = clause.article
        busy = replace(clause, line=replace(clause.line, live=7, overdue=7)).article
        assert "Счёт заранее" in quiet
        assert busy != quiet
        assert told().article == quiet
    with translation.override("en"):
        assert "Invoice ahead" in told().article
        assert "Счёт заранее" not in told().article


def test_several_deadlines_of_a_clause_say_on_which_side_of_the_day_each_is(pack, login, cast):
    page = login(cast.vera).get("/regulation/1.13/").text
    for side in ("до дня", "в сам день", "после дня"):
        assert page.count(f"считая от срока счёта: {side}") >= 1
