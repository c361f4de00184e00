"""Reads messages of MT940: fields first, then accounts, pages and documents."""

import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from pult.integrations.mt940.fields import (
    Balance,
    StatementLine,
    balance,
    line_faults,
    statement_line,
)
from pult.integrations.statement.errors import UnknownFormat
from pult.integrations.statement.faults import BadField, one_reason
from pult.integrations.statement.model import (
    AccountSection,
    BankDocument,
    Party,
    Problem,
    Statement,
)
from pult.integrations.statement.values import BadValue
from pult.integrations.table.csv_file import find_encoding

MAX_FILE = 64 << 20
_TAG = re.compile(r":(\d{2}[A-Z]?|NS):(.*)", re.DOTALL)
_ENVELOPE = re.compile(r"^(?:\{[1235]:(?:[^{}]|\{[^{}]*\})*\})*(?:\{4:)?|^-(?:\}.*)?$")
_SUBFIELD = re.compile(r"\?\d{2}")
_INN = re.compile(r"(?:ИНН|INN)[\s:/]*(\d{12}|\d{10})(?!\d)")
_ASK_BANK = _("Check the row in the bank's program and enter the payment by hand.")
_EXPORT_AGAIN = _("Export the statement from the bank again; the file may be cut short.")

Field = tuple[int, str, str]


def read(data: bytes) -> Statement:
    """The statement in `data`; each message of the file is a section of its account.

    A line of field 61 that cannot be read is a Problem, and so is a message without its closing
    balance. Details (field 86) are the purpose as they stand. Raises UnknownFormat for a file of
    absurd size.
    """
    if len(data) > MAX_FILE:
        raise UnknownFormat(
            "MT940",
            _("The file is larger than %(limit)s MB.") % {"limit": MAX_FILE >> 20},
            _("Export a shorter period."),
        )
    encoding = find_encoding(data)
    reader = _Reader(Statement("MT940", "utf-8" if encoding == "utf-8-sig" else encoding))
    for field in _fields(data.decode(encoding, errors="replace")):
        reader.take(*field)
    return reader.finish()


def _fields(text: str) -> Iterator[Field]:
    """(line, tag, value) with wrapped lines joined by a line end."""
    begun, tag, parts = 0, "", [""]
    for number, raw in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        line = _ENVELOPE.sub("", raw.rstrip())
        found = _TAG.match(line)
        if found:
            if tag:
                yield begun, tag, "\n".join(parts)
            begun, tag, parts = number, found[1], [found[2]]
        elif tag and line:
            parts.append(line)
        elif line.strip():
            yield number, "", line
    if tag:
        yield begun, tag, "\n".join(parts)


class _Reader:
    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._account = ""
        self._opening: Balance | None = None
        self._pending: tuple[int, StatementLine] | None = None
        self._details: list[str] = []
        self._begun = 0
        self._waits_for_closing = False

    def take(self, line: int, tag: str, value: str) -> None:
        if tag in ("86", "NS") and self._pending:
            self._details.append(value)
            return
        self._close_line()
        if tag == "20":
            self._close_message()
            self._account, self._begun, self._waits_for_closing = "", line, True
        elif tag == "25":
            self._account = value.strip().rpartition("/")[2].strip()
            self._begun = self._begun or line
        elif tag in ("60F", "60M"):
            self._opening = self._balance(line, tag, value)
            self._waits_for_closing = True
        elif tag in ("62F", "62M"):
            self._add_section(line, self._balance(line, tag, value))
        elif tag == "61":
            self._take_line(line, value)
        elif not tag:
            self._problem(line, "", "stray", _("this line belongs to no field"), _ASK_BANK)

    def finish(self) -> Statement:
        self._close_line()
        self._close_message()
        days = [s.date_from for s in self._statement.accounts if s.date_from]
        ends = [s.date_to for s in self._statement.accounts if s.date_to]
        self._statement.period_from = min(days, default=None)
        self._statement.period_to = max(ends, default=None)
        return self._statement

    def _balance(self, line: int, tag: str, value: str) -> Balance | None:
        try:
            return balance(value)
        except BadValue as bad:
            self._problem(line, tag, bad.code, bad.reason, _EXPORT_AGAIN)
            return None

    def _take_line(self, line: int, value: str) -> None:
        bads: list[BadField] = []
        try:
            entry = statement_line(value)
        except BadValue:
            bads = line_faults(value)
        if not self._account:
            bads.append(BadField("25", "required", _("the message names no account")))
        if bads:
            self._problem(line, bads[0].field, bads[0].code, one_reason(bads), _ASK_BANK)
        else:
            self._pending = line, entry

    def _close_line(self) -> None:
        """Turn the line waiting for its details into a document."""
        if self._pending is None:
            return
        (line, entry), purpose = self._pending, _purpose(self._details)
        self._pending, self._details = None, []
        found = set(_INN.findall(purpose.upper()))
        other = Party(inn=found.pop() if len(found) == 1 else "")
        ours = Party(account=self._account)
        self._statement.documents.append(
            BankDocument(
                line=line,
                kind=entry.type_code,
                number=entry.reference,
                date=entry.value_on,
                amount=entry.amount,
                payer=other if entry.incoming else ours,
                payee=ours if entry.incoming else other,
                purpose=purpose or entry.details,
                debited_on=None if entry.incoming else entry.booked_on,
                credited_on=entry.booked_on if entry.incoming else None,
                bank_ref=entry.bank_reference,
                currency=self._opening.currency if self._opening else "RUB",
                extra={"reversal": entry.mark} if entry.mark.startswith("R") else {},
            )
        )

    def _add_section(self, line: int, closing: Balance | None) -> None:
        opening, self._opening = self._opening, None
        self._waits_for_closing = False
        if opening is None and closing is None:
            return
        section = AccountSection(self._account, line=self._begun or line)
        if opening:
            section = replace(
                section,
                opening=opening.amount,
                date_from=opening.on,
                currency=opening.currency,
            )
        if closing:
            section = replace(
                section, closing=closing.amount, date_to=closing.on, currency=closing.currency
            )
        self._statement.accounts.append(section)

    def _close_message(self) -> None:
        if self._waits_for_closing:
            reason = _("the message has no closing balance")
            self._problem(self._begun, "62F", "unclosed", reason, _EXPORT_AGAIN)
        self._waits_for_closing = False
        self._opening = None

    def _problem(self, line: int, field: str, code: str, reason, cure) -> None:
        self._statement.problems.append(Problem(line, field, code, reason, cure))


def _purpose(details: list[str]) -> str:
    """Lines of 65 letters joined; the `?20` marks some banks put between pieces are dropped."""
    text = _SUBFIELD.sub(" ", " ".join(part.replace("\n", " ") for part in details))
    return " ".join(text.split())
