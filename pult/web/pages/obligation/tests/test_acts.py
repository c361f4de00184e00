import re

import pytest

from pult.clients.actions import assign
from pult.kernel import clock
from pult.kernel.models import Fact
from pult.money.models import Invoice
from pult.regulation.evaluate.table import Flag, State
from pult.regulation.models import Dispute, Obligation, Postponement, Waiver
from pult.regulation.tests.world import tell
from pult.web.holders import answered_by
from pult.web.pages.my_day.tests.world import ad_money_waits

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(world):
    return world.row("5.3")


def test_a_row_is_put_off_with_a_reason_and_the_note_undoes_it(world, row, login):
    anna = login(world.cast.anna)
    sent = {"until": "2026-05-07", "reason": "Клиент в отпуске", "next": "/"}
    answer = anna.post(f"/obligations/{row.pk}/postponement/", sent)
    assert (answer.status_code, answer["Location"]) == (303, "/")
    text = anna.get("/").content.decode()
    assert "Клиент в отпуске" in text
    assert f"/obligations/{row.pk}/postponement/undo/" in text
    anna.post(f"/obligations/{row.pk}/postponement/undo/")
    assert not Postponement.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"until": "2026-05-07", "reason": " "},
        {"until": "2026-05-05", "reason": "сегодня"},
        {"until": "завтра", "reason": "не дата"},
        {"until": "2026-02-30", "reason": "нет такого дня"},
    ],
)
def test_a_postponement_without_a_reason_or_a_later_day_is_not_taken(world, row, login, sent):
    answer = login(world.cast.anna).post(f"/obligations/{row.pk}/postponement/", sent)
    assert answer.status_code == 422
    assert sent["reason"].strip() in answer.content.decode()
    assert not Postponement.objects.exists()


def test_a_row_is_disputed_with_proof_and_stands_apart(world, row, login):
    anna = login(world.cast.anna)
    assert anna.post(f"/obligations/{row.pk}/dispute/", {"proof": ""}).status_code == 422
    answer = anna.post(f"/obligations/{row.pk}/dispute/", {"proof": "Счёт 12 ушёл вчера"})
    assert answer.status_code == 303
    found = Dispute.objects.values_list("clause", "proof")
    assert sorted(found) == [("5.1", "Счёт 12 ушёл вчера"), ("5.3", "Счёт 12 ушёл вчера")]
    assert "Оспорено" in anna.get("/").content.decode()
    again = anna.post(f"/obligations/{row.pk}/dispute/", {"proof": "ещё раз"})
    assert again.status_code == 409


def remind_late(world, invoice):
    tell("invoice.due", root=world.forest.pk, invoice=invoice, key=str(invoice), day="2026-04-20")
    return Obligation.objects.filter(clause="1.13", subject_id=invoice).order_by("part")


def test_a_dispute_names_the_days_of_all_the_deadlines_it_marks(world, login):
    first, second = remind_late(world, 77), remind_late(world, 78)
    anna = login(world.cast.anna)
    text = anna.get(f"/obligations/{first[0].pk}/dispute/").content.decode()
    assert text.count("срок: 20.04.2026, 22.04.2026, 06.05.2026") == 2
    anna.post(f"/obligations/{first[0].pk}/dispute/", {"proof": "Оплатили", "row": first[0].pk})
    assert {row.flags & Flag.DISPUTED for row in first.all()} == {Flag.DISPUTED}
    assert {row.flags & Flag.DISPUTED for row in second.all()} == {0}


def test_one_of_several_deadlines_is_disputed_alone(world, login):
    rows = remind_late(world, 77)
    anna, address = login(world.cast.anna), f"/obligations/{rows[0].pk}/dispute/"
    text = anna.get(address).content.decode()
    assert f'value="{rows[1].pk}:alone"' in text
    assert "только: 1.13" in text
    sent = {"proof": "Банк не работал", "row": f"{rows[1].pk}:alone"}
    assert anna.post(address, sent).status_code == 303
    assert [bool(row.flags & Flag.DISPUTED) for row in rows.all()] == [False, True, False]
    assert anna.post(address, {"proof": "всё", "row": rows[0].pk}).status_code == 409
    sent["row"] = f"{rows[0].pk}:alone"
    assert anna.post(address, sent).status_code == 303
    second = Dispute.objects.get(part=1)
    decided = {"decision": "upheld", "answer": "Верно"}
    address = f"/disputes/{second.pk}/decision/"
    assert login(world.cast.vera).post(address, decided).status_code == 303
    assert [row.state == State.WAIVED for row in rows.all()] == [False, True, False]
    assert [bool(row.flags & Flag.DISPUTED) for row in rows.all()] == [True, False, False]


