"""Writes real statement files: for the demo agency, the benchmark and the tests."""

from collections.abc import Iterable, Iterator
from datetime import date

from pult.integrations.bank_1c.keys import (
    ACCOUNT_BEGINS,
    ACCOUNT_ENDS,
    DOCUMENT_BEGINS,
    DOCUMENT_ENDS,
    FILE_ENDS,
    FIRST_LINE,
)
from pult.integrations.statement.model import AccountSection, BankDocument, Party, Statement

_DECLARED = {"cp1251": "Windows", "cp866": "DOS", "utf-8": "UTF-8"}


def write_statement(
    statement: Statement,
    encoding: str = "cp1251",
    *,
    declared: str | None = None,
    newline: str = "\r\n",
    bom: bool = False,
) -> bytes:
    """The file of `statement` in `encoding`; a letter the encoding lacks becomes `?`.

    `declared` is what `Кодировка=` says, by default the truth. As at real banks the last line
    has no end.
    """
    lines = _lines(statement, declared or _DECLARED.get(encoding, encoding))
    mark = b"\xef\xbb\xbf" if bom else b""
    return mark + newline.join(lines).encode(encoding, errors="replace")


def _lines(statement: Statement, declared: str) -> Iterator[str]:
    yield FIRST_LINE
    yield "ВерсияФормата=1.03"
    yield f"Кодировка={declared}"
    yield f"Отправитель={_one_line(statement.sender)}"
    yield "Получатель=1С:Предприятие"
    yield f"ДатаНачала={_day(statement.period_from)}"
    yield f"ДатаКонца={_day(statement.period_to)}"
    for account in statement.stated_accounts():
        yield f"РасчСчет={account}"
    yield from _account_lines(statement.accounts)
    for document in statement.documents:
        yield from _document_lines(document)
    yield FILE_ENDS


def _account_lines(sections: Iterable[AccountSection]) -> Iterator[str]:
    for section in sections:
        yield ACCOUNT_BEGINS
        yield f"ДатаНачала={_day(section.date_from)}"
        yield f"ДатаКонца={_day(section.date_to)}"
        yield f"РасчСчет={section.account}"
        yield f"НачальныйОстаток={_roubles(section.opening)}"
        yield f"ВсегоПоступило={_roubles(section.incoming)}"
        yield f"ВсегоСписано={_roubles(section.outgoing)}"
        yield f"КонечныйОстаток={_roubles(section.closing)}"
        yield ACCOUNT_ENDS


def _document_lines(document: BankDocument) -> Iterator[str]:
    yield f"{DOCUMENT_BEGINS}={_one_line(document.kind)}"
    yield f"Номер={_one_line(document.number)}"
    yield f"Дата={_day(document.date)}"
    yield f"Сумма={_roubles(document.amount)}"
    yield from _party_lines("Плательщик", document.payer)
    yield f"ДатаСписано={_day(document.debited_on)}"
    yield from _party_lines("Получатель", document.payee)
    yield f"ДатаПоступило={_day(document.credited_on)}"
    yield f"ВидОплаты={_one_line(document.op_code)}"
    yield f"НазначениеПлатежа={_one_line(document.purpose)}"
    for key, value in document.extra.items():
        yield f"{key}={_one_line(value)}"
    yield DOCUMENT_ENDS


def _party_lines(side: str, party: Party) -> Iterator[str]:
    yield f"{side}Счет={party.account}"
    yield f"{side}ИНН={party.inn}"
    yield f"{side}1={_one_line(party.name)}"
    yield f"{side}КПП={party.kpp}"
    if party.settlement:
        yield f"{side}РасчСчет={party.settlement}"
    yield f"{side}Банк1={_one_line(party.bank)}"
    yield f"{side}БИК={party.bik}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _day(value: date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else ""


def _roubles(amount: int | None) -> str:
    if amount is None:
        return ""
    sign, amount = ("-", -amount) if amount < 0 else ("", amount)
    return f"{sign}{amount // 100}.{amount % 100:02}"
