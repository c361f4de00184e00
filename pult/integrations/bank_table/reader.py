"""A bank's table to a statement. The sum stands in one column, signed or not, or in two."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from pult.integrations.statement.detect import CSV, XLSX
from pult.integrations.statement.errors import UnknownFormat
from pult.integrations.statement.faults import MOST_EXPLAINED, BadField, faults, one_reason
from pult.integrations.statement.model import BankDocument, Party, Problem, Statement
from pult.integrations.statement.values import BadValue, currency_of, day, kopecks, told_of
from pult.integrations.table import Table, TableProblem, guess_mapping, read_table, repeated_titles

# Field → titles seen at banks, the likeliest first.
WANTED: dict[str, tuple[str, ...]] = {
    "date": ("Дата операции", "Дата проводки", "Дата документа", "Дата", "Posting date", "Date"),
    "number": ("Номер документа", "№ док.", "Номер", "№", "Document number", "Number"),
    "credit": (
        "Сумма по кредиту", "Кредит", "Приход", "Поступление", "Зачислено", "Сумма прихода",
        "Credit",
    ),
    "debit": (
        "Сумма по дебету", "Дебет", "Расход", "Списание", "Списано", "Сумма расхода", "Debit",
    ),
    "amount": ("Сумма операции", "Сумма платежа", "Сумма", "Amount"),
    "purpose": (
        "Назначение платежа", "Основание операции", "Основание", "Назначение", "Описание",
        "Purpose", "Description", "Details",
    ),
    "payer_name": ("Наименование плательщика", "Плательщик", "Payer"),
    "payer_inn": ("ИНН плательщика",),
    "payer_account": ("Счет плательщика",),
    "payee_name": ("Наименование получателя", "Получатель", "Payee"),
    "payee_inn": ("ИНН получателя",),
    "payee_account": ("Счет получателя",),
    "party_name": ("Наименование контрагента", "Контрагент", "Корреспондент", "Counterparty"),
    "party_inn": ("ИНН контрагента", "ИНН корреспондента", "ИНН", "INN"),
    "party_account": ("Счет контрагента", "Счет корреспондента", "Counterparty account"),
    "party_bik": ("БИК банка контрагента", "БИК корреспондента", "БИК", "BIC"),
    "account": ("Номер счета", "Наш счет", "Счет клиента", "Счет", "Account"),
    "direction": ("Тип операции", "Дт/Кт", "Направление", "Приход/Расход", "Debit/Credit"),
    "kind": ("Вид документа", "Тип документа", "Вид операции", "ВО", "Type"),
    "vat": ("НДС", "Сумма НДС", "VAT"),
}  # fmt: skip
_INCOMING = ("кредит", "приход", "поступ", "зачисл", "credit", "crdt")
_OUTGOING = ("дебет", "расход", "списан", "debit", "dbit")
_SHORT = {"к": True, "кт": True, "c": True, "cr": True, "in": True} | {
    "д": False, "дт": False, "d": False, "dr": False, "out": False,
}  # fmt: skip
_MEND = _("Mend the row and import again.")
_ASK = _("Say which column is which, once; Pult remembers it for this bank.")


def read(data: bytes) -> Statement:
    """Read with the guessed mapping. Raises UnknownFormat when the guess is not enough."""
    table = _table(data)
    mapping = propose_mapping(table)
    if titles := repeated_titles(table.columns, mapping):
        raise UnknownFormat(
            XLSX if table.sheet else CSV,
            _("Several columns bear the same title: %(titles)s.") % {"titles": ", ".join(titles)},
            _ASK,
        )
    if missing := missing_fields(mapping):
        raise UnknownFormat(
            XLSX if table.sheet else CSV,
            _("No column was found for: %(fields)s.") % {"fields": ", ".join(missing)},
            _ASK,
        )
    return read_mapped(table, mapping)


def propose_mapping(table: Table) -> dict[str, int]:
    """Field → column, for a person to confirm."""
    return guess_mapping(table.columns, WANTED)


def missing_fields(mapping: Mapping[str, int]) -> list[str]:
    """What a mapping lacks to be usable: a date and a sum."""
    sums = {"amount", "credit", "debit"} & mapping.keys()
    return [name for name, found in (("date", "date" in mapping), ("amount", sums)) if not found]


def read_mapped(table: Table, mapping: Mapping[str, int], account: str = "") -> Statement:
    """The statement of a table by `mapping` (field → column, fields of WANTED); `account` is
    ours, for tables that do not name it. A row that cannot be trusted is a Problem."""
    statement = Statement(XLSX if table.sheet else CSV, table.encoding)
    statement.warnings.extend(table.warnings)
    titles = {field: table.columns[place] for field, place in mapping.items()}
    row_reader = _Rows(mapping, account, len(table.columns))
    try:
        row_reader.look_for_signs(table)
        for line, cells in table.rows():
            try:
                document = row_reader.document(line, cells)
            except BadField as bad:
                if len(statement.problems) >= MOST_EXPLAINED:
                    statement.problems.append(Problem(line, bad.field, bad.code, bad.reason, _MEND))
                    continue
                first, *others = row_reader.faults(cells) if bad.field else [bad]
                reason = one_reason([first, *others], titles)
                told = row_reader.told(cells)
                statement.problems.append(
                    Problem(line, first.field, first.code, reason, _MEND, told)
                )
            else:
                if document:
                    statement.documents.append(document)
    except TableProblem as broken:
        statement.problems.append(
            Problem(broken.line or 0, "", "columns", broken.message, broken.cure)
        )
    days = [document.date for document in statement.documents]
    statement.period_from, statement.period_to = min(days, default=None), max(days, default=None)
    statement.header_accounts = [a for a in dict.fromkeys([account, *row_reader.accounts]) if a]
    return statement


def _table(data: bytes) -> Table:
    try:
        return read_table(data, wanted=WANTED)
    except TableProblem as problem:
        raise UnknownFormat("table", problem.message, problem.cure) from problem


class _Rows:
    def __init__(self, mapping: Mapping[str, int], account: str, width: int) -> None:
        self._mapping = mapping
        self._account = account
        self._width = width
        self._signed = False
        self.accounts: list[str] = []

    def look_for_signs(self, table: Table) -> None:
        """One minus in the column of sums makes every sum without one incoming."""
        place = self._mapping.get("amount")
        if place is not None:
            self._signed = any(cells[place].startswith("-") for _line, cells in table.rows())

    def document(self, line: int, cells: list[str]) -> BankDocument | None:
        """None for a row that is plainly no payment: a total under the table, a repeated head."""
        cell = partial(self._cell, cells)
        if any(cells[self._width :]):
            raise BadField("", "columns", _("the row has more cells than the table has columns"))
        if not _has_day(cell):
            if any(cell(field) for field in ("amount", "credit", "debit")) and cell("purpose"):
                self._day(cell)
            return None
        on = self._day(cell)
        amount, incoming = self._amount(cell)
        account = cell("account") or self._account
        if account and account not in self.accounts:
            self.accounts.append(account)
        other = self._party("party", cell)
        ours = Party(account=account) if incoming is not None else Party()
        payer, payee = (ours, other) if incoming is False else (other, ours)
        return BankDocument(
            line=line,
            kind=cell("kind"),
            number=cell("number"),
            date=on,
            amount=amount,
            payer=self._party("payer", cell, otherwise=payer),
            payee=self._party("payee", cell, otherwise=payee),
            purpose=cell("purpose"),
            debited_on=on if incoming is False else None,
            credited_on=on if incoming else None,
            vat_text=cell("vat"),
            currency=currency_of(account),
        )

    def told(self, cells: list[str]) -> dict[str, str]:
        """What a row `document` does not take says all the same."""
        cell = partial(self._cell, cells)
        payer = self._party("payer", cell, otherwise=self._party("party", cell))
        return told_of(
            on=cell("date"),
            amount=cell("credit") or cell("amount"),
            payer=payer.name,
            inn=payer.inn,
            account=payer.account,
            own_account=cell("account") or self._account,
            number=cell("number"),
            purpose=cell("purpose"),
        )

    def faults(self, cells: list[str]) -> list[BadField]:
        """Everything that is wrong with a row `document` does not take."""
        cell = partial(self._cell, cells)
        return faults(
            (
                lambda: self._day(cell),
                lambda: self._value("credit", cell, kopecks) if cell("credit") else 0,
                lambda: self._value("debit", cell, kopecks) if cell("debit") else 0,
                lambda: self._amount(cell),
            )
        )

    def _cell(self, cells: list[str], field: str) -> str:
        place = self._mapping.get(field)
        return cells[place] if place is not None else ""

    def _day(self, cell) -> date:
        if not _has_day(cell):
            raise BadField("date", "required", _("the document has no date"))
        return self._value("date", cell, day)

    def _amount(self, cell) -> tuple[int, bool | None]:
        """(kopecks, whether the money came in; None when the row does not say)."""
        credit = self._value("credit", cell, kopecks) if cell("credit") else 0
        debit = self._value("debit", cell, kopecks) if cell("debit") else 0
        if credit and debit:
            raise BadField("debit", "repeated", _("the document has two sums"))
        if credit or debit:
            return abs(credit or debit), bool(credit)
        if not cell("amount"):
            raise BadField("amount", "required", _("the document has no sum"))
        amount = self._value("amount", cell, kopecks)
        if not amount:
            reason = _("the sum of a document must be more than zero")
            raise BadField("amount", "amount", reason)
        if amount < 0 or self._signed:
            return abs(amount), amount > 0
        word = cell("direction").casefold().strip(". ")
        if word.startswith((*_INCOMING, *_OUTGOING)):
            return amount, word.startswith(_INCOMING)
        return amount, _SHORT.get(word)

    def _party(self, side: str, cell, otherwise: Party | None = None) -> Party:
        found = Party(
            name=cell(f"{side}_name"),
            inn=cell(f"{side}_inn"),
            account=cell(f"{side}_account"),
            bik=cell(f"{side}_bik"),
        )
        return found if otherwise is None or found != Party() else otherwise

    def _value(self, field: str, cell, convert):
        try:
            return convert(cell(field))
        except BadValue as bad:
            raise BadField(field, bad.code, bad.reason) from bad


def _has_day(cell) -> bool:
    return any(character.isdigit() for character in cell("date"))
