"""A row of a statement that was not taken and the payment typed in its place know each other."""

import pytest
from django.urls import reverse

from pult.clients.tests.factories import make_own_account
from pult.integrations.intake.bank import open_bank, take_bank
from pult.money.models import BankDocument
from pult.money.queries import bank_left
from pult.money.tests.factories import OURS
from pult.web.pages.payment_by_hand.tests.rows import ROWS

pytestmark = pytest.mark.django_db
STATEMENT = f"""1CClientBankExchange
ВерсияФормата=1.03
Кодировка=UTF-8
РасчСчет={OURS}
СекцияРасчСчет
ДатаНачала=10.03.2026
ДатаКонца=10.03.2026
РасчСчет={OURS}
НачальныйОстаток=0.00
ВсегоПоступило=22.50
ВсегоСписано=0.00
КонечныйОстаток=22.50
КонецРасчСчет
{ROWS}КонецФайла
"""


@pytest.fixture
def zhanna(login, cast, freeze):
    freeze("2026-03-11 10:00")
    make_own_account(OURS)
    return login(cast.zhanna)


@pytest.fixture
def statement(zhanna, cast):
    """The id of a statement whose first row has a letter in its sum."""
    return take_bank(open_bank(STATEMENT.encode(), "kl.txt"), by=cast.zhanna).file_id


def form_of(person, statement):
    """The address of the form for the row that was not taken, and what it brings along."""
    text = person.get(reverse("statement", args=[statement])).text
    start = text.index(f"{reverse('payment_by_hand')}?statement={statement}&amp;line=")
    address = text[start : text.index('"', start)].replace("&amp;", "&")
    return address, person.get(address).context["page"].values


def enter(person, statement, amount="12,50", **changes):
    address, values = form_of(person, statement)
    return person.post(address, {**values, "amount": amount, **changes})


def test_the_row_says_that_it_was_entered_by_hand_and_leads_to_its_payment(zhanna, statement):
    answer = enter(zhanna, statement)
    assert answer["Location"] == reverse(
        "settlement_document", args=[(document := BankDocument.objects.get(amount=12_50)).pk]
    )
    text = zhanna.get(reverse("statement", args=[statement])).text.replace("\u00a0", " ")
    row = text[text.index("«Ромашка»") :].split("</tr>")[0]
    assert "Внесено вручную: 12,50 ₽" in row
    assert f'href="{reverse("settlement_document", args=[document.pk])}"' in row
    assert "Внести вручную" not in row


def test_a_statement_adds_up_with_what_was_entered_in_place_of_its_row(zhanna, cast, statement):
    address = reverse("statement", args=[statement])
    assert "между ними не хватает" in zhanna.get(address).text
    assert bank_left(cast.zhanna).odd == ((statement, "kl.txt"),)
    enter(zhanna, statement)
    text = zhanna.get(address).text
    assert "между ними не хватает" not in text
    assert "сходится с внесённым вручную" in text
    assert bank_left(cast.zhanna).odd == ()


def test_what_is_still_missing_after_a_wrong_sum_is_told(zhanna, cast, statement):
    enter(zhanna, statement, "12,00")
    text = zhanna.get(reverse("statement", args=[statement])).text.replace("\u00a0", " ")
    assert "между ними не хватает 0,50 ₽" in text
    assert bank_left(cast.zhanna).odd


def test_the_card_of_the_payment_says_who_typed_it_and_in_place_of_which_row(zhanna, statement):
    enter(zhanna, statement)
    document = BankDocument.objects.get(amount=12_50)
    text = zhanna.get(reverse("settlement_document", args=[document.pk])).text
    terms = text[text.index("<dl") : text.index("</dl>")]
    assert "Внесено вручную" in terms
    assert "Жанна" in terms
    assert f'href="{reverse("statement", args=[statement])}#refused"' in terms
    assert "Платежное поручение" not in terms
    assert "строка 1<" not in terms
    read = BankDocument.objects.get(amount=10_00)
    text = zhanna.get(reverse("settlement_document", args=[read.pk])).text
    assert "Платежное поручение № 8" in text
    assert "Внесено вручную" not in text


def test_an_unreadable_sum_stays_in_the_form_with_what_is_wrong_at_it(zhanna, statement):
    address, values = form_of(zhanna, statement)
    for answer in (zhanna.get(address), zhanna.post(address, values)):
        assert 'value="12.5О"' in answer.text
        field = answer.text[answer.text.index('for="id_amount"') :].split("<label")[0]
        assert "field__error" in field
        assert "«12.5О»" in field
    assert not BankDocument.objects.filter(file__format="by_hand").exists()


def test_whoever_opens_the_row_again_is_told_of_the_payment_entered_for_it(zhanna, statement):
    address, _values = form_of(zhanna, statement)
    assert "уже внесена вручную" not in zhanna.get(address).text
    enter(zhanna, statement)
    document = BankDocument.objects.get(amount=12_50)
    text = zhanna.get(address).text
    assert "Эта строка уже внесена вручную" in text
    assert reverse("settlement_document", args=[document.pk]) in text
