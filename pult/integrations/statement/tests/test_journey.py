"""From the bytes of a bank to what each payment pays."""

import json
from datetime import date

from django.utils import translation

from pult.integrations.bank_1c import write_statement
from pult.integrations.statement import AccountSection, BankDocument, Party, Statement, read
from pult.money.logic.bank import own_accounts, place_documents, summary
from pult.money.logic.matching import InvoiceIndex, OpenInvoice, match

OURS = Party("ООО Пульт", "7700000023", "", "40702810900000000001")
WARM = Party("ООО Тёплый дом", "7700000016", "", "40702810100000000002")
BANK = Party("Банк Приречный", "7800000034", "", "47423810000000000001")
DAY = date(2026, 2, 2)


def document(amount, payer, payee, purpose, number="1"):
    incoming = payee is OURS
    return BankDocument(
        line=0,
        kind="Платежное поручение",
        number=number,
        date=DAY,
        amount=amount,
        payer=payer,
        payee=payee,
        purpose=purpose,
        debited_on=None if incoming else DAY,
        credited_on=DAY if incoming else None,
        op_code="01" if incoming else "17",
    )


def february():
    documents = [
        document(12200000, WARM, OURS, "По счету А-2026/015. В т.ч. НДС 22% 22000-00", "5"),
        document(500000, WARM, OURS, "за рекламу", "6"),
        document(500000, WARM, OURS, "за рекламу", "6"),
        document(9900, OURS, BANK, "Комиссия за ведение счета", "7"),
    ]
    section = AccountSection(
        OURS.account, "", 100000, 13200000, 9900, 13290100, DAY, DAY
    )  # fmt: skip
    return Statement("1CClientBankExchange", accounts=[section], documents=documents)


def test_an_empty_base_learns_everything_from_the_file():
    data = write_statement(february(), "cp866", declared="Windows")
    data = data.replace("Сумма=99.00".encode("cp866"), "Сумма=99.00х".encode("cp866"))
    statement = read(data)
    own, foreign = own_accounts([], statement.stated_accounts())
    placed = list(place_documents(statement.documents, own))
    index = InvoiceIndex(
        [OpenInvoice(1, 7, "А-2026/015", 12200000), OpenInvoice(2, 7, "16", 500000)],
        payers={WARM.inn: [7]},
        own_inns=[OURS.inn],
    )
    kinds = []
    for seen in placed:
        found = match(seen.document, index, seen.direction)
        index.take(found.invoices)
        kinds.append((found.kind, found.confidence))
    assert foreign == []
    assert kinds == [("exact", "certain"), ("exact", "likely"), ("advance", "advance")]
    told = summary("feb.txt", statement, own, new=3, duplicates=0, matched=2, unsettled=1)
    assert json.loads(json.dumps(told, ensure_ascii=False)) == told
    assert (told["encoding"], told["documents"], told["incoming"]) == ("cp866", 3, 13200000)
    (refused,) = told["refused"]
    line = data.decode("cp866").splitlines()[refused["line"] - 1]
    assert (refused["field"], line) == ("Сумма", "Сумма=99.00х")
    (account,) = told["accounts"]
    assert account["balanced"] is False


def test_the_same_file_in_another_encoding_is_the_same_documents():
    one = read(write_statement(february(), "cp1251"))
    two = read(write_statement(february(), "utf-8", newline="\n", bom=True))
    keys = [
        [placed.key for placed in place_documents(statement.documents, {OURS.account})]
        for statement in (one, two)
    ]
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == 4


def test_reasons_are_said_in_the_reader_s_language():
    data = write_statement(february()).replace("Сумма=99.00".encode("cp1251"), b"")
    with translation.override("en"):
        assert str(read(data).problems[0].reason) == "the document has no sum"