def test_the_head_counts_disputed_acts_as_the_day_shows_them(world, login):
    rows = remind_late(world, 77)
    sent = {"proof": "Оплатили", "row": rows[0].pk}
    login(world.cast.anna).post(f"/obligations/{rows[0].pk}/dispute/", sent)
    band = login(world.cast.vera).get("/").content.decode().split('id="disputed"')[1]
    assert band.split("</ul>")[0].count("data-row") == 1
    assert re.search(r'class="count[^"]*"[^>]*>\s*1\s*<', band.split("<ul")[0])


def test_a_row_of_another_act_cannot_be_chosen_in_the_form(world, row, login):
    other = Obligation.objects.filter(clause="12.1", root_id=world.forest.pk).last()
    sent = {"proof": "чужая строка", "row": other.pk}
    answer = login(world.cast.anna).post(f"/obligations/{row.pk}/dispute/", sent)
    assert answer.status_code == 422
    assert not Dispute.objects.exists()


def test_a_mark_of_no_use_is_counted_once_a_person(world, row, login):
    anna = login(world.cast.anna)
    for _ in range(2):
        assert anna.post(f"/obligations/{row.pk}/uselessness/").status_code == 303
    assert Fact.objects.filter(kind="obligation.useless").count() == 1


def test_an_exception_is_made_by_the_role_the_card_names(world, row, login):
    path = f"/obligations/{row.pk}/waiver/"
    sent = {"until": "2026-05-20", "reason": "Платит из другого договора", "scope": "row"}
    anna = login(world.cast.anna)
    assert "Исключение делают другие" in anna.get(path).content.decode()
    assert anna.post(path, sent).status_code == 409
    assert not Waiver.objects.exists()
    assert login(world.cast.vera).post(path, sent).status_code == 303
    waiver = Waiver.objects.get(clause="5.3")
    assert (waiver.role, waiver.row_key) == ("head", row.row_key)
    assert sorted(Waiver.objects.values_list("clause", flat=True)) == ["5.1", "5.3"]


def test_one_clause_of_an_act_may_be_disputed_alone_and_the_row_says_so(world, row, login):
    anna = login(world.cast.anna)
    text = anna.get(f"/obligations/{row.pk}/dispute/").content.decode()
    assert "строка целиком: 5.3, 5.1" in text
    anna.post(f"/obligations/{row.pk}/dispute/", {"proof": "Ушёл вчера", "row": row.pk})
    assert [one.clause for one in Dispute.objects.all()] == ["5.3"]
    assert "оспорено: 5.3" in anna.get("/").content.decode()


def test_an_act_put_off_is_one_line_to_bring_back(world, row, login):
    anna = login(world.cast.anna)
    sent = {"until": "2026-05-07", "reason": "Клиент в отпуске"}
    anna.post(f"/obligations/{row.pk}/postponement/", sent)
    assert Postponement.objects.count() == 2
    anna.get("/")  # reads the note
    text = anna.get("/").content.decode()
    assert text.count("/postponement/undo/") == 1
    assert "Отложена 1 строка" in text


def test_a_manager_puts_a_row_off_for_a_month_at_most_and_the_head_for_longer(world, row, login):
    path = f"/obligations/{row.pk}/postponement/"
    sent = {"until": "2026-06-05", "reason": "Клиент в отпуске"}
    answer = login(world.cast.anna).post(path, sent)
    assert answer.status_code == 409
    assert "не больше чем на столько дней: 30" in answer.content.decode()
    assert login(world.cast.vera).post(path, sent).status_code == 303
    far = login(world.cast.vera).post(path, sent | {"until": "2028-05-05"})
    assert far.status_code == 422


@pytest.mark.parametrize("reason", ["x", "...", "да ж"])
def test_a_letter_is_no_reason_to_put_a_row_off(world, row, login, reason):
    sent = {"until": "2026-05-07", "reason": reason}
    answer = login(world.cast.anna).post(f"/obligations/{row.pk}/postponement/", sent)
    assert answer.status_code == 422
    assert not Postponement.objects.exists()


def test_only_whoever_may_make_an_exception_is_offered_it(world, row, login):
    assert f"/obligations/{row.pk}/waiver/" not in login(world.cast.anna).get("/").content.decode()
    assert f"/obligations/{row.pk}/waiver/" in login(world.cast.vera).get("/").content.decode()


def test_a_row_that_is_over_takes_no_exception(world, row, login):
    Obligation.objects.filter(pk=row.pk).update(state=State.MET)
    sent = {"until": "2026-05-20", "reason": "Платит из другого договора", "row": row.pk}
    answer = login(world.cast.vera).post(f"/obligations/{row.pk}/waiver/", sent)
    assert answer.status_code == 409
    assert "Эта строка закрыта" in answer.content.decode()
    assert not Waiver.objects.exists()


def test_whoever_only_looks_is_told_whose_row_it_is(world, row, login):
    answer = login(world.cast.egor).get(f"/obligations/{row.pk}/postponement/")
    assert answer.status_code == 409
    assert "Аккаунт-менеджер" in answer.content.decode()


