"""The words of the format: marks of sections and keys, with the spellings banks use.

Keys are looked up as written first; `known_key` forgives case, spaces around and ё.
"""

FIRST_LINE = "1CClientBankExchange"

ACCOUNT_BEGINS = "СекцияРасчСчет"
ACCOUNT_ENDS = "КонецРасчСчет"
DOCUMENT_BEGINS = "СекцияДокумент"
DOCUMENT_ENDS = "КонецДокумента"
FILE_ENDS = "КонецФайла"
MARKS = (ACCOUNT_BEGINS, ACCOUNT_ENDS, DOCUMENT_BEGINS, DOCUMENT_ENDS, FILE_ENDS)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


HEADER_KEYS = [
    "ВерсияФормата",
    "Кодировка",
    "Отправитель",
    "Получатель",
    "ДатаСоздания",
    "ВремяСоздания",
    "ДатаНачала",
    "ДатаКонца",
    "РасчСчет",
    "Документ",
]

ACCOUNT_KEYS = [
    "ДатаНачала",
    "ДатаКонца",
    "РасчСчет",
    "НачальныйОстаток",
    "ВсегоПоступило",
    "ВсегоСписано",
    "КонечныйОстаток",
]

_SIDE_KEYS = (
    "{0}Счет {0} {0}ИНН {0}КПП {0}1 {0}2 {0}3 {0}4 {0}РасчСчет {0}Банк1 {0}Банк2 {0}БИК {0}Корсчет"
)

DOCUMENT_KEYS = (
    "Номер Дата Сумма КвитанцияДата КвитанцияВремя КвитанцияСодержание ДатаСписано ДатаПоступило "
    + _SIDE_KEYS.format("Плательщик")
    + " "
    + _SIDE_KEYS.format("Получатель")
    + " ВидПлатежа КодНазПлатежа ВидОплаты Код НазначениеПлатежа НазначениеПлатежа1"
    " НазначениеПлатежа2 НазначениеПлатежа3 НазначениеПлатежа4 НазначениеПлатежа5"
    " НазначениеПлатежа6 СтатусСоставителя ПоказательКБК ОКАТО ПоказательОснования"
    " ПоказательПериода ПоказательНомера ПоказательДаты ПоказательТипа Очередность СрокАкцепта"
    " ВидАккредитива СрокПлатежа УсловиеОплаты1 УсловиеОплаты2 УсловиеОплаты3 ПлатежПоПредст"
    " ДополнУсловия НомерСчетаПоставщика ДатаОтсылкиДок КодДебитора"
).split()

# The Kazakhstan dialect, version 2.00. The sums keep their own names: they also say which way
# the money went.
KAZAKH_KEYS = {
    "НомерДокумента": "Номер",
    "ДатаДокумента": "Дата",
    "ВидДокумента": "ВидДокумента",
    "СуммаПриход": "СуммаПриход",
    "СуммаРасход": "СуммаРасход",
    "ДатаОперации": "ДатаОперации",
    "ПлательщикНаименование": "Плательщик1",
    "ПлательщикБИН_ИИН": "ПлательщикИНН",
    "ПлательщикИИК": "ПлательщикСчет",
    "ПлательщикБанкБИК": "ПлательщикБИК",
    "ПлательщикБанкНаименование": "ПлательщикБанк1",
    "ПолучательНаименование": "Получатель1",
    "ПолучательБИН_ИИН": "ПолучательИНН",
    "ПолучательИИК": "ПолучательСчет",
    "ПолучательБанкБИК": "ПолучательБИК",
    "ПолучательБанкНаименование": "ПолучательБанк1",
}

# Two values of one of these in a document contradict each other; the rest may be continued.
SINGLE_KEYS = frozenset(
    [
        "Номер",
        "Дата",
        "Сумма",
        "СуммаПриход",
        "СуммаРасход",
        "ПлательщикСчет",
        "ПолучательСчет",
        "ДатаСписано",
        "ДатаПоступило",
        "ПлательщикИНН",
        "ПолучательИНН",
    ]
)


def _folded(text: str) -> str:
    return text.strip().casefold().replace("ё", "е")


DOCUMENT_NAMES = {key: key for key in DOCUMENT_KEYS} | KAZAKH_KEYS
_NAMES = {
    _folded(name): key
    for name, key in (
        *((key, key) for key in (*HEADER_KEYS, *ACCOUNT_KEYS)),
        *DOCUMENT_NAMES.items(),
    )
}
_MARK_NAMES = {_folded(mark): mark for mark in MARKS}


def known_key(text: str) -> str:
    """The key a bank meant; empty when the format has none like it."""
    return _NAMES.get(_folded(text), "")


def mark_of(line: str) -> tuple[str, str]:
    """(mark, what stands after its `=`) of a line that begins or ends a section, else empty."""
    name, _equals, rest = line.partition("=")
    return _MARK_NAMES.get(_folded(name), ""), rest.strip()
