"""From the keys of one document section to a payment document."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter

from django.utils.translation import gettext_lazy as _

from pult.integrations.bank_1c.keys import KAZAKH_KEYS
from pult.integrations.statement.faults import BadField, faults
from pult.integrations.statement.model import BankDocument, Party
from pult.integrations.statement.values import BadValue, currency_of, day, kopecks, told_of

_INN_BEFORE_NAME = re.compile(r"(?:ИНН\s*:?\s*(\d{10,12})|(\d{10}(?:\d\d)?),)[\s,]*(.*)", re.DOTALL)
_ACCOUNT = re.compile(r"\d{20}")
_SUMS = ("Сумма", "СуммаПриход", "СуммаРасход")
_PURPOSE = "НазначениеПлатежа"
_PAPER_KEYS = ("ВидДокумента", "Номер", "Дата", "ДатаОперации", "ДатаСписано", "ДатаПоступило")
_PURPOSE_KEYS = (_PURPOSE, *(f"{_PURPOSE}{number}" for number in range(1, 7)))
_SIDE_KEYS = ("1", "", "ИНН", "КПП", "Счет", "РасчСчет", "2", "БИК", "Банк1", "3")
# What a document is built from, in the order `DocumentBuilder.build` takes the values.
KEYS = (
    *_PAPER_KEYS,
    "ВидОплаты",
    *_SUMS,
    *_PURPOSE_KEYS,
    *("Плательщик" + key for key in _SIDE_KEYS),
    *("Получатель" + key for key in _SIDE_KEYS),
)
_SUMS_END = len(_PAPER_KEYS) + 1 + len(_SUMS)
_PURPOSE_END = _SUMS_END + len(_PURPOSE_KEYS)
_PAYER_END = _PURPOSE_END + len(_SIDE_KEYS)

_READ_KEYS = frozenset(KEYS) | {
    key for key in KAZAKH_KEYS.values() if key[:3] in ("Сум", "Дат", "Вид")
}


class Layout:
    """One order of keys that many documents have: their values are picked by place."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = tuple(keys)
        places = {key: place for place, key in enumerate(self.keys)}
        self._pick = itemgetter(*(places.get(key, len(self.keys)) for key in KEYS))
        # Each of its lines stands in every document, empty ones too.
        self.lines = {key: line for line, key in enumerate(self.keys, 1)}
        self._extra = [(key, place) for key, place in places.items() if key not in _READ_KEYS]

    def pick(self, values: Sequence[str]) -> tuple[tuple[str, ...], dict[str, str]]:
        """Values in the order of KEYS, empty where the layout has no such key, and the rest."""
        rest = {key: values[place] for key, place in self._extra if values[place]}
        return self._pick((*values, "")), rest


