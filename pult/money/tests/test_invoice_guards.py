"""What keeps an invoice from being wrong: the gate of 6.1.1, two people at once, whose name."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pult.clients.actions import edit_own_entity, end_line, set_own_vat
from pult.clients.tests.factories import make_client, make_contract, make_line, make_own_entity
from pult.kernel import clock
from pult.kernel.errors import BadInput, Conflict, Refusal
from pult.kernel.facts import kinds
from pult.money.actions.invoices import Wanted, issue_invoice, move_due, request_invoice
from pult.money.models import Invoice
from pult.money.numbering import next_ordinal
from pult.regulation.language.pack import load_pack
from pult.regulation.pack_path import default_pack
from pult.regulation.tests.world import install

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own(db, freeze):
    freeze("2026-03-11 12:00")
    return make_own_entity()


@pytest.fixture
def line(cast):
    return make_line(make_client(am=cast.anna))


def ask(cast, line):
    wanted = [Wanted(line_id=line.pk, amount=100_000_00)]
    return request_invoice(by=cast.anna, client_id=line.client_id, lines=wanted)


def issue(cast, invoice, **fields):
    return issue_invoice(by=cast.zhanna, invoice_id=invoice.pk, version=invoice.version, **fields)


def test_nobody_is_invoiced_for_a_line_that_ended(cast, line):
    cards = load_pack(default_pack(), kinds()).cards
    install(*(card for card in cards if card.clause == "6.1.1"))
    ask(cast, line)
    end_line(by=cast.anna, line_id=line.pk, reason_code="done", at=clock.now())
    with pytest.raises(Refusal) as refused:
        ask(cast, line)
    assert refused.value.clause == "6.1.1"
    assert Invoice.objects.count() == 1


def test_of_two_who_change_an_invoice_at_once_the_second_is_told(cast, line):
    issued = issue(cast, ask(cast, line))
    mine = {"by": cast.vera, "invoice_id": issued.pk, "version": issued.version}
    move_due(**mine, due_on=date(2026, 3, 20))
    with pytest.raises(Conflict):
        move_due(**mine, due_on=date(2026, 3, 25))
    issued.refresh_from_db()
    assert issued.due_on == date(2026, 3, 20)


def test_an_invoice_carries_the_vat_of_its_day(cast, line, own):
    set_own_vat(by=cast.zhanna, entity_id=own.pk, vat="5", since=date(2026, 3, 15))
    rates = []
    for day in (date(2026, 3, 14), date(2026, 3, 15)):
        invoice = issue(cast, ask(cast, line), issued_on=day)
        rates.append(invoice.lines.get().vat_rate)
    assert rates == [22, 5]


def test_no_invoice_goes_out_in_a_name_no_longer_used(cast, line, own):
    line.contract = make_contract(line.client, own_entity=own)
    line.save()
    edit_own_entity(by=cast.zhanna, entity_id=own.pk, version=own.version, closed=True)
    invoice = ask(cast, line)
    with pytest.raises(BadInput, match="больше не") as refused:
        issue(cast, invoice)
    assert refused.value.field == "own_entity"
    heir = make_own_entity("ООО «Новый пульт»")
    assert issue(cast, invoice, own_entity_id=heir.pk).own_entity == heir


@pytest.mark.parametrize(
    ("typed", "then"),
    [("500", "501"), ("007", "8"), ("А-7", "2"), ("20260311", "2"), ("1-К", "2"), ("№ 7", "8")],
)
def test_the_next_number_follows_the_highest_that_counts(cast, line, typed, then):
    issue(cast, ask(cast, line))
    issue(cast, ask(cast, line), number=typed)
    assert issue(cast, ask(cast, line)).number == then


@pytest.mark.parametrize(
    ("taken", "typed"),
    [
        ("82", "82\u200b"),
        ("82", "\u200e82"),
        ("82", "00082"),
        ("82", "0000000082"),
        ("82", "№ 82"),
        ("№82", "82"),
        ("А-7", "a-7"),
        ("0020260311", "20260311"),
        *(("82", typed) for typed in ("82,", "82;", "82.", "82/", "82-", "82:", "82№", "82/ НДС")),
        *(("82", typed) for typed in ("N82", "No82", "сч82", "Счёт-82", "82 от мая", "81,82")),
        ("N82", "82"),
        ("сч82", "82"),
        ("82 НДС", "82"),
        ("А-7/26", "А-7/26 НДС"),
    ],
)
def test_twins_that_a_payer_could_not_tell_apart_are_one_number(cast, line, taken, typed):
    issue(cast, ask(cast, line), number=taken)
    invoice = ask(cast, line)
    with pytest.raises(BadInput, match=taken) as refused:
        issue(cast, invoice, number=typed)
    assert refused.value.field == "number"
    heir = make_own_entity("ООО «Новый пульт»")
    assert issue(cast, invoice, number=typed, own_entity_id=heir.pk).number


@pytest.mark.parametrize(
    "typed", ["٣", "½", "²", "１２", "-1", "0", "000", "№", "8\u200d2", "א7", "\u200b", "9" * 33]
)
def test_what_cannot_be_a_number_of_an_invoice_is_refused(cast, line, typed):
    invoice = ask(cast, line)
    with pytest.raises(BadInput) as refused:
        issue(cast, invoice, number=typed)
    assert refused.value.field == "number"
    invoice.refresh_from_db()
    assert (invoice.status, invoice.number) == ("requested", "")


def test_a_number_is_kept_as_it_is_shown(cast, line):
    kept = [issue(cast, ask(cast, line), number=n).number for n in (" 7\n2 ", "\u202e12", "9" * 32)]
    assert kept == ["7 2", "12", "9" * 32]


def test_the_next_number_steps_over_an_old_one_written_with_a_sign(cast, line, own):
    issue(cast, ask(cast, line), number="82")
    issue(cast, ask(cast, line), number="№ 83")
    Invoice.objects.filter(number="№ 83").update(ordinal=None)
    assert issue(cast, ask(cast, line)).number == "84"


def test_the_next_number_steps_over_one_that_names_it(cast, line):
    for number in ("82", "N83", "84;"):
        issue(cast, ask(cast, line), number=number)
    Invoice.objects.filter(number="84;").update(ordinal=None)
    assert issue(cast, ask(cast, line)).number == "85"


@pytest.mark.parametrize("typed", ["82/1", "82-А", "А82", "1/82", "182", "8-2", "82.1"])
def test_numbers_a_payer_can_tell_apart_stand_side_by_side(cast, line, typed):
    issue(cast, ask(cast, line), number="82")
    assert issue(cast, ask(cast, line), number=typed).number == typed


def test_a_gap_stays_and_a_lower_number_typed_later_moves_nothing(cast, line):
    for number in ("40", "12"):
        issue(cast, ask(cast, line), number=number)
    assert issue(cast, ask(cast, line)).number == "41"


def test_each_legal_entity_and_year_counts_its_own_numbers(cast, line, own):
    heir = make_own_entity("ООО «Новый пульт»")
    issue(cast, ask(cast, line), own_entity_id=own.pk, number="700")
    assert issue(cast, ask(cast, line), own_entity_id=heir.pk).number == "1"
    next_year = date(2027, 1, 11)
    assert issue(cast, ask(cast, line), own_entity_id=own.pk, issued_on=next_year).number == "1"


def test_the_next_number_is_one_seek_in_an_index(own):
    with CaptureQueriesContext(connection) as asked:
        assert next_ordinal(own, 2026) == 1
    assert len(asked) == 1
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        verb = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{verb} {asked[0]['sql']}")
        plan = str(cursor.fetchall())
    assert "last_invoice_number" in plan
    assert "own_entity_id" in plan
