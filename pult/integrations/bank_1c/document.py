"""From the keys of one document section to a payment document."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from pult.integrations.bank_1c.keys import KAZAKH_KEYS
from pult.integrations.statement.model import BankDocument, Party
from pult.integrations.statement.values import BadValue, currency_of, day, kopecks

_INN_BEFORE_NAME = re.compile(r"(?:ИНН\s*:?\s*(\d{10,12})|(\d{10}(?:\d\d)?),)[\s,]*(.*)", re.DOTALL)
_ACCOUNT = re.compile(r"\d{20}")
_SUMS = ("Сумма", "СуммаПриход", "СуммаРасход")
_PURPOSE = "НазначениеПлатежа"
_PURPOSE_PARTS = tuple(f"{_PURPOSE}{number}" for number in range(1, 7))

_READ_KEYS = frozenset(
    {"Номер", "Дата", "Сумма", "ДатаСписано", "ДатаПоступило", "ВидОплаты", _PURPOSE}
    | set(_PURPOSE_PARTS)
    | {key for key in KAZAKH_KEYS.values() if key[:3] in ("Сум", "Дат", "Вид")}
    | {
        side + key
        for side in ("Плательщик", "Получатель")
        for key in ("", "1", "2", "3", "ИНН", "КПП", "Счет", "РасчСчет", "БИК", "Банк1")
    }
)


class BadField(BadValue):
    """A value of `field` that makes the document unusable."""

    def __init__(self, field: str, code: str, reason: object) -> None:
        super().__init__(code, reason)
        self.field = field


class DocumentBuilder:
    """Builds documents of one file; sides that repeat (the agency's own above all) are shared."""

    def __init__(self) -> None:
        self._parties: dict[tuple[str, ...], Party] = {}

    def build(self, line: int, kind: str, fields: Mapping[str, str]) -> BankDocument:
        """Raises BadField when the sum or a date is missing or impossible."""
        get = fields.get
        amount, credit = _amount(fields)
        operated = _day(fields, "ДатаОперации")
        debited = _day(fields, "ДатаСписано") or (operated if credit is False else None)
        credited = _day(fields, "ДатаПоступило") or (operated if credit else None)
        written = _day(fields, "Дата") or operated
        if written is None:
            raise BadField("Дата", "required", _("the document has no date"))
        payer, payee = self._party("Плательщик", get), self._party("Получатель", get)
        return BankDocument(
            line=line,
            kind=get("ВидДокумента") or kind,
            number=get("Номер", ""),
            date=written,
            amount=amount,
            payer=payer,
            payee=payee,
            purpose=get(_PURPOSE) or " ".join(filter(None, map(get, _PURPOSE_PARTS))),
            debited_on=debited,
            credited_on=credited,
            op_code=get("ВидОплаты", ""),
            currency=currency_of(payee.account or payer.account),
            extra={key: value for key, value in fields.items() if value and key not in _READ_KEYS},
        )

    def _party(self, side: str, get) -> Party:
        values = (
            get(side + "1", ""),
            get(side, ""),
            get(side + "ИНН", ""),
            get(side + "КПП", ""),
            get(side + "Счет", ""),
            get(side + "РасчСчет", ""),
            get(side + "2", ""),
            get(side + "БИК", ""),
            get(side + "Банк1", "") or get(side + "3", ""),
        )
        party = self._parties.get(values)
        if party is None:
            party = self._parties[values] = _party(*values)
        return party


def _party(short, full, inn, kpp, account, settlement, second, bik, bank) -> Party:
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
        bank=bank,
        settlement=settlement if settlement != account else "",
    )


def _amount(fields: Mapping[str, str]) -> tuple[int, bool | None]:
    """(kopecks, whether the money came in, where the dialect says so)."""
    given = [key for key in _SUMS if fields.get(key)]
    stated = [(key, amount) for key in given if (amount := _kopecks(fields, key))]
    if not given:
        raise BadField("Сумма", "required", _("the document has no sum"))
    if len(stated) > 1:
        raise BadField(stated[1][0], "repeated", _("the document has two sums"))
    if not stated or stated[0][1] < 0:
        raise BadField(given[0], "amount", _("the sum of a document must be more than zero"))
    key, amount = stated[0]
    return amount, None if key == "Сумма" else key == "СуммаПриход"


def _kopecks(fields: Mapping[str, str], key: str) -> int:
    try:
        return kopecks(fields[key])
    except BadValue as bad:
        raise BadField(key, bad.code, bad.reason) from bad


def _day(fields: Mapping[str, str], key: str) -> date | None:
    text = fields.get(key)
    if not text:
        return None
    try:
        return day(text)
    except BadValue as bad:
        raise BadField(key, bad.code, bad.reason) from bad