def pick(fields: Mapping[str, str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """`Layout.pick` of a document that is like no other."""
    rest = {key: value for key, value in fields.items() if value and key not in _READ_KEYS}
    return tuple(fields.get(key, "") for key in KEYS), rest


class DocumentBuilder:
    """Builds documents of one file; sides that repeat (the agency's own above all) are shared."""

    def __init__(self) -> None:
        self._parties: dict[tuple[str, ...], Party] = {}

    def build(
        self, line: int, kind: str, values: tuple[str, ...], extra: dict[str, str]
    ) -> BankDocument:
        """`values` stand in the order of KEYS, `extra` is what else the document says.

        Raises BadField when the sum or a date is missing or impossible.
        """
        own_kind, number, written, operated, debited, credited, op_code = values[:7]
        amount, credit = _amount(values[7:_SUMS_END])
        acted = _day(operated, "ДатаОперации") if operated else None
        on = _day(written, "Дата") if written else acted
        if on is None:
            raise BadField("Дата", "required", _("the document has no date"))
        payer = self._party(values[_PURPOSE_END:_PAYER_END])
        payee = self._party(values[_PAYER_END:])
        debited_on = _day(debited, "ДатаСписано") if debited else None
        credited_on = _day(credited, "ДатаПоступило") if credited else None
        return BankDocument(
            line=line,
            kind=own_kind or kind,
            number=number,
            date=on,
            amount=amount,
            payer=payer,
            payee=payee,
            purpose=values[_SUMS_END]
            or " ".join(filter(None, values[_SUMS_END + 1 : _PURPOSE_END])),
            debited_on=debited_on or (acted if credit is False else None),
            credited_on=credited_on or (acted if credit else None),
            op_code=op_code,
            currency=currency_of(payee.account or payer.account),
            extra=extra,
        )

    def _party(self, values: tuple[str, ...]) -> Party:
        party = self._parties.get(values)
        if party is None:
            party = self._parties[values] = _party(*values)
        return party


def more_faults(values: tuple[str, ...], first: BadField) -> list[BadField]:
    """What else is wrong with a document that `first` made unusable."""
    written, operated, debited, credited = values[2:6]
    found = faults(
        (
            lambda: _amount(values[7:_SUMS_END]),
            lambda: _day(written, "Дата"),
            lambda: _day(operated, "ДатаОперации"),
            lambda: _day(debited, "ДатаСписано"),
            lambda: _day(credited, "ДатаПоступило"),
        )
    )
    return [bad for bad in found if bad.field != first.field]


def told_by(values: tuple[str, ...]) -> dict[str, str]:
    """What the values of an unusable document say all the same."""
    _kind, number, written, operated, _debited, credited, _code = values[:7]
    payer = _party(*values[_PURPOSE_END:_PAYER_END])
    return told_of(
        on=credited or operated or written,
        amount=next(filter(None, values[7:_SUMS_END]), ""),
        payer=payer.name,
        inn=payer.inn,
        account=payer.account,
        own_account=_party(*values[_PAYER_END:]).account,
        number=number,
        purpose=values[_SUMS_END] or " ".join(filter(None, values[_SUMS_END + 1 : _PURPOSE_END])),
    )


def _party(short, full, inn, kpp, account, settlement, second, bik, bank, other_bank) -> Party:
    """The name without the ИНН some banks put before it; `0` stands for an absent code."""
    name = short or full
    spelled = _INN_BEFORE_NAME.match(name) or _INN_BEFORE_NAME.match(full)
    if spelled:
        name = spelled[3] if name in (full, spelled[0]) else name
    inn = inn.strip("0") and inn
    kpp = kpp.strip("0") and kpp
    if not account:
        account, settlement = settlement, ""
    if not account and _ACCOUNT.fullmatch(second):
        account = second
    return Party(
        name=name.strip(),
        inn=inn or ((spelled[1] or spelled[2]) if spelled else ""),
        kpp=kpp,
        account=account,
        bik=bik,
        bank=bank or other_bank,
        settlement=settlement if settlement != account else "",
    )


def _amount(sums: tuple[str, ...]) -> tuple[int, bool | None]:
    """(kopecks, whether the money came in, where the dialect says so)."""
    plain, came, went = sums
    if plain and not came and not went and (amount := _kopecks(plain, "Сумма")) > 0:
        return amount, None  # as nearly every bank writes it
    given = [(key, text) for key, text in zip(_SUMS, sums, strict=True) if text]
    stated = [(key, amount) for key, text in given if (amount := _kopecks(text, key))]
    if not given:
        raise BadField("Сумма", "required", _("the document has no sum"))
    if len(stated) > 1:
        raise BadField(stated[1][0], "repeated", _("the document has two sums"))
    if not stated or stated[0][1] < 0:
        raise BadField(given[0][0], "amount", _("the sum of a document must be more than zero"))
    key, amount = stated[0]
    return amount, None if key == "Сумма" else key == "СуммаПриход"


def _kopecks(text: str, key: str) -> int:
    try:
        return kopecks(text)
    except BadValue as bad:
        raise BadField(key, bad.code, bad.reason) from bad


def _day(text: str, key: str) -> date | None:
    if not text:
        return None
    try:
        return day(text)
    except BadValue as bad:
        raise BadField(key, bad.code, bad.reason) from bad
