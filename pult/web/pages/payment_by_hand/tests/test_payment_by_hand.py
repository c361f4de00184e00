import pytest
from django.urls import reverse

from pult.clients.models import OwnAccount
from pult.clients.tests.factories import make_client, make_entity, make_line, make_own_account
from pult.integrations.intake.bank import open_bank, take_bank
from pult.money.actions.statements import import_statement
from pult.money.models import BankDocument, Payment, StatementFile
from pult.money.tests.factories import OURS, Document, Parsed, make_invoice
from pult.web.pages.payment_by_hand.page import carried
from pult.web.pages.payment_by_hand.tests.rows import ROWS

pytestmark = pytest.mark.django_db
TYPED = {
    "day": "2026-03-10",
    "amount": "1 000,00",
    "own_account": OURS,
    "payer": "ООО «Ромашка»",
    "inn": "7707083893",
    "purpose": "Оплата по счету 15",
    "number": "1",
    "account": "40702810100000000002",
}


@pytest.fixture
def romashka(cast, freeze):
    freeze("2026-03-11 10:00")
    client = make_client("Ромашка", am=cast.anna)
    make_entity(client, "7707083893")
    make_own_account(OURS)
    return client


def enter(person, **changes):
    return person.post(reverse("payment_by_hand"), {**TYPED, **changes})


def test_a_payment_by_hand_finds_its_invoice_like_one_of_a_statement(login, cast, romashka):
    invoice = make_invoice(romashka, "15", (make_line(romashka), 1_000_00))
    assert enter(login(cast.zhanna)).status_code == 303
    invoice.refresh_from_db()
    assert (invoice.paid_state, Payment.objects.get().client) == ("full", romashka)


def test_a_payment_by_hand_nobody_knows_waits_in_the_settlement(login, cast, romashka):
    answer = enter(login(cast.zhanna), inn="", account="", purpose="Оплата")
    document = BankDocument.objects.get()
    assert answer["Location"] == reverse("settlement_document", args=[document.pk])


def test_a_payment_is_not_counted_twice_whether_typed_or_brought(login, cast, romashka, later):
    make_invoice(romashka, "15", (make_line(romashka), 5_000_00))
    zhanna = login(cast.zhanna)
    enter(zhanna)
    later()
    assert enter(zhanna).status_code == 409
    document = Document(amount=1_000_00, purpose="Оплата по счету 15", number="1")
    import_statement(by=None, statement=Parsed([document]), name="f", sha256="a")
    assert BankDocument.objects.count() == 1


@pytest.mark.parametrize("missing", ["number", "account"])
@pytest.mark.parametrize("other", [{"payer": "ООО «Лютик»"}, {"inn": "7728168971"}])
def test_two_payers_of_one_sum_and_day_are_two_payments(login, cast, romashka, missing, other):
    zhanna = login(cast.zhanna)
    told = {missing: ""}
    assert enter(zhanna, **told).status_code == 303
    assert enter(zhanna, **told, payer="  ооо   «РОМАШКА» ").status_code == 409
    assert enter(zhanna, **told, **other).status_code == 303
    assert BankDocument.objects.count() == 2


@pytest.mark.parametrize("account", ["40702810500000000077", "40702840900000000001", "closed"])
def test_money_comes_to_an_open_rouble_account_of_the_agency(login, cast, romashka, account):
    make_own_account("40702840900000000001")
    closed = make_own_account("40702810200000000009", closed=True)
    chosen = closed.account if account == "closed" else account
    answer = enter(login(cast.zhanna), own_account=chosen)
    assert answer.status_code == 422
    assert "Это не открытый рублёвый счёт агентства" in answer.text
    assert "сначала добавьте счёт на странице «Агентство»" in answer.text
    assert (OwnAccount.objects.count(), BankDocument.objects.count()) == (3, 0)


def test_an_agency_without_an_account_is_told_so_before_anything_is_typed(login, cast, romashka):
    OwnAccount.objects.all().delete()
    zhanna = login(cast.zhanna)
    assert "ещё нет открытого рублёвого счёта" in zhanna.get(reverse("payment_by_hand")).text
    assert enter(zhanna).status_code == 422
    assert not OwnAccount.objects.exists()