def test_a_stranger_s_row_does_not_exist(world, row, login):
    boris = login(world.cast.boris)
    for noun in ("why", "postponement", "dispute", "waiver"):
        assert boris.get(f"/obligations/{row.pk}/{noun}/").status_code == 404
    for noun in ("postponement", "postponement/undo", "dispute", "uselessness", "waiver"):
        assert boris.post(f"/obligations/{row.pk}/{noun}/").status_code == 404


def test_a_form_in_place_is_the_part_of_the_page_htmx_asks_for(world, row, login):
    answer = login(world.cast.anna).get(
        f"/obligations/{row.pk}/postponement/", headers={"HX-Request": "true", "HX-Target": "act"}
    )
    text = answer.content.decode()
    assert "<html" not in text
    assert 'value="2026-05-06"' in text


def test_nobody_is_sent_to_a_foreign_address(world, row, login):
    sent = {"until": "2026-05-07", "reason": "завтра", "next": "https://evil.example/"}
    answer = login(world.cast.anna).post(f"/obligations/{row.pk}/postponement/", sent)
    assert answer["Location"] == "/"


def test_where_a_client_has_no_specialist_the_head_of_production_tops_up(world, login):
    ad_money_waits(world, 1_000_00)
    row, egor = world.row("П.1"), login(world.cast.egor)
    assert answered_by([row])[row.pk] == "Егор Жаров"
    address = f"/obligations/{row.pk}/top-up/"
    assert address in egor.get("/").content.decode()
    answer = egor.post(address, {f"amount_{world.line.pk}": "1000", "on": "2026-05-05"})
    assert answer.status_code == 303
    row.refresh_from_db()
    assert row.state == State.MET


def test_a_client_with_a_specialist_is_answered_for_by_the_specialist(world):
    ad_money_waits(world, 1_000_00)
    assign(by=world.cast.vera, client_id=world.forest.pk, user=world.cast.darya, role="executor")
    row = world.row("П.1")
    assert answered_by([row])[row.pk] == "Дарья Ершова"


def test_a_reminder_is_offered_as_the_last_one_was_made_and_else_as_a_letter(world, login):
    invoice = Invoice.objects.create(
        client=world.forest,
        number="77",
        status="sent",
        total=100,
        requested_at=clock.now(),
        issued_on=clock.now().date(),
    )
    row, anna = remind_late(world, invoice.pk)[0], login(world.cast.anna)
    address = f"/obligations/{row.pk}/reminder/"
    first = re.compile(r'tap btn--primary"[^>]*value="(\w+)"')
    assert first.findall(anna.get(address).content.decode()) == ["mail"]
    assert anna.post(address, {"channel": "messenger"}).status_code == 303
    other = remind_late(world, 78)[0]
    again = anna.get(f"/obligations/{other.pk}/reminder/").content.decode()
    assert first.findall(again) == ["messenger"]


def test_one_call_covers_the_invoices_of_the_row_that_stay_ticked(world, login):
    made = [
        Invoice.objects.create(
            client=world.forest,
            number=str(number),
            status="sent",
            total=100,
            issued_on=clock.now().date(),
        )
        for number in (77, 78, 79)
    ]
    rows = [remind_late(world, invoice.pk)[0] for invoice in made]
    anna, address = login(world.cast.anna), f"/obligations/{rows[0].pk}/reminder/"
    text = anna.get(address).content.decode()
    assert text.count('name="invoice"') == text.count(" checked>") == 3
    sent = {"channel": "call", "invoice": [made[0].pk, made[2].pk]}
    assert anna.post(address, sent).status_code == 303
    told = Fact.objects.filter(kind="pay.reminded").values_list("refs__invoice", flat=True)
    assert sorted(told) == [made[0].pk, made[2].pk]
    assert anna.post(address, {"channel": "call"}).status_code == 422
    for foreign in ("999", "x"):
        wrong = {"channel": "call", "invoice": [made[0].pk, foreign]}
        assert anna.post(address, wrong).status_code == 422
    assert Fact.objects.filter(kind="pay.reminded").count() == 2


@pytest.mark.parametrize(
    ("noun", "sent"),
    [
        ("waiver", {"until": "2026-05-20", "reason": "Другой договор", "scope": "galaxy"}),
        ("dispute", {"proof": "Ушёл вчера", "row": "x"}),
        ("postponement", {"until": "9999-12-31", "reason": "Клиент в отпуске"}),
    ],
)
def test_what_a_form_does_not_offer_is_refused_in_words(world, row, login, noun, sent):
    before = Fact.objects.count()
    answer = login(world.cast.vera).post(f"/obligations/{row.pk}/{noun}/", sent)
    assert answer.status_code == 422
    assert "Выберите" in answer.text
    assert Fact.objects.count() == before