def test_letters_nobody_sees_are_dropped_from_what_is_typed(login, cast, romashka):
    unseen = {"payer": "ООО\x00 «Ромашка»\u200b", "purpose": "\ufeffОплата\x07", "number": "1\x00"}
    assert enter(login(cast.zhanna), **unseen).status_code == 303
    document = BankDocument.objects.get()
    kept = (document.party_name, document.purpose, document.number)
    assert kept == ("ООО «Ромашка»", "Оплата", "1")


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "сто"},
        {"amount": "0"},
        {"day": "2026-03-12"},
        {"day": "2000-01-01"},
        {"day": "2023-03-07"},
        {"payer": " "},
        {"payer": "\u200b\x00"},
    ],
)
def test_what_cannot_be_a_payment_is_told_and_kept_typed(login, cast, romashka, wrong):
    answer = enter(login(cast.zhanna), **wrong)
    assert answer.status_code == 422
    assert 'value="Оплата по счету 15"' in answer.content.decode()
    assert not BankDocument.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "named"),
    [
        ("inn", "abc", "поле «ИНН»"),
        ("inn", "7707083894", "поле «ИНН»"),
        ("inn", "7707083893" * 2, "поле «ИНН»"),
        ("inn", "٧٧٠٧٠٨٣٨٩٣", "поле «ИНН»"),
        ("purpose", "о" * 1001, "«Назначение платежа»"),
        ("payer", "о" * 256, "«Плательщик»"),
        ("number", "\u202e" * 50, "«Номер»"),
        ("number", "8\u200d2", "«Номер»"),
        ("number", "٣", "«Номер»"),
        ("number", "9" * 41, "«Номер»"),
        ("account", "4" * 300, "«Счёт»"),
        ("account", "4070281010000000000", "«Счёт»"),
        ("account", "４" * 20, "«Счёт»"),
    ],
)
def test_what_cannot_stand_in_a_field_is_refused_at_it(login, cast, romashka, field, typed, named):
    answer = enter(login(cast.zhanna), **{field: typed})
    assert answer.status_code == 422
    assert answer.context["page"].problem.field == field
    assert named in answer.text
    assert not BankDocument.objects.exists()


def test_spaces_in_a_tax_number_and_an_account_are_no_mistake(login, cast, romashka):
    spaced = {"inn": "7707 083893", "account": "40702 810 1 0000 0000002"}
    assert enter(login(cast.zhanna), **spaced).status_code == 303
    kept = BankDocument.objects.get()
    assert (kept.party_inn, kept.party_account) == (TYPED["inn"], TYPED["account"])


@pytest.mark.parametrize(
    ("country", "number"),
    [("BY", "200988541"), ("KZ", "940140000385"), ("--", "DE 811 907 980")],
)
def test_a_payer_abroad_is_entered_with_a_number_of_its_country(
    login, cast, romashka, country, number
):
    zhanna = login(cast.zhanna)
    assert enter(zhanna, inn=number).status_code == 422
    assert enter(zhanna, inn=number, country=country).status_code == 303
    assert BankDocument.objects.get().party_inn == number.replace(" ", "")


@pytest.mark.parametrize(
    ("country", "number", "field"),
    [
        ("BY", "200988542", "inn"),
        ("KZ", "94014000038", "inn"),
        ("--", "9" * 21, "inn"),
        ("--", "٣" * 9, "inn"),
        ("XX", "200988541", "country"),
    ],
)
def test_a_number_no_country_gives_out_is_refused(login, cast, romashka, country, number, field):
    answer = enter(login(cast.zhanna), inn=number, country=country)
    assert (answer.status_code, answer.context["page"].problem.field) == (422, field)


def test_a_line_that_was_not_taken_is_typed_by_hand_with_what_is_known_of_it(login, cast, romashka):
    """A letter in the sum: who, when and what for need not be typed again."""
    paid = f"""1CClientBankExchange
ВерсияФормата=1.03
Кодировка=UTF-8
РасчСчет={OURS}
{ROWS}КонецФайла
"""
    file = take_bank(open_bank(paid.encode(), "kl.txt"), by=cast.zhanna, accounts=[OURS]).file_id
    (row,) = StatementFile.objects.get(pk=file).summary["refused"]
    zhanna = login(cast.zhanna)
    address = f"{reverse('payment_by_hand')}?statement={file}&line={row['line']}"
    text = zhanna.get(reverse("statement", args=[file])).text
    assert address.replace("&", "&amp;") in text
    assert f'href="{reverse("payment_by_hand")}"' not in text
    values = zhanna.get(address).context["page"].values
    assert values == TYPED | {"amount": "12.5О", "number": "7"}
    typed = zhanna.post(address, values | {"amount": "12.50"})
    assert typed.status_code == 303
    assert BankDocument.objects.filter(amount=12_50).exists()


@pytest.mark.parametrize(
    ("account", "country"),
    [
        ("BY13NBRB3600900000002Z00AB00", "BY"),
        ("kz86125KZT5004100100", "KZ"),
        ("DE89370400440532013000", "--"),
        ("40702810100000000002", None),
        ("", None),
    ],
)
def test_a_carried_account_says_the_country_of_its_payer(account, country):
    assert carried({"account": account, "amount": "12.5О"}).get("country") == country


def test_a_payment_by_hand_is_called_so_wherever_its_file_is(login, cast, romashka):
    zhanna = login(cast.zhanna)
    enter(zhanna)
    for address in (
        reverse("imports"),
        reverse("statement", args=[StatementFile.objects.get().pk]),
    ):
        text = zhanna.get(address).text
        assert "внесено вручную" in text
        assert "by_hand" not in text


def test_a_line_of_a_statement_that_is_not_there_is_not_found(login, cast, romashka):
    zhanna = login(cast.zhanna)
    for asked in ("statement=77&line=1", "statement=x"):
        assert zhanna.get(f"{reverse('payment_by_hand')}?{asked}").status_code == 404
